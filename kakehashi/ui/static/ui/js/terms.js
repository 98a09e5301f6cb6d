// [data-term]: what a word means shows on hover and focus (by style); Escape takes it away.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const term of document.querySelectorAll(".term:is(:hover, :focus-within)")) {
      term.dataset.closed = "";
    }
  }
});

for (const left of ["focusout", "mouseout"]) {
  document.addEventListener(left, (event) => {
    const term = event.target.closest?.(".term");
    if (term && !term.contains(event.relatedTarget)) {
      delete term.dataset.closed;
    }
  });
}
