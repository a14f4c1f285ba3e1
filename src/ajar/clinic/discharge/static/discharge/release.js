// The release button says what it will do: to whom, and when. It follows the choice above it.

const form = document.getElementById("release-form");

function chosenName() {
  const chosen = form.querySelector("input[name=who]:checked");
  if (!chosen) return "";
  const name = chosen.value === "other" ? form.elements.other_name.value : chosen.labels[0].textContent;
  return name.trim().replace(/\s+/g, " ");
}

function sayIt() {
  const button = document.querySelector("[data-release]");
  if (!button) return;
  const name = chosenName();
  document.querySelector("[data-release-name]").value = name;
  const words = name ? button.dataset.words.replace("{name}", name) : button.dataset.nobody;
  const said = button.querySelector("[data-release-words]");
  if (said.textContent !== words) said.textContent = words;
}

if (form) {
  sayIt();
  form.addEventListener("input", sayIt);
  document.addEventListener("htmx:oobAfterSwap", sayIt);
}
