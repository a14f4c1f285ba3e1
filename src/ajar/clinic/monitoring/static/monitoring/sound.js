// The sound of the board: tones made here, by priority, as pathway/monitoring/sounds.py has them. What sounds is what
// nobody has seen, but for what a pause rests: the same rule as `sounding` there. Off until the browser allows it.

const bar = document.querySelector("[data-sound]");
const tones = JSON.parse(bar.dataset.tones);
import { now } from "../web/clock.js";
const turn = bar.querySelector("[data-sound-turn]");
const words = bar.querySelector("[data-sound-words]");
const left = bar.querySelector("[data-sound-left]");
const KEPT = "ajar-sound";

const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };

// -- Tones --------------------------------------------------------------------------------------------------
let audio = null;

function pulse(at, hz, lasts) {
  const tone = audio.createOscillator(), loud = audio.createGain();
  tone.type = "triangle";
  tone.frequency.value = hz;
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime(0.5, at + 0.02);
  loud.gain.setValueAtTime(0.5, at + lasts - 0.03);
  loud.gain.linearRampToValueAtTime(0, at + lasts);
  tone.connect(loud).connect(audio.destination);
  tone.start(at);
  tone.stop(at + lasts);
}

function play(priority) {
  if (!sounds()) return;
  const tone = tones[priority];
  const lasts = tone.rank === 0 ? 0.12 : 0.18;
  let at = audio.currentTime + 0.05;
  for (let group = 0; group < tone.groups; group += 1) {
    for (let number = 1; number <= tone.pulses; number += 1) {
      pulse(at, tone.hz, lasts);
      at += lasts + (tone.pulses === 5 && number === 3 ? 0.25 : 0.12);
    }
    at += 0.5;
  }
}

const sounds = () => audio !== null && audio.state === "running";

function showTurn() {
  const on = sounds();
  turn.setAttribute("aria-pressed", String(on));
  put(words, on ? words.dataset.on : words.dataset.off);
}

async function turnOn() {
  audio ??= new AudioContext();
  audio.onstatechange = showTurn;
  await audio.resume();
  showTurn();
}

turn.hidden = typeof AudioContext === "undefined";
turn.addEventListener("click", async () => {
  if (sounds()) {
    await audio.suspend();
    sessionStorage.removeItem(KEPT);
  } else {
    await turnOn();
    sessionStorage.setItem(KEPT, "on");
    if (!soundingNow().length) play("low"); // so that one hears that it is heard
  }
  showTurn();
});
// After a reload some browsers allow it at once; where not, the page goes on saying that sound is off.
if (!turn.hidden && sessionStorage.getItem(KEPT)) { turnOn(); }

// -- What sounds --------------------------------------------------------------------------------------------
function pauseOf(tile) {
  const pause = tile.dataset.pause ? JSON.parse(tile.dataset.pause) : null;
  return pause && Date.parse(pause.until) > now() ? pause : null;
}

function soundingNow() {
  const found = [];
  for (const tile of document.querySelectorAll("[data-tile][data-encounter]")) {
    const pause = pauseOf(tile);
    for (const line of tile.querySelectorAll("[data-alarm]:not([data-seen])")) {
      const { alarm: key, priority } = line.dataset, rank = tones[priority].rank;
      const rests = pause && key in pause.covers && rank >= pause.covers[key];
      if (!rests) found.push({ id: `${tile.dataset.encounter} ${key} ${priority}`, priority, rank, technical: "technical" in line.dataset });
    }
  }
  return found.sort((one, other) => one.rank - other.rank);
}

let heard = new Set();
let last = { at: -Infinity, rank: 9 };

function listen() {
  const found = soundingNow();
  const fresh = found.filter((one) => !heard.has(one.id));
  heard = new Set(found.map((one) => one.id));
  const again = found.find((one) => !one.technical); // a technical one is heard once
  const due = again && (now() - last.at) / 1000 >= tones[again.priority].again_s ? again : undefined;
  const worst = [...fresh, ...(due ? [due] : [])].sort((one, other) => one.rank - other.rank)[0];
  if (!worst || !sounds()) { if (!sounds()) heard = new Set(); return; }
  play(worst.priority);
  last = { at: now(), rank: worst.rank };
}

// -- The pause, with its countdown ----------------------------------------------------------------------------
function countDown() {
  const pauses = [...document.querySelectorAll("[data-tile][data-pause]")].map(pauseOf).filter(Boolean);
  const longest = pauses.sort((one, other) => Date.parse(other.until) - Date.parse(one.until))[0];
  if (!longest) { put(left, ""); return; }
  const seconds = Math.ceil((Date.parse(longest.until) - now()) / 1000);
  put(left, `${left.dataset.words} ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} · ${longest.by}`);
}

async function post(form) {
  return fetch(form.action, {
    method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, credentials: "same-origin",
  });
}

// A page that loads anew may not sound again by itself: what is pressed here stays on this page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-tile-act], [data-sound-pause]")) return;
  event.preventDefault();
  try {
    const answer = await post(form);
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    document.dispatchEvent(new CustomEvent("board:again"));
  } catch { form.submit(); } // the plain way says what is wrong
});

// -- The connection -------------------------------------------------------------------------------------------
let wasLost = false;
function lost() {
  const isLost = !document.querySelector("[data-lost]").hidden;
  if (isLost && !wasLost) play("low");
  wasLost = isLost;
}

function second() { listen(); countDown(); lost(); }
setInterval(second, 1000);
second();
showTurn();
