// An answer of the bank goes into the reply at the caret, as if it was typed: Ctrl+Z takes it out again.
const place = () => document.getElementById("suggest");
const isShown = () => place()?.checkVisibility();

function insert(link) {
  const form = document.getElementById("reply-form");
  const field = form?.querySelector("textarea");
  if (!field) return;
  place()?.closest("[popover]:popover-open")?.hidePopover();
  if (!field.checkVisibility()) document.querySelector('[data-write="write-reply"]')?.click();
  field.focus();
  const start = field.selectionStart;
  // After a word somebody typed, or behind a letter that is done, it begins a paragraph of its own.
  type(field, (/\S$/.test(field.value.slice(0, start)) ? "\n\n" : "") + link.dataset.insert);
  form.elements.answers.value += link.dataset.answer;
  const blank = field.value.slice(start, field.selectionEnd).match(/\{[^{}\n]{1,80}\}/);
  if (blank) field.setSelectionRange(start + blank.index, start + blank.index + blank[0].length);
}

function type(field, text) {
  // The only way of writing that a browser can undo; where it is gone, the text is still put in.
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Where somebody was before looking for an answer; `Esc` goes back there.
let from;
function search() {
  from = document.activeElement;
  if (!isShown()) document.getElementById("side").showPopover();
  place().querySelector("input").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-insert], [data-suggest-open]");
  if (!link || event.ctrlKey || event.metaKey || !place()) return;
  event.preventDefault();
  if (link.matches("[data-insert]")) insert(link);
  else search();
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key === "i" && (event.ctrlKey || event.metaKey) && target.closest("#reply-form")) search();
  else if (!target.closest("[data-suggest-search]")) return;
  else if (key === "Escape") (from?.matches("textarea") ? from : document.getElementById("conversation-title"))?.focus();
  else if (key === "ArrowDown") document.querySelector("#suggestions [data-insert]")?.focus();
  else if (key === "Enter") document.querySelector("#suggestions [data-insert]")?.click();
  else return;
  event.preventDefault();
});
