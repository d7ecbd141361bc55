// The keys of the desk. They rest inside text fields and menus, and when switched off (WCAG 2.1.4).
const OFF = "shortcuts-off";
const desk = document.querySelector("[data-shortcuts]");
const keys = document.querySelector("[data-keys]");
const box = document.querySelector("[data-keys-switch]");
const isTyping = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
const areOff = () => localStorage.getItem(OFF) === "yes" || desk?.dataset.shortcuts === "off";
const row = () => document.activeElement.closest("[data-row]") ?? desk.querySelector("[data-row]:has([aria-current])");

function move(step) {
  const links = [...desk.querySelectorAll("[data-row] a")];
  const here = links.findIndex((link) => link.parentElement.contains(document.activeElement));
  const start = here >= 0 ? here : links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[Math.min(Math.max(start + step, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const bound = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)];
  const shown = bound.find((element) => element.checkVisibility());
  const wanted = shown ?? bound.find((element) => element.closest(".menu"));
  if (!wanted) return false;
  const menu = !shown && !wanted.matches("a") && wanted.closest(".menu");
  // With its button named it hangs under that, as when the button is pressed.
  if (menu) menu.showPopover({ source: document.querySelector(`[popovertarget="${menu.id}"]`) });
  wanted.open = true;
  const part = wanted.matches("form, details") && wanted.querySelector("textarea, input:not([type=hidden]), button");
  (part || wanted).focus();
  if (!part && !isTyping(wanted)) wanted.click();
  // At once, not when the browser tells that it opened: the next key may be there before that.
  enter(wanted.popoverTargetElement);
  return true;
}

// Until the next conversation is there, a key would still do something with the one before it.
const isBusy = () => document.querySelector(".row__link.htmx-request, #conversation form.htmx-request");
function enter(menu) {
  if (menu?.matches(":popover-open")) menu.querySelector("summary, input:not([type=hidden]), button, a")?.focus();
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (!desk || event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
  if (document.querySelector("dialog[open], .menu:popover-open") || areOff()) return;
  if (key === "j") move(1);
  else if (key === "k") move(-1);
  else if (key === "x") row()?.querySelector("[data-pick]")?.click();
  else if (key === "?") keys.showModal();
  else if (key === "Enter" || isBusy() || !press(key)) return;
  event.preventDefault();
});

// A menu that opens takes what is typed next; not on a touch screen, where a keyboard would cover the menu.
document.addEventListener("toggle", ({ target, newState }) => {
  if (newState !== "open" || !target.matches(".menu") || !matchMedia("(hover: hover)").matches) return;
  if (!target.contains(document.activeElement)) enter(target);
}, true);
if (box) box.checked = localStorage.getItem(OFF) !== "yes";
box?.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "no" : "yes"));
