// One set of keys for all boxes of a set of vital signs: they type into the box that was chosen last.
for (const pad of document.querySelectorAll("[data-vitals-pad]")) {
  const boxes = [...pad.querySelectorAll(".vitals-box input")];
  let chosen = boxes[0];
  pad.addEventListener("focusin", (event) => { if (boxes.includes(event.target)) chosen = event.target; });
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-pad-key]")?.dataset.padKey;
    if (!key) return;
    if (key === "next") {
      chosen = boxes[(boxes.indexOf(chosen) + 1) % boxes.length];
      chosen.focus();
      return;
    }
    chosen.value = key === "back" ? chosen.value.slice(0, -1) : chosen.value + key;
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
