// `Esc` goes back (`data-back`), while nobody types and nothing else is open.
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape" || target.matches("input:not([type=checkbox]), textarea, select")) return;
  if (!document.querySelector("dialog[open], :popover-open")) document.querySelector("[data-back]")?.click();
});
