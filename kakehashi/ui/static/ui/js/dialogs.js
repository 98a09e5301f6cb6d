// Buttons with command="show-modal" open their dialog; browsers that know invokers need no help.
// A dialog whose form was refused (422, data-open) stands open again.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest('button[command="show-modal"]');
    if (button) {
      document.getElementById(button.getAttribute("commandfor"))?.showModal();
    }
  });
}

for (const dialog of document.querySelectorAll("dialog[data-open]")) {
  dialog.showModal();
}
