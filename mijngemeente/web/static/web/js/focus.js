// Takes the reader to what must be mended first: the element that asks for it with `data-focus`.
const focusFirst = (root) => root.querySelector("[data-focus]")?.focus();

focusFirst(document);
document.addEventListener("htmx:afterSwap", ({ detail }) => focusFirst(detail.target));
