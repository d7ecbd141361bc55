// The boxes to write in: from answer to note and back without losing either, and the caret where writing starts.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-write]");
  if (!link) return;
  event.preventDefault();
  const wanted = document.getElementById(link.dataset.write);
  for (const box of wanted.parentElement.children) box.hidden = box !== wanted;
  wanted.querySelector("textarea")?.focus();
});

document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey }) => {
  if (!target.form?.matches("[data-send]")) return;
  // A click, not requestSubmit: only then htmx sends along which button it was.
  if (key === "Enter" && (ctrlKey || metaKey)) target.form.querySelector("[data-send-button]").click();
  if (key === "Escape" && target.matches("textarea")) (document.querySelector("[data-arrive]") ?? document.querySelector("main")).focus({ preventScroll: true });
});

const placed = new WeakSet();
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches("textarea[data-caret]") || placed.has(target)) return;
  placed.add(target);
  const place = Number(target.dataset.caret);
  // Somebody who was writing here before it was drawn anew goes on where they were.
  const isNew = [0, target.value.length].includes(target.selectionStart);
  if (isNew && target.value === target.defaultValue) target.setSelectionRange(place, place);
});

// A menu closes when its choice was made, not when that was refused, and the page's own address is copied when asked for.
document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (!detail.successful) return;
  const menu = target.closest("[popover]:popover-open");
  if (menu?.querySelector(".menu__item") && !target.closest("#labels-menu")) menu.hidePopover();
});

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("[data-copy]")) target.select();
});

// Shows in the text which words a remark is about; its places count signs, the box counts halves of an emoji too.
document.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-select]")) return;
  const area = target.closest("form").querySelector("textarea");
  const place = (signs) => [...area.value].slice(0, signs).join("").length;
  area.focus();
  area.setSelectionRange(...target.dataset.select.split(",").map(Number).map(place));
});

// Whom a note can name is looked up only when somebody types an @.
document.addEventListener("input", async ({ target }) => {
  if (!target.matches("[data-names-url]") || !target.value.includes("@")) return;
  (await import(target.dataset.namesScript)).suggest(target);
});
