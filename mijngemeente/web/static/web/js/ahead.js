// What is typed after `/`, while the page with the search box (`data-ahead`) loads, comes to stand in that box.
const KEPT = "typed-ahead";
const box = document.querySelector("[data-ahead]");
let isLeaving = false;

function leave(event) {
  if (!event.target.closest("a[data-key='/']") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  sessionStorage.removeItem(KEPT);
  isLeaving = true;
}

function keep(event) {
  if (!isLeaving || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") isLeaving = false;
  else if (event.key.length === 1) sessionStorage.setItem(KEPT, (sessionStorage.getItem(KEPT) ?? "") + event.key);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function fill() {
  const typed = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!typed) return;
  // What was typed here already comes after it.
  box.value = typed + box.value;
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

if (box) document.addEventListener("htmx:load", fill, { once: true });
document.addEventListener("click", leave);
document.addEventListener("keydown", keep, true);
addEventListener("pagehide", () => { isLeaving = false; });
