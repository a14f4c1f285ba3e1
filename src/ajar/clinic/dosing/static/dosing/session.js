// Clocks of the session page: time since the first dose, drug given, and the rest between two devices.
import { now } from "../web/clock.js";
const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };

function clock(element) {
  const minutes = Math.max(0, Math.floor((now() - Date.parse(element.dataset.clockFrom)) / 60_000));
  put(element, `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`);
}

const started = now();
function infusion(element) {
  const hours = (now() - started) / 3_600_000;
  const ordered = Number(element.dataset.ordered);
  const given = Number(element.dataset.given) + Number(element.dataset.rate) * hours;
  const words = Math.min(given, ordered).toFixed(1);
  document.querySelectorAll("[data-given]:not([data-infusion])").forEach((place) => put(place, words));
  const total = document.querySelector("input[name=total_mg]");
  if (total && total.placeholder !== words) total.placeholder = words;
}

function rest(button) {
  const left = Math.ceil((Date.parse(button.dataset.opensAt) - now()) / 1000);
  const waits = left > 0;
  if (button.disabled !== waits) button.disabled = waits;
  const words = document.querySelector("[data-wait]");
  put(words, waits ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "");
}

function tick() {
  document.querySelectorAll("[data-clock-from]").forEach(clock);
  document.querySelectorAll("[data-infusion]").forEach(infusion);
  document.querySelectorAll("button[data-opens-at]").forEach((button) => { if (button.dataset.opensAt) rest(button); });
}

tick();
setInterval(tick, 1000);
