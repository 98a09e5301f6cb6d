// data-theme-choice: change the appearance at once; the form's own POST does the same, slower.
const choices = document.querySelectorAll("[data-theme-choice]");

function show(theme) {
  if (theme === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  for (const button of document.querySelectorAll("[data-theme-choice] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

for (const form of choices) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    show(data.get("theme"));
    await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
  });
}
