// data-file-drop: a file may be dropped anywhere on the row that holds a file input.
function zone(event) {
  return event.target.closest?.("[data-file-drop]");
}

function over(event) {
  const target = zone(event);
  if (target) {
    event.preventDefault();
    target.toggleAttribute("data-over", true);
  }
}

document.addEventListener("dragover", over);
document.addEventListener("dragleave", (event) => zone(event)?.removeAttribute("data-over"));
document.addEventListener("drop", (event) => {
  const target = zone(event);
  if (!target) {
    return;
  }
  event.preventDefault();
  target.removeAttribute("data-over");
  const input = target.querySelector("input[type=file]");
  if (input && event.dataTransfer.files.length > 0) {
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

for (const hint of document.querySelectorAll("[data-file-drop] .file-hint")) {
  hint.hidden = false;
}
