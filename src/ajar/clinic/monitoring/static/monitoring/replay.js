// Replay: the slider asks for the moment it stands at; playing moves the slider as the session went, only faster.
// Without this file every moment is a plain link, and the slider a form with a button.
const form = document.querySelector("[data-replay]");
const slider = form.querySelector("input[type=range]");
const links = [...document.querySelectorAll("a[data-moment]")];
const LONGEST_MS = 4_000; // an hour without an entry is not waited for
const SHORTEST_MS = 200;
let timer = 0;

const here = () => Number(slider.value);

function mark() {
  for (const link of links) {
    if (Number(link.dataset.moment) !== here()) { link.removeAttribute("aria-current"); continue; }
    link.setAttribute("aria-current", "true");
    const list = link.closest(".replay-list");
    list.scrollTop = link.offsetTop - list.clientHeight / 2;
    slider.setAttribute("aria-valuetext", link.textContent.trim().replace(/\s+/g, " "));
  }
}

function go(number) {
  slider.value = number;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}

function stop() {
  clearTimeout(timer);
  form.querySelectorAll("[data-speed]").forEach((button) => button.setAttribute("aria-pressed", "false"));
}

function play(speed) {
  if (here() >= links.length) { stop(); return; }
  const [now, next] = [links[here() - 1], links[here()]].map((link) => Date.parse(link.dataset.at));
  const wait = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (next - now) / speed));
  timer = setTimeout(() => { go(here() + 1); play(speed); }, wait);
}

slider.addEventListener("input", mark);
form.querySelector("[data-speeds]").hidden = false;
form.querySelector("button:not([type=button])").hidden = true;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-speed]");
  if (!button) return;
  const running = button.getAttribute("aria-pressed") === "true";
  stop();
  if (running) return;
  button.setAttribute("aria-pressed", "true");
  play(Number(button.dataset.speed));
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("#known a[rel], a[data-moment]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  stop();
  const focus = link.closest("#known") ? link.rel : "";
  go(new URL(link.href).searchParams.get("moment"));
  if (focus) document.addEventListener("htmx:afterSettle", () => {
    document.querySelector(`#known a[rel="${focus}"]`)?.focus();
  }, { once: true });
});
mark();
