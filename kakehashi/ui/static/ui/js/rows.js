// table[data-row-keys]: ↓ ↑ or j k move between rows, Enter opens the row's first link. j also
// enters the page's first such table. Where the page has balls, j and k are theirs.
const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };
const ROW = "table[data-row-keys] tbody tr";

function rows(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]);
}

function choose(row, table) {
  for (const other of rows(table)) {
    other.tabIndex = other === row ? 0 : -1;
  }
}

function prepare(table) {
  const [first] = rows(table);
  if (first) {
    choose(first, table);
  }
}

function focus(row) {
  if (row) {
    choose(row, row.closest("table"));
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }
}

function move(row, step) {
  const all = rows(row.closest("table"));
  focus(all[all.indexOf(row) + step]);
}

function isTyping(event) {
  const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  return held || event.target.closest("input, textarea, select, [contenteditable], dialog[open]");
}

function isForTheBalls(event) {
  return event.key.length === 1 && document.querySelector("[data-balls] [data-ball]");
}

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const row = event.target.closest(ROW);
  if (isTyping(event) || isForTheBalls(event)) {
    return;
  }
  if (row === event.target && step) {
    event.preventDefault();
    move(row, step);
  } else if (row === event.target && event.key === "Enter") {
    row.querySelector("a[href]")?.click();
  } else if (!row && event.key === "j") {
    focus(document.querySelector(`${ROW}[tabindex="0"]`));
  }
});

function prepareAll(root) {
  for (const table of root.querySelectorAll("table[data-row-keys]")) {
    prepare(table);
  }
}

prepareAll(document);
document.addEventListener("htmx:load", (event) => prepareAll(event.target.parentNode ?? document));
