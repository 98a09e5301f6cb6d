// a.bell[data-news]: one tab of a browser asks whether there is something new, and tells the others.
//
// The tab that was looked at last holds a lock and asks; when all are hidden it asks less often.
// Unchanged (304) costs the server one query. What is new changes every tab's bell, shows a toast
// in those in sight, and fires `kakehashi:news` on their <body>: pages refresh themselves by
// hx-trigger="kakehashi:news from:body". `kakehashi:ask` on <body> has this tab ask at once.
const HIDDEN = 4; // times as long between two questions while nobody looks
const LONGEST = 600; // seconds, after however many failures
const READING_TIME = 12000;

const bell = document.querySelector("a.bell[data-news]");
const name = bell && `kakehashi-news-${bell.dataset.for}`;
const channel = bell && new BroadcastChannel(name);

let failures = 0;
let missed = null; // what came while this tab was hidden
let asked = Date.now();
let wake = () => {};

function pause() {
  const seconds = Number(bell.dataset.seconds) * (document.hidden ? HIDDEN : 1) * 2 ** failures;
  return Math.min(seconds, LONGEST) * (0.8 + Math.random() * 0.4) * 1000;
}

function sleep(time, signal) {
  return new Promise((done) => {
    const timer = setTimeout(done, time);
    const end = () => {
      clearTimeout(timer);
      done();
    };
    wake = end;
    signal?.addEventListener("abort", end, { once: true });
  });
}

// True to go on asking; false when the session has ended or somebody else has signed in.
async function ask() {
  asked = Date.now();
  let response;
  try {
    response = await fetch(bell.dataset.news, {
      headers: { "If-None-Match": `"${bell.dataset.mark}"`, Accept: "application/json" },
      cache: "no-store",
      redirect: "manual",
    });
  } catch {
    failures += 1; // no network
    return true;
  }
  if (response.status === 304) {
    failures = 0;
    return true;
  }
  if (response.type === "opaqueredirect" || response.status === 404) {
    return false;
  }
  if (!response.ok) {
    failures += 1;
    return true;
  }
  failures = 0;
  const news = await response.json();
  if (news.for !== bell.dataset.for) {
    return false;
  }
  news.mark = response.headers.get("ETag").replace(/^(W\/)?"|"$/g, "");
  channel.postMessage(news);
  take(news);
  return true;
}

async function keepAsking(signal) {
  while (!signal?.aborted) {
    const left = asked + pause() - Date.now();
    await sleep(Math.max(left, 0), signal);
    if (signal?.aborted || !(await ask())) {
      return;
    }
  }
}

function take(news) {
  const isNew = news.newest > Number(bell.dataset.newest);
  bell.dataset.mark = news.mark;
  bell.dataset.newest = news.newest;
  bell.setAttribute("aria-label", news.label);
  const number = bell.querySelector(".bell-number");
  number.textContent = news.unseen;
  number.hidden = news.unseen === "";
  asked = Date.now();
  if (document.hidden) {
    missed = { news, isNew: isNew || missed?.isNew };
  } else {
    show(news, isNew);
  }
}

function show(news, isNew) {
  missed = null;
  if (isNew && news.notice) {
    toast(news.notice);
  }
  document.body.dispatchEvent(new CustomEvent("kakehashi:news", { bubbles: true, detail: news }));
}

function toast(notice) {
  const made = document.getElementById("notice-toast").content.cloneNode(true).firstElementChild;
  const link = made.querySelector("a");
  link.textContent = notice.title;
  link.href = notice.path;
  made.querySelector("span").textContent = notice.sentence;
  const toasts = document.getElementById("toasts");
  toasts.querySelector("[data-notice]")?.remove(); // the newest is enough
  toasts.append(made);
  setTimeout(() => {
    if (!made.matches(":hover, :focus-within")) {
      made.remove();
    }
  }, READING_TIME);
}

let holding = null; // how to stop asking, while this tab has the lock
let queue = null; // how to stop waiting for it

async function hold() {
  holding = new AbortController();
  await keepAsking(holding.signal);
  holding = null;
}

function lose() {
  holding?.abort();
  holding = null;
  wait(); // another tab is looked at now: it has taken the lock
}

function wait() {
  queue = new AbortController();
  const { signal } = queue;
  navigator.locks.request(name, { signal }, hold).catch(() => signal.aborted || lose());
}

function takeOver() {
  if (holding) {
    wake();
    return;
  }
  queue?.abort();
  navigator.locks.request(name, { steal: true }, hold).catch(lose);
}

function look() {
  if (document.hidden) {
    return;
  }
  if (missed) {
    show(missed.news, missed.isNew);
  }
  if (navigator.locks) {
    takeOver();
  } else {
    wake();
  }
}

if (bell) {
  channel.addEventListener("message", (event) => take(event.data));
  document.addEventListener("visibilitychange", look);
  document.body.addEventListener("kakehashi:ask", ask);
  if (navigator.locks) {
    wait();
  } else {
    keepAsking(); // without TLS there are no locks: every tab asks for itself
  }
}
