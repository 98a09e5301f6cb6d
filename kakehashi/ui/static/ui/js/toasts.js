// [data-dismiss] closes its toast; a toast that reports success leaves by itself.
const READING_TIME = 6000;

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
});

function expire(root) {
  for (const toast of root.querySelectorAll('.toast[data-tone="success"], .toast[data-tone="info"]')) {
    setTimeout(() => {
      if (!toast.matches(":hover, :focus-within")) {
        toast.remove();
      }
    }, READING_TIME);
  }
}

expire(document);
document.addEventListener("htmx:oobAfterSwap", () => expire(document));
