// form[data-guard]: what was typed outlives a session that ended. It is kept in this tab only, under
// the reader's name and the page's address, and put back when the same page is opened again.
const PREFIX = "draft ";
const NEVER = /^(csrfmiddlewaretoken|version|.*_version|.*password.*)$/;
const reader = document.body.dataset.reader ?? "";

function key() {
  return `${PREFIX}${reader} ${location.pathname}${location.search}`;
}

function typed(form) {
  const kept = {};
  for (const field of form.elements) {
    if (!field.name || NEVER.test(field.name) || ["file", "password", "hidden"].includes(field.type)) {
      continue;
    }
    const ticked = ["checkbox", "radio"].includes(field.type);
    if (!ticked || field.checked) {
      (kept[field.name] ??= []).push(field.value);
    } else {
      kept[field.name] ??= [];
    }
  }
  return kept;
}

function keep(form) {
  sessionStorage.setItem(key(), JSON.stringify(typed(form)));
}

function put(form, kept) {
  let changed = false;
  for (const field of form.elements) {
    const values = kept[field.name];
    if (!values || ["file", "password", "hidden", "submit", "button"].includes(field.type)) {
      continue;
    }
    if (["checkbox", "radio"].includes(field.type)) {
      const wanted = values.includes(field.value);
      changed ||= field.checked !== wanted;
      field.checked = wanted;
    } else if (values.length && field.value !== values[0]) {
      field.value = values[0];
      changed = true;
    }
  }
  return changed;
}

// Kept from the first letter on; let go once the page that the form led to is another one.
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form && reader) {
    keep(form);
  }
});

const form = document.querySelector("form[data-guard]");
if (reader && form) {
  const kept = sessionStorage.getItem(key());
  // A refused form (422) shows what was typed by itself.
  if (kept && !form.querySelector("[aria-invalid=true], .alert[data-tone=late]")) {
    if (put(form, JSON.parse(kept))) {
      const note = document.getElementById("draft-note");
      if (note) {
        form.prepend(note.content.cloneNode(true));
        form.querySelector("[data-forget]")?.addEventListener("click", () => {
          sessionStorage.removeItem(key());
          location.reload();
        });
      }
      form.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      sessionStorage.removeItem(key());
    }
  }
}
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-guard]")) {
    sessionStorage.setItem(`${PREFIX}sent`, key());
  } else if (event.target.matches("[action$='/logout/']")) {
    sessionStorage.clear();
  }
});
// The page after a form was sent: not the door, not the form again, so it was accepted.
const sent = sessionStorage.getItem(`${PREFIX}sent`);
if (sent && reader && sent !== key()) {
  sessionStorage.removeItem(sent);
  sessionStorage.removeItem(`${PREFIX}sent`);
}
