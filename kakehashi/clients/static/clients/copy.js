// [data-copy-address]: copies the address of the view as it stands, and says so.
const SAID_FOR = 2000;

for (const button of document.querySelectorAll("[data-copy-address]")) {
  const label = button.querySelector("span");
  const words = label.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(window.location.href);
    label.textContent = button.dataset.copied;
    setTimeout(() => {
      label.textContent = words;
    }, SAID_FOR);
  });
}
