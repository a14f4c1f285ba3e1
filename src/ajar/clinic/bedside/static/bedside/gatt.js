// Packets of the standard Bluetooth services, decoded: Blood Pressure Measurement (0x2A35), PLX Spot-check (0x2A5E) and
// PLX Continuous (0x2A5F). Layouts: Bluetooth SIG, Blood Pressure Service 1.1 and Pulse Oximeter Service 1.0; SFLOAT:
// IEEE 11073-20601. Pure: a DataView in, a plain object out. A packet that ends too early is refused, never guessed.
// Reserved bits are ignored, as the specification asks of a client.

export const BLOOD_PRESSURE = { service: 0x1810, measurement: 0x2a35 };
export const PULSE_OXIMETER = { service: 0x1822, spot: 0x2a5e, continuous: 0x2a5f };

const MMHG_PER_KPA = 7.500617; // 1 mmHg = 0.133322 kPa
const SPECIAL = new Map([
  [0x07fe, "+infinity"], [0x07ff, "not a number"], [0x0800, "not at this resolution"], [0x0801, "reserved"],
  [0x0802, "-infinity"],
]);

export class Malformed extends Error {}

// A number, or null for the special values: "not a number" is no measurement.
export function sfloat(raw) {
  if (SPECIAL.has(raw & 0xffff)) return null;
  const mantissa = ((raw & 0x0fff) << 20) >> 20; // 12 bits, signed
  const exponent = ((raw & 0xf000) << 16) >> 28; // 4 bits, signed
  return exponent < 0 ? mantissa / 10 ** -exponent : mantissa * 10 ** exponent;
}

class Reader {
  constructor(view) { this.view = view; this.place = 0; }

  take(bytes) {
    if (this.place + bytes > this.view.byteLength) {
      throw new Malformed(`The packet ends after ${this.view.byteLength} bytes; expected at least ${this.place + bytes}.`);
    }
    this.place += bytes;
    return this.place - bytes;
  }

  uint8() { return this.view.getUint8(this.take(1)); }
  uint16() { return this.view.getUint16(this.take(2), true); }
  uint24() { return this.uint8() | (this.uint16() << 8); }
  sfloat() { return sfloat(this.uint16()); }

  // Local time of the device, such as "2026-03-02T10:05:00"; null where its year, month or day is not known (0).
  moment() {
    const [year, month, day, hour, minute, second] =
      [this.uint16(), this.uint8(), this.uint8(), this.uint8(), this.uint8(), this.uint8()];
    if (!year || !month || !day) return null;
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    if (year < 1582 || year > 9999 || month > 12 || day > days || hour > 23 || minute > 59 || second > 59) {
      throw new Malformed(`The packet's time is no time: ${year}-${month}-${day} ${hour}:${minute}:${second}.`);
    }
    const two = (number) => String(number).padStart(2, "0");
    return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  }
}

const named = (bits, names) => names.filter(([bit]) => bits & (1 << bit)).map(([, name]) => name);

// -- 0x2A35 ---------------------------------------------------------------------------------------------------------
const CUFF = [[0, "body moved"], [1, "cuff too loose"], [2, "irregular pulse"], [5, "wrong position"]];
const PULSE_RANGE = [null, "pulse above the cuff's range", "pulse below the cuff's range", null];

export function bloodPressure(view) {
  const from = new Reader(view);
  const flags = from.uint8();
  const factor = flags & 0x01 ? MMHG_PER_KPA : 1;
  const pressure = () => { const value = from.sfloat(); return value === null ? null : value * factor; };
  const found = {
    systolicMmhg: pressure(), diastolicMmhg: pressure(), meanMmhg: pressure(),
    at: flags & 0x02 ? from.moment() : null,
    pulseBpm: flags & 0x04 ? from.sfloat() : null,
    user: flags & 0x08 ? from.uint8() : null,
    problems: [],
  };
  if (found.user === 0xff) found.user = null; // the device does not know
  if (flags & 0x10) {
    const status = from.uint16();
    const range = PULSE_RANGE[(status >> 3) & 0x03];
    found.problems = [...named(status, CUFF), ...(range ? [range] : [])];
  }
  return found;
}

// -- 0x2A5E and 0x2A5F ----------------------------------------------------------------------------------------------
const MEASUREMENT = [
  [5, "still measuring"], [6, "early estimate"], [7, "validated"], [8, "fully qualified"], [9, "from its memory"],
  [10, "demonstration"], [11, "test"], [12, "calibrating"], [13, "unavailable"], [14, "questionable"], [15, "invalid"],
];
const FINE = new Set(["validated", "fully qualified"]);
const SENSOR = [
  [0, "display update ongoing"], [1, "equipment malfunction"], [2, "signal irregular"], [3, "signal inadequate"],
  [4, "signal poor"], [5, "low perfusion"], [6, "signal erratic"], [7, "no pulse in the signal"], [8, "pulse questionable"],
  [9, "signal analysis ongoing"], [10, "interference"], [11, "sensor not on the finger"], [12, "sensor unknown"],
  [13, "sensor displaced"], [14, "sensor malfunction"], [15, "sensor disconnected"],
];

function status(from, hasMeasurement, hasSensor) {
  const measurement = hasMeasurement ? named(from.uint16(), MEASUREMENT) : [];
  const sensor = hasSensor ? named(from.uint24(), SENSOR) : [];
  return [...measurement.filter((name) => !FINE.has(name)), ...sensor];
}

export function oximeterSpot(view) {
  const from = new Reader(view);
  const flags = from.uint8();
  const found = { spo2Percent: from.sfloat(), pulseBpm: from.sfloat(), at: flags & 0x01 ? from.moment() : null };
  found.problems = status(from, flags & 0x02, flags & 0x04);
  found.pulseAmplitudePercent = flags & 0x08 ? from.sfloat() : null;
  if (flags & 0x10) found.at = null; // the device says that its clock is not set
  return found;
}

export function oximeterContinuous(view) {
  const from = new Reader(view);
  const flags = from.uint8();
  const pair = () => ({ spo2Percent: from.sfloat(), pulseBpm: from.sfloat() });
  const found = { ...pair(), at: null, fast: flags & 0x01 ? pair() : null, slow: flags & 0x02 ? pair() : null };
  found.problems = status(from, flags & 0x04, flags & 0x08);
  found.pulseAmplitudePercent = flags & 0x10 ? from.sfloat() : null;
  return found;
}

// -- What may be filled in ------------------------------------------------------------------------------------------
const NO_VALUE = new Set([
  "still measuring", "early estimate", "from its memory", "demonstration", "test", "calibrating", "unavailable", "invalid",
  "equipment malfunction", "signal inadequate", "no pulse in the signal", "sensor not on the finger", "sensor displaced",
  "sensor malfunction", "sensor disconnected", "body moved", "cuff too loose", "wrong position",
]);
const OLD_MIN = 10; // design default: older than this it is another measurement

// The form's fields from a decoded packet, whole numbers as the displays show them; "why" says why there are none.
export function fieldsOf(found, now = new Date()) {
  const bad = found.problems.filter((problem) => NO_VALUE.has(problem));
  if (bad.length) return { values: {}, why: bad };
  if (found.at !== null && Math.abs(now - new Date(found.at)) > OLD_MIN * 60_000) return { values: {}, why: ["old"] };
  const values = {};
  const put = (name, value) => { if (value !== null && value !== undefined) values[name] = Math.round(value); };
  if (found.systolicMmhg !== undefined) {
    if (found.systolicMmhg === null || found.diastolicMmhg === null) return { values: {}, why: ["no value"] };
    put("systolic_mmhg", found.systolicMmhg);
    put("diastolic_mmhg", found.diastolicMmhg);
  } else {
    if (found.spo2Percent === null) return { values: {}, why: ["no value"] };
    put("spo2_percent", found.spo2Percent);
  }
  put("heart_rate_bpm", found.pulseBpm);
  return { values, why: [] };
}
