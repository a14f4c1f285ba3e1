// The corridor: frozen once the order is checked, and drawn again when something was measured. What stands open
// stays open, and the place of the keyboard is kept; nothing else on the page waits for it or moves with it.
const part = document.querySelector("[data-corridor]");
const place = part?.querySelector("[data-corridor-drawn]");
const WAIT_MS = 1_000; // a bedside stream sends one reading a second: pressures come together

async function fetched(source, options = {}) {
  const headers = { "X-Requested-With": "fetch" };
  const answer = await fetch(source, { credentials: "same-origin", headers, ...options });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes];
}

const summaries = () => [...place.querySelectorAll("details > summary")];

function put(nodes) {
  const open = summaries().map((summary) => summary.parentElement.open);
  const names = summaries().map((summary) => summary.parentElement.dataset.keep ?? summary.textContent);
  const held = summaries().indexOf(document.activeElement);
  const name = names[held];
  place.replaceChildren(...nodes);
  for (const summary of summaries()) {
    const key = summary.parentElement.dataset.keep ?? summary.textContent;
    if (open[names.indexOf(key)]) summary.parentElement.open = true;
    if (held >= 0 && key === name) summary.focus();
  }
}

let asked;
function again() {
  clearTimeout(asked);
  asked = setTimeout(async () => {
    try {
      put(await fetched(part.dataset.corridor));
      const said = part.querySelector("[data-corridor-said]");
      said.textContent = said.dataset.words;
    } catch { /* the next reading tries again */ }
  }, WAIT_MS);
}

function heard(event) {
  const values = event.detail?.values;
  if (!values || values.systolic_mmhg !== undefined || values.cadss_6 !== undefined) again();
}

async function freeze(form) {
  const told = new FormData(form);
  try { put(await fetched(form.action, { method: "POST", body: told })); } catch { /* its button is still there */ }
}

if (part) {
  document.addEventListener("ajar:heard", heard);
  const form = part.querySelector("[data-corridor-freeze]");
  if (form) freeze(form);
}
