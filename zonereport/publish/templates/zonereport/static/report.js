(() => {
"use strict";
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const make = (name, attributes = {}, text = "") => {
  const element = document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.textContent = text;
  return element;
};
const words = element => element.textContent.replace(/\s+/g, " ").trim();

// a stop on the keyboard's way, and a hint, only where something scrolls now
const boxes = all(".scroll");
const measure = () => {
  for (const box of boxes) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    box.classList.toggle("scrolls", scrolls);
    if (scrolls) {
      box.tabIndex = 0;
      const figure = box.closest("figure");
      if (figure && !box.hasAttribute("role")) {
        box.setAttribute("role", "region");
        const more = box.closest("details") ? "：数值" : "";
        box.setAttribute("aria-label", words(figure.querySelector("figcaption")) + more);
      }
    } else box.removeAttribute("tabindex");
  }
};
measure();
addEventListener("resize", measure);
// what is folded has no width
document.addEventListener("toggle", measure, true);
if (document.fonts) document.fonts.ready.then(measure);

// the contents mark the place
const links = new Map();
for (const link of all(".contents a")) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target) links.set(target, [...(links.get(target) || []), link]);
}
const places = [...links.keys()];
let here = null;
const mark = () => {
  let now = null;
  for (const place of places) {
    if (place.getBoundingClientRect().top > 140) break;
    now = place;
  }
  if (now === here) return;
  for (const link of links.get(here) || []) link.removeAttribute("aria-current");
  here = now;
  for (const link of links.get(here) || []) {
    link.setAttribute("aria-current", "location");
    const list = link.closest(".wide");
    if (!list) continue;
    const top = link.offsetTop - list.clientHeight / 2;
    if (Math.abs(list.scrollTop - top) > list.clientHeight / 3) list.scrollTop = top;
  }
};
if (places.length) {
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
}

// tables: sorted by a column, filtered by a word, taken away as CSV
const SCALES = { "亿": 1e8, "万": 1e4 };
const numberIn = text => {
  const found = /([-+−]?\d[\d,]*(?:\.\d+)?)\s*(亿|万)?/.exec(text);
  if (!found) return NaN;
  return parseFloat(found[1].replace(/,/g, "").replace("−", "-")) * (SCALES[found[2]] || 1);
};
const cellOf = (row, place) => row.cells[place] ? words(row.cells[place]) : "";
const compare = (place, numeric, sign) => (one, other) => {
  const [a, b] = [cellOf(one, place), cellOf(other, place)];
  if (numeric) {
    const [x, y] = [numberIn(a), numberIn(b)];
    if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
    return sign * (x - y);
  }
  return sign * a.localeCompare(b, "zh", { numeric: true });
};
const quoted = text => {
  // nothing in a cell may act in a spreadsheet
  const plain = /^[=+@\t\r-]/.test(text) && !/^[-+]?[\d,.]+%?$/.test(text) ? `'${text}` : text;
  return `"${plain.replace(/"/g, '""')}"`;
};
const save = (table, name) => {
  const lines = all("tr", table).map(row => [...row.cells].map(cell => quoted(words(cell))).join(","));
  const file = new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" });
  const link = make("a", { href: URL.createObjectURL(file), download: `${name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
for (const figure of all("figure.table")) {
  const table = figure.querySelector("table");
  const body = table.tBodies[0];
  const name = words(figure.querySelector(".label"));
  const tools = make("div", { class: "tools" });
  const rows = [...body.rows];
  const plain = table.tHead && table.tHead.rows.length === 1 && !table.querySelector("[colspan],[rowspan]");
  if (plain && rows.length >= 15) {
    const field = make("input", { type: "search", "aria-label": `筛选${name}`, placeholder: "筛选" });
    const count = make("span", { class: "count", role: "status" });
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = !words(row).toLowerCase().includes(wanted);
        shown += !row.hidden;
      }
      count.textContent = wanted ? `${shown}/${rows.length}行` : "";
    });
    tools.append(field, count);
  }
  if (plain && rows.length >= 5) {
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const numeric = head.classList.contains("number");
      if (!words(head)) return;
      const button = make("button", { type: "button", class: "sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === (numeric ? "descending" : "ascending") ? numeric : !numeric;
        for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        body.append(...[...body.rows].sort(compare(place, numeric, up ? 1 : -1)));
      });
    });
  }
  const button = make("button", { type: "button", "aria-label": `下载${name}，CSV` }, "下载CSV");
  button.addEventListener("click", () => save(table, `${document.title}_${name}`.replace(/\s/g, "")));
  tools.append(button);
  figure.querySelector("figcaption").after(tools);
}

// value, unit and source of what somebody points at
const tip = make("div", { class: "tip", role: "tooltip", hidden: "" });
document.body.append(tip);
for (const title of all("figure.chart svg title")) {
  title.parentNode.setAttribute("data-tip", title.textContent);
  title.remove();
}
const footOf = figure => {
  const note = figure && figure.querySelector(".note");
  const found = note && /资料来源：(.*?)(?:；数据所属期|。)/.exec(note.textContent);
  return found ? found[1] : "";
};
const about = target => {
  const drawn = target.closest("[data-tip]");
  if (drawn) {
    const figure = drawn.closest("figure");
    const said = drawn.getAttribute("data-tip");
    const own = all("details.values li", figure).map(words).map(text => [text.split("：")[0], text])
      .filter(([name]) => said.startsWith(name)).sort((a, b) => b[0].length - a[0].length)[0];
    const source = own ? own[1].slice(own[0].length + 1) : footOf(figure);
    return [said, source && `来源：${source}`];
  }
  const cell = target.closest("figure.table td");
  if (!cell) return [];
  const row = cell.parentNode;
  const table = row.closest("table");
  const name = row.querySelector("th");
  const head = table.tHead && table.tHead.rows.length === 1 && table.tHead.rows[0].cells[cell.cellIndex];
  const source = row.dataset.source || footOf(table.closest("figure"));
  const said = [name && words(name), head && words(head)].filter(Boolean).join("，");
  return [`${said}：${words(cell)}`, source && `来源：${source}`];
};
const hide = () => { tip.hidden = true; };
const show = event => {
  if (tip.contains(event.target)) return;
  const lines = about(event.target).filter(Boolean);
  if (!lines.length) return hide();
  tip.replaceChildren(...lines.map(line => make("div", {}, line)));
  tip.hidden = false;
  const place = event.target.getBoundingClientRect();
  const left = Math.min(Math.max(8, place.left), innerWidth - tip.offsetWidth - 8);
  const below = place.bottom + tip.offsetHeight + 8 < innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? place.bottom + 2 : Math.max(0, place.top - tip.offsetHeight - 2)}px`;
};
document.addEventListener("pointerover", show);
document.addEventListener("click", show);
document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
addEventListener("scroll", hide, { passive: true });
})();
