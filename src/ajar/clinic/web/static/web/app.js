// What the pages do once a script may run. Every form and page works without it.

import { now } from "./clock.js";

const root = document.documentElement;
const words = document.body.dataset;

// -- Ages and due times: by the server's clock, because a phone's may be wrong ------------------------------
const MINUTE = 60_000;

function spanWords(kind, span) {
  const minutes = Math.floor(Math.max(span, 0) / MINUTE);
  const unit = minutes >= 2880 ? "D" : minutes >= 60 ? "H" : minutes >= 1 ? "Min" : "Now";
  const filled = { d: Math.floor(minutes / 1440), h: Math.floor(minutes / 60), m: minutes % 60 };
  return words[kind + unit].replace(/\{(\w)\}/g, (_, name) => filled[name]);
}

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function ageReading(reading) {
  const taken = reading.querySelector("time[data-age]");
  const late = (now() - Date.parse(taken.dateTime)) / MINUTE - Number(reading.dataset.dueAfterMin);
  const state = late <= 0 ? "fresh" : late <= Number(words.graceMin) ? "stale" : "overdue";
  if (reading.dataset.state !== state) reading.dataset.state = state;
}

function ageDue(due) {
  const left = Date.parse(due.dataset.due) - now();
  const late = left <= -MINUTE;
  const state = late ? "late" : left <= Number(words.soonMin) * MINUTE ? "soon" : "ahead";
  if (due.dataset.state !== state) due.dataset.state = state;
  put(due.querySelector(".due-left"), late ? spanWords("late", -left) : spanWords("left", left));
}

export function refreshAges(within = document) {
  for (const time of within.querySelectorAll("time[data-age]")) {
    put(time, spanWords("ago", now() - Date.parse(time.dateTime)));
  }
  within.querySelectorAll("[data-due-after-min]:has(time[data-age])").forEach(ageReading);
  within.querySelectorAll("[data-due]").forEach(ageDue);
}

// -- Questionnaires: a tap selects and goes on; arrow keys only select, Enter goes on -----------------------
const LOOK_AT_IT_MS = 350; // long enough to see which answer was taken, and to tap another

function advanceOnTap(answers) {
  let tapped = false;
  let timer = 0;
  answers.addEventListener("pointerdown", () => { tapped = true; });
  answers.addEventListener("keydown", () => { tapped = false; });
  answers.addEventListener("click", (event) => {
    if (!tapped || !event.target.matches("input[type=radio]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => event.target.form.requestSubmit(), LOOK_AT_IT_MS);
  });
}

// -- A form is sent once ------------------------------------------------------------------------------------
const SENT_FOR_MS = 10_000;

function sendOnce(event) {
  const form = event.target;
  if (form.method !== "post" || form.dataset.many !== undefined) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => reopen(form), SENT_FOR_MS);
}

function reopen(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
}

// -- Keys for one number ------------------------------------------------------------------------------------
function press(event) {
  const key = event.target.closest("[data-key]")?.dataset.key;
  if (!key) return;
  const input = event.currentTarget.querySelector("input");
  const typed = input.value;
  input.value = key === "clear" ? "" : key === "back" ? typed.slice(0, -1) : typed + key;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

// -- Light --------------------------------------------------------------------------------------------------
const THEME_COOKIE = "ajar-theme";
const A_YEAR_S = 31_536_000;

function chooseTheme(event) {
  const chosen = event.target.value;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${THEME_COOKIE}=${chosen}; Path=/; Max-Age=${A_YEAR_S}; SameSite=Lax${secure}`;
  const onFloor = root.classList.contains("floor") && chosen !== "contrast";
  root.dataset.theme = onFloor ? "dark" : chosen;
}

function showTheme(select) {
  const kept = document.cookie.match(/(?:^|; )ajar-theme=(\w+)/);
  select.value = kept ? kept[1] : "auto";
}

// -- The place where one is, in a strip that is wider than the screen -------------------------------------
function showCurrent(place) {
  const strip = place.closest(".strip");
  strip.scrollLeft = place.offsetLeft - (strip.clientWidth - place.offsetWidth) / 2;
}

// -- Start --------------------------------------------------------------------------------------------------
export function wire(within = document) {
  within.querySelectorAll("[data-advance]").forEach(advanceOnTap);
  within.querySelectorAll("[data-keypad]").forEach((pad) => pad.addEventListener("click", press));
  within.querySelectorAll("[data-theme-switch]").forEach((select) => {
    showTheme(select);
    select.addEventListener("change", chooseTheme);
  });
  within.querySelectorAll(".strip [aria-current]").forEach(showCurrent);
  refreshAges(within);
}

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
}

root.classList.add("scripted");
wire();
document.querySelector("[data-focus]")?.focus();
document.addEventListener("submit", sendOnce);
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("details.menu[open] > summary")?.focus();
  closeMenus(null);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) reopen(form);
});
document.addEventListener("htmx:load", (event) => {
  wire(event.detail.elt);
  event.detail.elt.querySelector("[data-focus]")?.focus();
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(reopen));
setInterval(() => refreshAges(), 10_000);
