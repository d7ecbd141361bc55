// A message closes when told to; one that only says "done" leaves by itself, unless somebody is pointing at it.
const LINGER_MILLISECONDS = 8000;
const SAY_MILLISECONDS = 200;

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-toast-close]")) drop(target.closest("[data-toast]"));
});

function drop(toast) {
  const isHeld = toast.contains(document.activeElement);
  toast.remove();
  if (isHeld) document.querySelector("[data-arrive]")?.focus({ preventScroll: true });
}

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(leave, LINGER_MILLISECONDS, toast);
  else drop(toast);
}

function watch(toast) {
  const lasting = toast.querySelector("[data-linger]");
  if (lasting) return setTimeout(drop, 1000 * lasting.dataset.linger, toast);
  const mustBeRead = toast.matches(".toast--error, .toast--warning") || toast.querySelector("form");
  if (!mustBeRead) setTimeout(leave, LINGER_MILLISECONDS, toast);
}

const toasts = document.querySelector("#toasts");
if (toasts) {
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.matches?.("[data-toast]")) watch(node);
    }
  }).observe(toasts, { childList: true });
  // What the page came with is put there once more: a screen reader only says what changes.
  setTimeout(() => toasts.replaceChildren(...toasts.children), SAY_MILLISECONDS);
}

// What somebody did and the server did not answer is told, once; what the page asks for by itself is not.
function tell({ detail }) {
  const isByThemselves = detail.requestConfig.verb !== "get" || detail.requestConfig.triggeringEvent?.type === "click";
  if (!isByThemselves || toasts.querySelector(".toast--failed")) return;
  const toast = document.querySelector("#toast-failed").content.firstElementChild.cloneNode(true);
  toast.classList.add("toast--failed");
  toasts.append(toast);
}

document.addEventListener("htmx:responseError", tell);
document.addEventListener("htmx:sendError", tell);

// What a page asks by itself leads nobody away from what they are writing, when they are no longer signed in.
const BY_HAND = ["click", "submit", "change", "input", "search"];
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!BY_HAND.includes(detail.triggeringEvent?.type)) detail.headers["X-By-Itself"] = "yes";
});
