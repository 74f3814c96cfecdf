"use strict";
const form = document.querySelector(".tools");
const rows = [...document.querySelectorAll("tr[data-text]")];
const count = document.querySelector(".count");
const fields = { words: form.elements.words, zone: form.elements.zone, status: form.elements.status };
function choose() {
  const words = fields.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const fits = words.every((word) => row.dataset.text.includes(word))
      && (!fields.zone.value || row.dataset.zone === fields.zone.value)
      && (!fields.status.value || row.dataset.status === fields.status.value);
    row.hidden = !fits;
    shown += fits;
  }
  for (const part of document.querySelectorAll("section.zone")) {
    part.hidden = !part.querySelector("tr[data-text]:not([hidden])");
  }
  count.textContent = count.dataset.words.replace("#", shown);
}
form.hidden = false;
form.addEventListener("input", choose);
form.addEventListener("submit", (event) => event.preventDefault());
choose();
