// Takes the reader to what must be mended first (`data-focus`), else to the title of what was asked for (`data-arrive`).
function arrive(root) {
  const mending = root.querySelector("[data-focus]");
  if (mending) mending.focus();
  else root.querySelector("[data-arrive]")?.focus({ preventScroll: true });
}

arrive(document);
document.addEventListener("htmx:afterSwap", ({ target }) => arrive(target));
