// What is entered while the network is away is kept in this browser (localStorage, not encrypted), shown as not yet
// saved, and sent once when it is back. Every form has a key: the server records a second copy of it nowhere.
// Without this file each form is sent by the browser itself, as always.

import { now } from "../web/clock.js";

const PLACE = "ajar-not-yet-saved";
const GIVES_UP_MS = 8_000;
const AGAIN_MS = 10_000;
const box = document.querySelector("[data-unsaved]");
const said = document.querySelector("[data-unsaved-said]");
const words = box.dataset;

// -- The queue: written before anything is sent, so that nothing is lost if the page goes away ----------------
const queue = () => JSON.parse(localStorage.getItem(PLACE) ?? "[]");
function store(items) {
  localStorage.setItem(PLACE, JSON.stringify(items));
  show();
}
const put = (item) => store([...queue().filter((kept) => kept.key !== item.key), item]);
const drop = (item) => store(queue().filter((kept) => kept.key !== item.key));

function newKey() { // randomUUID wants https; a clinic's own network may not have it
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// -- Showing it --------------------------------------------------------------------------------------------
const stateOf = (item) => item.author !== words.author ? words.other.replace("{name}", item.name)
  : item.refused ? `${words.refused}: ${item.refused}`
  : item.signedOut ? words.signedOut : words.waits;

function line(item) {
  const row = document.createElement("li");
  const at = new Date(item.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const state = document.createElement("b");
  state.textContent = stateOf(item);
  const mine = item.author === words.author; // what another person wrote is not shown
  row.append(mine ? `${at} ${item.words} ` : `${at} `, state);
  if (mine && item.ask) row.append(" ", button(words.right, () => confirmed(item)));
  if (mine && item.refused) row.append(" ", button(words.drop, () => drop(item)));
  return row;
}

function button(textContent, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent });
  made.dataset.kind = "quiet";
  made.addEventListener("click", act);
  return made;
}

// An unusual value is asked about, as on the form: "it is right" sends it with what the server asked.
function confirmed({ refused: _refused, ask, ...item }) {
  put({ ...item, fields: [...item.fields.filter(([name]) => name !== "confirmed"), ["confirmed", ask]] });
  sendKept();
}

function show() {
  const items = queue().filter((item) => !item.sending);
  box.querySelector("[data-unsaved-list]").replaceChildren(...items.map(line));
  box.hidden = items.length === 0;
}

// -- Sending -----------------------------------------------------------------------------------------------
async function send(item) {
  const body = new URLSearchParams(item.fields);
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
  const answer = await fetch(item.url, {
    method: "POST", body, credentials: "same-origin", redirect: "manual",
    headers: { "X-Requested-With": "keep" }, signal: AbortSignal.timeout(GIVES_UP_MS),
  });
  if (answer.status === 200) return { saved: true };
  if (answer.status === 422) {
    const { refused, ask } = await answer.json();
    return { refused: refused.join(" "), ask };
  }
  return { signedOut: answer.type === "opaqueredirect" || answer.status === 403 };
}

let busy = false;
async function sendKept() {
  if (busy) return;
  busy = true;
  try {
    for (const item of queue()) {
      if (item.author !== words.author || item.refused || item.sending) continue;
      const told = await send(item);
      if (told.saved) { drop(item); said.textContent = `${words.saved} ${item.words}`; }
      else put({ ...item, ...told });
    }
  } catch { /* still away: the next try is soon */ } finally { busy = false; }
}

// -- Taking a form -------------------------------------------------------------------------------------------
function itemOf(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.set(submitter.name, submitter.value);
  const seen = (name) => form.elements[name]?.type !== "hidden" && data.get(name) !== "";
  const values = [...data].filter(([name]) => seen(name)).map(([, value]) => value);
  data.delete("csrfmiddlewaretoken");
  const key = newKey();
  data.set("once", key);
  const at = new Date(now()).toISOString();
  return {
    key, at, url: form.action, author: words.author, name: words.name, fields: [...data],
    words: [form.dataset.keepWords, values.join(", ")].filter(Boolean).join(": "),
  };
}

async function take(event) {
  const form = event.currentTarget;
  event.preventDefault();
  if (form.dataset.keeping) return;
  form.dataset.keeping = "yes";
  const item = itemOf(form, event.submitter);
  const late = { ...item, fields: [...item.fields, ["tapped_at", item.at], ["author", item.author]] };
  put({ ...late, sending: true });
  try {
    const told = await send(item);
    if (told.saved) { drop(item); location.assign(form.dataset.keep); return; }
    if (told.refused === undefined) { keep(form, { ...late, ...told }); return; }
    drop(item);
    byBrowser(form, event.submitter); // the server shows the page with its refusal
  } catch {
    keep(form, late);
  } finally {
    delete form.dataset.keeping;
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
}

function keep(form, item) {
  put(item);
  form.reset();
  box.scrollIntoView({ block: "nearest" });
}

function byBrowser(form, submitter) {
  if (submitter?.name) {
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(pressed);
  }
  form.submit();
}

// A page that went away while it was sending left its item marked: it is sent again, and recorded once.
store(queue().map(({ sending: _, ...item }) => item));
document.querySelectorAll("form[data-keep]").forEach((form) => form.addEventListener("submit", take));
box.querySelector("[data-unsaved-try]").addEventListener("click", sendKept);
addEventListener("online", sendKept);
addEventListener("storage", (event) => { if (event.key === PLACE) show(); }); // another page of this browser sent it
setInterval(() => { if (queue().length) sendKept(); }, AGAIN_MS);
if (queue().length) sendKept();
