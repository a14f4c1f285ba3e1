// Lot and expiry from a scanner that types. Its Enter asks the server what the code says, fills in both and goes on to
// the next question; it never sends the form. A lot typed by hand goes on as well. The server reads the scan again.
const PATIENCE_MS = 5_000;
const SEPARATOR = "\u001d";

function wireScan(lot) {
  const form = lot.form;
  const { expires_on: expiry, scan } = form.elements;
  const said = form.querySelector("[data-scan-said]");
  const hint = said.textContent;
  let last = { typed: scan.value && lot.value, read: true }; // what was read last, or is being read
  let filled = scan.value && expiry.value; // the expiry that a scan filled in; one typed by hand is never replaced

  // state: "refused", "read", or none for the hint. Answers whether the lot may stand.
  function say(words, state = "") {
    if (said.textContent !== words) said.textContent = words;
    said.dataset.scanSaid = state;
    lot.setAttribute("aria-invalid", state === "refused");
    return state !== "refused";
  }

  function body() {
    const told = new URLSearchParams({ lot: lot.value });
    told.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    told.set("concentration_mg_per_ml", form.elements.concentration_mg_per_ml?.value ?? "");
    if (expiry.value !== filled) told.set("expires_on", expiry.value);
    return told;
  }

  async function ask() {
    const answer = await fetch(lot.dataset.scan, {
      method: "POST", body: body(), credentials: "same-origin", redirect: "error",
      headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!answer.ok && answer.status !== 422) throw new Error(`${answer.status}`);
    return answer.json();
  }

  function take(told, typed) {
    if (told.refused) return say(told.refused, "refused");
    if (!told.lot) return say(hint); // typed by hand
    scan.value = typed;
    lot.value = last.typed = told.lot;
    if (told.expires_on) filled = expiry.value = told.expires_on;
    return say(told.said, "read");
  }

  async function answered(typed) {
    const told = await ask().catch(() => ({ refused: said.dataset.unreached }));
    if (lot.value !== typed) return false;
    const read = take(told, typed);
    if (!read) {
      last = { typed: "", read: false };
      if (document.activeElement === lot) lot.select();
    }
    return read;
  }

  async function read() {
    const typed = lot.value;
    if (!typed.trim()) return false;
    if (typed !== last.typed) {
      last = { typed, read: false };
      last.read = answered(typed);
    }
    return last.read;
  }

  // The button may stand outside the form. The expiry is passed over once a scan has filled it in.
  function goOn() {
    const places = [...form.elements].filter((one) => one.matches("button, select, input:not([type=hidden])"));
    places.slice(places.indexOf(lot) + 1).find((one) => one !== expiry || !expiry.value)?.focus();
  }

  function changed() {
    if (!scan.value) return;
    if (expiry.value === filled) expiry.value = "";
    scan.value = filled = "";
    say(hint);
  }

  lot.addEventListener("keydown", async (event) => {
    if (event.ctrlKey && event.key === "]") { // how a scanner types the separator; a browser would drop it
      event.preventDefault();
      lot.setRangeText(SEPARATOR, lot.selectionStart, lot.selectionEnd, "end");
    }
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (await read() && document.activeElement === lot) goOn();
  });
  lot.addEventListener("change", read); // a scanner that ends with Tab, or with nothing
  lot.addEventListener("input", changed);
  lot.addEventListener("focus", () => { if (scan.value) lot.select(); }); // the next scan replaces this one
}

document.querySelectorAll("input[data-scan]").forEach(wireScan);
