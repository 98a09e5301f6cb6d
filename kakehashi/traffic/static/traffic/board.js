// [data-board]: a card is dragged to another column, or moved by keys: arrows walk, Shift with an
// arrow moves it to the next column, m opens its menu, Enter its job. What a move says stands in the
// card: refused, it stays where it was and the form asks why.
import htmx from "htmx.org";

const CARD = ".job-card";
const COLUMN = ".board-column";

const cardOf = (target) => target.closest?.(`[data-board] ${CARD}`);
const columnsOf = (board) => [...board.querySelectorAll(COLUMN)];
const cardsOf = (column) => [...column.querySelectorAll(CARD)];

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
}

function focus(card) {
  card?.focus();
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

let moved = null; // the card that was moved last keeps its place under the keys

function move(card, state) {
  moved = card.id;
  const from = card.closest(COLUMN).dataset.state;
  if (from !== state) {
    const act = card.querySelector(".job-act");
    htmx.ajax("POST", card.dataset.job, { source: act, target: act, values: { old: from, new: state } });
  }
}

function open(card) {
  moved = card.id;
  const act = card.querySelector(".job-act");
  htmx.ajax("GET", card.dataset.job, { source: act, target: act });
}

function close(card) {
  card.querySelector(".job-act").replaceChildren();
  focus(card);
}

function beside(card, step) {
  const columns = columnsOf(card.closest("[data-board]"));
  return columns[columns.indexOf(card.closest(COLUMN)) + step];
}

function walk(card, key) {
  const all = cardsOf(card.closest(COLUMN));
  const at = all.indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") {
    focus(all[at + (key === "ArrowDown" ? 1 : -1)]);
    return;
  }
  const step = key === "ArrowRight" ? 1 : -1;
  let column = beside(card, step);
  while (column) {
    const cards = cardsOf(column);
    if (cards.length) {
      focus(cards[Math.min(at, cards.length - 1)]);
      return;
    }
    column = column[step > 0 ? "nextElementSibling" : "previousElementSibling"];
  }
}

function press(event) {
  const card = cardOf(event.target);
  if (event.key === "Escape" && card?.querySelector(".job-act")?.children.length) {
    close(card);
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) {
    return false;
  }
  if (event.target.matches(".board") && event.key.startsWith("Arrow")) {
    focus(event.target.querySelector(CARD));
    return true;
  }
  if (!card || event.target !== card) {
    return false;
  }
  if (event.shiftKey && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    const column = beside(card, event.key === "ArrowRight" ? 1 : -1);
    if (column) move(card, column.dataset.state);
    return true;
  }
  if (event.key.startsWith("Arrow")) walk(card, event.key);
  else if (event.key === "m") open(card);
  else if (event.key === "Enter") card.querySelector(".job-title a").click();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (press(event)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const card = cardOf(event.target);
  if (!card) return;
  if (event.target.closest("[data-close-act]")) {
    close(card);
  } else if (event.target.closest("[data-move]") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    open(card);
  }
});

let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = cardOf(event.target);
  if (dragged) {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    dragged.dataset.dragged = "";
  }
});
document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest?.(COLUMN);
  for (const column of document.querySelectorAll(`${COLUMN}[data-over]`)) {
    if (column !== over) delete column.dataset.over;
  }
  if (over) {
    event.preventDefault();
    over.dataset.over = "";
  }
});
document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest?.(COLUMN);
  if (column) {
    event.preventDefault();
    move(dragged, column.dataset.state);
  }
});
document.addEventListener("dragend", () => {
  if (dragged) delete dragged.dataset.dragged;
  for (const column of document.querySelectorAll(`${COLUMN}[data-over]`)) delete column.dataset.over;
  dragged = null;
});

document.addEventListener("kakehashi:moved", () => {
  document.getElementById("board")?.dispatchEvent(new CustomEvent("kakehashi:board"));
});
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  if (target.id === "board" || event.detail.elt?.id === "board") {
    focus(document.getElementById(moved));
  } else if (target.matches?.(".job-act")) {
    const field = target.querySelector("textarea, select, input:not([type=hidden])");
    if (field) field.focus();
  }
});
