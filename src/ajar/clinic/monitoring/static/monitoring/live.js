// Live pages: server-sent events from the ledger. A reading goes into its place; anything that changes what may be
// done fetches that piece of the page again. Ages, clocks and due times run every second, by the server's clock.

import { now, onThisDevice, set } from "../web/clock.js";

const MINUTE = 60_000;
const QUIET_MS = 25_000; // two heartbeats and a half without a word: the connection is not believed any more
const LISTEN_AGAIN_MS = 5_000;
const SHEET_EVERY_MS = 5_000;
const AGAIN_MS = 60_000; // what changes by the clock alone is asked for once a minute
const SILENT_S = [60, 300]; // the two steps of a silent device (pathway/monitoring/silence.py)
const OVERDUE_MIN = [0, 5, 10]; // due, and the two steps of ALM-8: the server says then which alarm stands

const put = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
const two = (number) => String(number).padStart(2, "0");

// -- Time ---------------------------------------------------------------------------------------------------
function ageWords(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function leftWords(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const text = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return ms < 0 ? `${text} late` : `in ${text}`;
}

function tickDue(due) {
  const left = Date.parse(due.dataset.dueAt) - now();
  put(due.querySelector("[data-left]"), leftWords(left));
  const state = left < 0 ? "late" : "ahead";
  if (due.dataset.state !== state) due.dataset.state = state;
  const step = OVERDUE_MIN.filter((minutes) => -left >= minutes * MINUTE).length;
  if (due.dataset.step !== undefined && Number(due.dataset.step) !== step) freshen(due);
  due.dataset.step = step;
}

// A device that shows a signal all the time and falls silent: the server says then what stands.
function tickSilence(tile) {
  const steps = tile.dataset.continuous.split(" ").filter(Boolean).map((signal) => {
    const at = tile.querySelector(`.watch-value[data-signal="${CSS.escape(signal)}"]`)?.dataset.at;
    return at ? SILENT_S.filter((seconds) => now() - Date.parse(at) >= seconds * 1000).length : 0;
  });
  const step = steps.join("");
  if (tile.dataset.silent !== undefined && tile.dataset.silent !== step) freshen(tile);
  tile.dataset.silent = step;
}

function tick() {
  for (const value of document.querySelectorAll(".watch-value[data-at]")) {
    put(value.querySelector("[data-age-of]"), ageWords(now() - Date.parse(value.dataset.at)));
  }
  for (const clock of document.querySelectorAll("[data-clock-from]")) {
    const minutes = Math.max(0, Math.floor((now() - Date.parse(clock.dataset.clockFrom)) / MINUTE));
    put(clock, `${Math.floor(minutes / 60)}:${two(minutes % 60)}`);
  }
  for (const track of document.querySelectorAll("[data-track-from]")) {
    const minutes = (now() - Date.parse(track.dataset.trackFrom)) / MINUTE;
    const width = Math.min(150, Math.max(0, minutes)).toFixed(1);
    if (track.getAttribute("width") !== width) track.setAttribute("width", width);
  }
  for (const age of document.querySelectorAll("[data-since]")) put(age, ageWords(now() - Date.parse(age.dataset.since)));
  document.querySelectorAll("[data-tile][data-continuous]").forEach(tickSilence);
  document.querySelectorAll("[data-due-at]").forEach(tickDue);
  document.querySelectorAll("[data-live]").forEach(showState);
}

// -- Pieces of the page -------------------------------------------------------------------------------------
const waiting = new Map();

async function fetched(source) {
  const answer = await fetch(source, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.body.childNodes];
}

// Many events may ask for one piece; it is fetched once, and once more if something came meanwhile.
function soon(key, source, place, delay = 120) {
  if (waiting.has(key)) { waiting.set(key, true); return; }
  waiting.set(key, false);
  setTimeout(async () => {
    try { place(await fetched(source)); tick(); } catch { /* the next event or the next minute tries again */ }
    const again = waiting.get(key);
    waiting.delete(key);
    if (again) soon(key, source, place, delay);
  }, delay);
}

const swap = (source) => (nodes) => {
  const tile = document.querySelector(`[data-src="${CSS.escape(source)}"]`);
  if (tile) keepingFocus(tile.parentElement, () => tile.replaceWith(...nodes));
};
const fill = (element) => (nodes) => keepingFocus(element, () => element.replaceChildren(...nodes));

// Whoever works by keyboard stays where they were when a piece is drawn anew.
function keepingFocus(within, draw) {
  const focusable = "a, button, input, summary";
  const place = (tile) => [...(tile?.querySelectorAll(focusable) ?? [])];
  const held = within.contains(document.activeElement) ? document.activeElement : null;
  const source = held?.closest("[data-tile]")?.dataset.src;
  const number = held ? place(held.closest("[data-tile]") ?? within).indexOf(held) : -1;
  draw();
  if (!held) return;
  const drawn = source ? document.querySelector(`[data-src="${CSS.escape(source)}"]`) : within;
  place(drawn)[Math.min(number, place(drawn).length - 1)]?.focus({ preventScroll: true });
}

function freshen(inside) {
  const tile = inside.closest("[data-tile]");
  if (tile) { soon(tile.dataset.src, tile.dataset.src, swap(tile.dataset.src)); return; }
  const part = inside.closest("[data-alarms-src]");
  if (part) soon("alarms", part.dataset.alarmsSrc, fill(part.querySelector("[data-alarm-list]")));
}

function rooms(root) {
  const place = root.querySelector("[data-rooms]");
  soon("rooms", root.dataset.roomsSrc, fill(place));
}

function sheet(root) {
  const place = root.querySelector("[data-sheet]");
  soon("sheet", root.dataset.sheetSrc, (nodes) => {
    const left = place.querySelector(".flow-box")?.scrollLeft ?? 0;
    place.replaceChildren(...nodes);
    const box = place.querySelector(".flow-box");
    if (box) box.scrollLeft = left;  // what someone was looking at stays in view
  }, SHEET_EVERY_MS);
}

// The drawing is wider than a phone: it opens where the session is now, two thirds across.
function toNow() {
  for (const line of document.querySelectorAll(".flow-box .flow-now")) {
    const drawing = line.ownerSVGElement, box = line.closest(".flow-box");
    const share = Number(line.getAttribute("x1")) / drawing.viewBox.baseVal.width;
    box.scrollLeft = share * drawing.getBoundingClientRect().width - box.clientWidth * 2 / 3;
  }
}

// -- Events -------------------------------------------------------------------------------------------------
function pieceOf(root, encounter) {
  if (root.dataset.encounter === encounter) return root;
  return root.querySelector(`[data-tile][data-encounter="${CSS.escape(encounter)}"]`);
}

function show(piece, signal, at, text) {
  const value = piece.querySelector(`.watch-value[data-signal="${CSS.escape(signal)}"]`);
  if (!value || Date.parse(value.dataset.at || 0) > Date.parse(at)) return;
  value.dataset.at = at;
  put(value.querySelector("[data-text]"), text);
}

function reading(root, told) {
  const piece = pieceOf(root, told.encounter);
  if (!piece) { if (root.dataset.roomsSrc) rooms(root); return; }
  const { systolic_mmhg: high, diastolic_mmhg: low, ...rest } = told.values;
  if (high !== undefined && low !== undefined) show(piece, "systolic_mmhg", told.at, `${high}/${low}`);
  for (const [signal, value] of Object.entries(rest)) show(piece, signal, told.at, String(value));
  noteAlarms(piece, told.alarms);
  if (high !== undefined || told.values.moaa_s !== undefined || told.values.cadss_6 !== undefined) due(root, piece);
  if (root.dataset.sheetSrc) sheet(root);
}

function noteAlarms(piece, alarms) {
  if (piece.dataset.alarms === undefined || piece.dataset.alarms === alarms) return;
  piece.dataset.alarms = alarms;
  freshen(piece.querySelector("header") ?? piece);
}

// What is due follows from a reading: the tile says it anew. Bedside streams send one a second, so not each time.
const dueAsked = new Map();
function due(root, piece) {
  if (!piece.matches("[data-tile]")) return;
  const asked = dueAsked.get(piece.dataset.src) ?? 0;
  if (Date.now() - asked < SHEET_EVERY_MS) return;
  dueAsked.set(piece.dataset.src, Date.now());
  freshen(piece);
}

function changed(root, told) {
  if (told.encounter === null) { location.reload(); return; }
  if (root.dataset.roomsSrc) rooms(root);
  if (root.dataset.sheetSrc) sheet(root);
  if (root.dataset.alarmsSrc) freshen(root.querySelector("[data-alarm-list]"));
}

function moved(root, told) {
  changed(root, told);
  root.querySelector("[data-moved]")?.removeAttribute("hidden");
}

// -- The connection, in words -----------------------------------------------------------------------------
const clockWords = (ms) => onThisDevice(ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

// A technical alarm of its own: what stands below is old, and the bedside monitor is the one to look at.
function showLost(words) {
  const box = document.querySelector("[data-lost]");
  if (!box) return;
  if (words) put(box.querySelector("[data-lost-words]"), `${words}. Look at the bedside monitors.`);
  if (box.hidden !== !words) box.hidden = !words;
}

const heard = new WeakMap();

function showState(root) {
  const state = document.querySelector("[data-live-state]");
  const known = heard.get(root);
  if (!state || !known) return;
  const quiet = performance.now() - known.at;
  const live = known.open && quiet < QUIET_MS;
  const words = known.refused ? "Signed out: sign in again to see what is new"
    : known.open === null ? "Connecting"
    : live && known.unkept ? known.unkept
    : live ? "Live" : `No news from the server since ${clockWords(now() - quiet)}`;
  put(state, words);
  showLost(known.refused || (known.open !== null && !live) || known.unkept ? words : "");
  const name = live && !known.refused && !known.unkept ? "live" : "broken";
  if (state.dataset.state !== name) state.dataset.state = name;
}

// A browser gives up for good on any answer but a stream. Only "not you" is believed; the rest is tried again.
async function whyClosed(root, known) {
  const asked = new AbortController();
  try {
    const answer = await fetch(root.dataset.live, { signal: asked.signal, credentials: "same-origin" });
    known.refused = [401, 403, 404].includes(answer.status);
  } catch { /* nobody answers */ } finally { asked.abort(); }
  if (!known.refused) setTimeout(() => listen(root), LISTEN_AGAIN_MS);
}

function server(known, told) {
  known.unkept = told.words ? `${told.words} (since ${clockWords(Date.parse(told.since))})` : "";
}

function listen(root) {
  const known = heard.get(root) ?? { at: performance.now(), open: null, refused: false, unkept: "", after: root.dataset.after };
  heard.set(root, known);
  const source = new EventSource(`${root.dataset.live}?after=${encodeURIComponent(known.after)}`);
  const hear = (act) => (event) => {
    const told = JSON.parse(event.data);
    known.at = performance.now();
    known.after = event.lastEventId || known.after; // a stream that is begun anew goes on from here
    act(root, told);
    document.dispatchEvent(new CustomEvent("ajar:heard", { detail: told })); // for other parts of the page
  };
  source.onopen = () => { known.open = true; known.at = performance.now(); };
  source.onerror = () => {
    known.open = false;
    if (source.readyState === EventSource.CLOSED) whyClosed(root, known);
  };
  source.addEventListener("server", (event) => { known.at = performance.now(); server(known, JSON.parse(event.data)); });
  source.addEventListener("here", (event) => { known.at = performance.now(); set(event.data); });
  source.addEventListener("reading", hear(reading));
  source.addEventListener("alarm", hear(changed));
  source.addEventListener("refresh", hear(changed));
  source.addEventListener("stage", hear(moved));
}

function again() {
  for (const root of document.querySelectorAll("[data-live]")) {
    if (root.dataset.roomsSrc) rooms(root);
    if (root.dataset.alarmsSrc) freshen(root.querySelector("[data-alarm-list]"));
  }
}

document.querySelectorAll("[data-live]").forEach(listen);
document.addEventListener("board:again", again);
setInterval(again, AGAIN_MS);
toNow();
tick();
setInterval(tick, 1000);
