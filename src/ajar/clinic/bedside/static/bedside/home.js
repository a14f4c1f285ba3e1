// A dose at home: is the clinic still there, how long until the next answer, and the cuff's value read by Bluetooth.
import { now } from "../web/clock.js";
import { BLOOD_PRESSURE, PULSE_OXIMETER, bloodPressure, fieldsOf, oximeterContinuous, oximeterSpot } from "./gatt.js";

const page = document.querySelector("[data-home-version]");
const ASK_MS = 10_000;
const LOST_MS = 30_000;

// -- Is the clinic there, and is this page as things are? -------------------------------------------------------
let answeredAt = performance.now();
const lost = document.querySelector("[data-home-lost]");
const beat = document.querySelector("[data-home-beat]");

// A page that someone types into is not taken away under their hands.
function isBusy() {
  return [...document.querySelectorAll("input:not([type=hidden])")]
    .some((input) => input === document.activeElement || (input.type === "checkbox" ? input.checked : input.value));
}

async function ask() {
  try {
    const answer = await fetch(page.dataset.homeState, {
      method: "POST", body: new FormData(beat), credentials: "same-origin", signal: AbortSignal.timeout(ASK_MS),
    });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { version } = await answer.json();
    answeredAt = performance.now();
    if (version !== page.dataset.homeVersion && !isBusy()) location.replace(location.pathname);
  } catch { /* how long it has been silent decides */ }
  lost.hidden = performance.now() - answeredAt < LOST_MS;
}

function left() {
  for (const due of document.querySelectorAll("[data-home-due]")) {
    const seconds = Math.ceil((Date.parse(due.dataset.homeDue) - now()) / 1000);
    const text = seconds > 0 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : due.dataset.homeLate;
    if (due.textContent !== text) due.textContent = text;
  }
}

setInterval(ask, ASK_MS);
setInterval(left, 1000);
left();

// -- The cuff and the oximeter ----------------------------------------------------------------------------------
const form = document.querySelector("[data-home-values]");
const told = form?.querySelector("[data-home-told]");
const say = (what) => { told.textContent = told.dataset[what] ?? ""; };

function fill(found, device) {
  const { values, why } = fieldsOf(found, new Date(now()));
  if (why.length) { say(why[0] === "old" ? "old" : "bad"); return; }
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
  form.elements.device.value = device;
  say("read");
}

const READ = {
  bloodPressure: { service: BLOOD_PRESSURE.service, decoders: { [BLOOD_PRESSURE.measurement]: bloodPressure } },
  oximeter: {
    service: PULSE_OXIMETER.service,
    decoders: { [PULSE_OXIMETER.spot]: oximeterSpot, [PULSE_OXIMETER.continuous]: oximeterContinuous },
  },
};

async function listenTo(service, uuid, decode, name) {
  const characteristic = await service.getCharacteristic(Number(uuid));
  characteristic.addEventListener("characteristicvaluechanged", (event) => {
    try { fill(decode(event.target.value), name); } catch { say("bad"); } // a malformed packet fills nothing in
  });
  await characteristic.startNotifications();
}

async function read(kind) {
  const { service, decoders } = READ[kind];
  try {
    const device = await navigator.bluetooth.requestDevice({ filters: [{ services: [service] }] });
    const server = await device.gatt.connect();
    const found = await server.getPrimaryService(service);
    const listening = await Promise.allSettled(
      Object.entries(decoders).map(([uuid, decode]) => listenTo(found, uuid, decode, device.name ?? "")),
    );
    say(listening.some((one) => one.status === "fulfilled") ? "waiting" : "failed");
  } catch (error) {
    if (error.name !== "NotFoundError") say("failed"); // NotFoundError: the person chose no device
  }
}

if (form && navigator.bluetooth) {
  form.querySelector("[data-home-bluetooth]").hidden = false;
  for (const button of form.querySelectorAll("[data-home-read]")) {
    button.addEventListener("click", () => read(button.dataset.homeRead));
  }
  form.addEventListener("input", (event) => { if (event.isTrusted) form.elements.device.value = ""; }); // typed by hand
}
