// The patient's screen. It says every two seconds that it is there, and shows how its call stands. A press is tried
// again until the server has it; the same press never counts twice.

const main = document.querySelector("main");
const form = main.querySelector("form");
const ring = main.querySelector("[data-ring]");
const words = main.querySelector("[data-words]");
const SECOND = 1000;
const beatMs = Number(main.dataset.beatS) * SECOND;
const silentMs = Number(main.dataset.silentS) * SECOND;
const AGAIN_MS = 1 * SECOND;
const PATIENCE_MS = 4 * SECOND;

let answeredAt = performance.now();
let waiting = null; // the press that the server does not have yet
let ringsToTell = []; // what became of rings, until the server has it

function show(call) {
  if (main.dataset.call === call) return;
  main.dataset.call = call;
  words.textContent = main.querySelector(`template[data-say="${call}"]`).content.textContent;
}

async function post(path, fields) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const answer = await fetch(path, {
    method: "POST", body, credentials: "same-origin", cache: "no-store",
    headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const told = await answer.json();
  if (!answer.ok && told.call !== "closed") throw new Error(`${answer.status}`);
  answeredAt = performance.now();
  return told.call;
}

function settle(call) {
  if (waiting && call !== "closed") return; // a press is under way: its own answer settles it
  show(call);
}

// -- Being there ------------------------------------------------------------------------------------------------
let beating = false;
async function beat() {
  if (beating || main.dataset.call === "closed") return;
  beating = true;
  const telling = ringsToTell[0];
  try {
    const call = await post("here/", telling ? { ring: telling } : {});
    if (telling) ringsToTell = ringsToTell.slice(1);
    settle(call);
  } catch {
    if (performance.now() - answeredAt > silentMs) show("lost");
  } finally {
    beating = false;
  }
}

// -- Calling ----------------------------------------------------------------------------------------------------
function newPress() { // crypto.randomUUID asks for https, which a clinic's own network may lack
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(press) {
  try {
    const call = await post("help/", { press });
    if (waiting === press) waiting = null;
    show(call);
  } catch {
    if (performance.now() - answeredAt > silentMs) show("lost");
    setTimeout(send, AGAIN_MS, press);
  }
}

function call() {
  if (waiting || main.dataset.call === "closed") return;
  waiting = newPress();
  if (main.dataset.call === "none") show("sending");
  send(waiting);
}

form.addEventListener("submit", (event) => { event.preventDefault(); call(); });

// A Bluetooth switch types a key: most send space or Enter, camera buttons the volume, some an arrow or a page.
const KEYS = new Set([
  " ", "Enter", "AudioVolumeUp", "AudioVolumeDown", "VolumeUp", "VolumeDown", "MediaPlayPause", "MediaTrackNext",
  "PageUp", "PageDown", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "1", "2", "3", "4",
]);
addEventListener("keydown", (event) => {
  if (!KEYS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === ring && (event.key === " " || event.key === "Enter")) return; // the ring answers for itself
  event.preventDefault();
  if (!event.repeat) call();
});

// -- The ring ---------------------------------------------------------------------------------------------------
let glowing = 0;
function glow() {
  if (main.dataset.call === "closed") return;
  ring.disabled = false;
  ring.dataset.glows = "";
  glowing = setTimeout(rest, Number(main.dataset.glowsS) * SECOND, "missed");
}

function rest(what) {
  if (!glowing) return;
  clearTimeout(glowing);
  glowing = 0;
  const focused = document.activeElement === ring;
  ring.disabled = true;
  delete ring.dataset.glows;
  if (focused) form.querySelector("button").focus();
  ringsToTell = [...ringsToTell, what];
  beat();
}

if (ring) {
  ring.addEventListener("click", () => rest("tapped"));
  setInterval(glow, Number(main.dataset.ringMin) * 60 * SECOND);
}

// -- The screen stays lit where the browser lets it ---------------------------------------------------------------
async function stayLit() {
  try { await navigator.wakeLock?.request("screen"); } catch { /* not allowed here: the tablet's own setting rules */ }
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) { stayLit(); beat(); } });
stayLit();
setInterval(beat, beatMs);
