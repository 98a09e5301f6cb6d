// The palette: / or Ctrl-K opens it, and so does a click into the box in the frame. It finds while
// one types; ↑ ↓ choose, Enter opens, Esc closes. Enter before the answer waits for the answer.
const WAIT = 120; // ms after the last letter
const ABOUT_A_ROW = /^\/(accounts|companies|people|offices|balls)\/[0-9a-f-]{36}\//;

const dialog = document.getElementById("palette");
const input = dialog?.querySelector("[role=combobox]");
const list = dialog?.querySelector("[role=listbox]");
const status = dialog?.querySelector("[role=status]");

let timer = 0;
let asking = null; // what is being asked
let shown = null; // the words whose answer is shown
let impatient = false; // Enter was pressed before the answer came

function options() {
  return [...list.querySelectorAll("[role=option]")];
}

function chosen() {
  return list.querySelector('[aria-selected="true"]');
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  if (option) {
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function show(html) {
  list.innerHTML = html;
  options().forEach((option, number) => {
    option.id = `palette-${number}`;
  });
  choose(options()[0]);
  status.textContent = list.querySelector("[data-said]")?.dataset.said ?? "";
  if (impatient) {
    open();
  }
}

function fail() {
  impatient = false;
  shown = null;
  const said = document.createElement("p");
  said.className = "palette-none";
  said.textContent = dialog.dataset.failed;
  list.replaceChildren(said);
  status.textContent = dialog.dataset.failed;
}

async function ask() {
  clearTimeout(timer);
  asking?.abort();
  const words = input.value.trim();
  if (words === shown) {
    asking = null;
    list.removeAttribute("aria-busy");
    return;
  }
  const mine = new AbortController();
  asking = mine;
  list.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`${dialog.dataset.source}?q=${encodeURIComponent(words)}`, {
      headers: { "HX-Request": "true" },
      signal: mine.signal,
    });
    if (response.redirected) {
      window.location.reload(); // the session has ended
      return;
    }
    const html = await response.text();
    if (asking === mine) {
      asking = null;
      list.removeAttribute("aria-busy");
      if (response.ok) {
        shown = words;
        show(html);
      } else {
        fail();
      }
    }
  } catch (problem) {
    if (asking === mine) {
      asking = null;
      list.removeAttribute("aria-busy");
      fail();
    } else if (problem.name !== "AbortError") {
      throw problem;
    }
  }
}

function open() {
  impatient = false;
  const option = chosen();
  if (option) {
    option.click();
  } else if (input.value.trim() !== "") {
    input.form.submit();
  }
}

function enter() {
  if (input.value.trim() === shown) {
    open();
  } else {
    impatient = true;
    ask();
  }
}

function step(by) {
  const all = options();
  const next = all.indexOf(chosen()) + by;
  choose(all[(next + all.length) % all.length]);
}

function start(words = "") {
  if (dialog.open) {
    return;
  }
  document.querySelector("dialog:modal")?.close();
  impatient = false;
  input.value = words;
  dialog.showModal();
  input.focus();
  shown = null;
  ask();
}

const KEYS = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: enter,
};

function follow() {
  dialog.addEventListener("keydown", (event) => {
    const act = event.target === input && !event.isComposing && KEYS[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  });
  input.addEventListener("input", () => {
    impatient = false;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  list.addEventListener("pointermove", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && option !== chosen()) {
      choose(option);
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close], a[href]")) {
      dialog.close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      start();
    }
  });
  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-find]");
    if (box) {
      start(box.value);
    }
  });
}

// What one looks at stands among what one opened last.
function remember() {
  if (ABOUT_A_ROW.test(window.location.pathname)) {
    const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["x-csrftoken"];
    const body = new URLSearchParams({ path: window.location.pathname });
    fetch(dialog.dataset.opened, {
      method: "POST",
      body,
      headers: { "x-csrftoken": token },
      keepalive: true,
      redirect: "manual",
    }).catch(() => {}); // a reader who goes on at once loses nothing
  }
}

if (dialog) {
  follow();
  remember();
}
