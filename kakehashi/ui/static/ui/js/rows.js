// table[data-row-keys]: ↑ ↓ move between rows, Enter opens the row's first link.
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

function move(table, row, step) {
  const all = rows(table);
  const next = all[all.indexOf(row) + step];
  if (next) {
    choose(next, table);
    next.focus();
  }
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("table[data-row-keys] tbody tr");
  if (!row || event.target !== row) {
    return;
  }
  const table = row.closest("table");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(table, row, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    row.querySelector("a[href]")?.click();
  }
});

function prepareAll(root) {
  for (const table of root.querySelectorAll("table[data-row-keys]")) {
    prepare(table);
  }
}

prepareAll(document);
document.addEventListener("htmx:load", (event) => prepareAll(event.target.parentNode ?? document));
