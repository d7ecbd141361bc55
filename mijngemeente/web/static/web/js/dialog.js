// Opens the dialog that a button names in `data-dialog`.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-dialog]");
  if (!button) return;
  const dialog = document.getElementById(button.dataset.dialog);
  if (dialog) dialog.showModal();
});
