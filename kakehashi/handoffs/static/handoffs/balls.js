// [data-balls]: j and k walk over the balls, a answers, r reminds, m passes on, o opens; Escape
// closes what was opened in a row; f narrows down what is shown. Never while typing.
const BALL = "[data-balls] [data-ball]";

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;
}

function walk(step) {
  const all = [...document.querySelectorAll(BALL)];
  const now = all.indexOf(document.activeElement?.closest(BALL));
  const next = all[now === -1 ? (step > 0 ? 0 : all.length - 1) : now + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function narrow() {
  const filters = document.querySelector("[data-filters]");
  if (filters) {
    filters.open = true;
    filters.querySelector("input[type=search]").focus();
  }
}

function press(ball, key) {
  if (key === "o" || key === "Enter") {
    ball.querySelector("[data-open]")?.click();
    return true;
  }
  const act = ball.querySelector(`[data-key="${CSS.escape(key)}"]`);
  act?.click();
  return act !== null;
}

function close(ball) {
  ball.querySelector(".ball-act").replaceChildren();
  ball.focus();
  lookAgain();
}

// News make the courts come anew; not while a form is open in a row, or what was typed were lost.
let waits = false;

function lookAgain() {
  const courts = document.getElementById("courts");
  if (waits && courts && !courts.querySelector(".ball-act form")) {
    waits = false;
    courts.dispatchEvent(new CustomEvent("kakehashi:courts"));
  }
}

document.addEventListener("kakehashi:news", () => {
  waits = true;
  lookAgain();
});

document.addEventListener("keydown", (event) => {
  const ball = event.target.closest(BALL);
  if (event.key === "Escape" && ball?.querySelector(".ball-act")?.children.length) {
    event.preventDefault();
    close(ball);
    return;
  }
  if (event.key === "Escape" && event.target.closest("[data-filters]")) {
    event.target.blur();
    walk(1);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) {
    return;
  }
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    walk(event.key === "j" ? 1 : -1);
  } else if (event.key === "f") {
    event.preventDefault();
    narrow();
  } else if (ball && event.target === ball && press(ball, event.key)) {
    event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-close-act]");
  if (button) {
    close(button.closest(BALL));
  }
});

// A form opened in a row is typed into once htmx has taken it over: sooner, Enter would send it as
// a page of its own. What was answered leaves the place to its ball; courts that came anew keep it.
let place = null;
document.addEventListener("htmx:afterSettle", (event) => {
  const act = event.detail.target;
  if (act.matches?.(".ball-act")) {
    const field = act.querySelector("textarea, select, input:not([type=hidden])");
    (field ?? act.closest(BALL))?.focus();
  }
  lookAgain();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "courts") {
    const all = [...document.querySelectorAll(BALL)];
    place = all.indexOf(document.activeElement?.closest(BALL));
  }
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id === "courts" && place !== null && place >= 0) {
    const all = [...document.querySelectorAll(BALL)];
    if (document.activeElement === document.body) {
      all[Math.min(place, all.length - 1)]?.focus();
    }
    place = null;
  }
});
