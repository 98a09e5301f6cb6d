// g and a section's letter goes there, / finds, p pins what the page is about, ? lists the keys.
// Never while typing.
const WAIT = 1200;
let pending = 0;

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
}

function go(letter) {
  const link = document.querySelector(`.nav-list a[data-go="${CSS.escape(letter)}"]`);
  if (link) {
    link.click();
  }
}

function act(key) {
  if (key === "/") {
    document.querySelector("[data-find]")?.click(); // opens the palette
    return true;
  }
  if (key === "p") {
    const pin = document.querySelector(".page-actions [data-pin] button");
    pin?.click();
    return pin !== null;
  }
  if (key === "?") {
    document.getElementById("keys")?.showModal();
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) {
    return;
  }
  if (Date.now() - pending < WAIT) {
    pending = 0;
    go(event.key);
  } else if (event.key === "g") {
    pending = Date.now();
  } else if (act(event.key)) {
    event.preventDefault();
  }
});
