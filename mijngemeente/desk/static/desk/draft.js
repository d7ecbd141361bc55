// What somebody is writing survives going to another conversation and back, in this tab alone, until it is sent.
const key = (form) => `draft-${form.dataset.draft}`;
const text = (form) => form.querySelector("textarea");

function restore(root) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    const kept = sessionStorage.getItem(key(form));
    if (kept !== null && text(form).value === text(form).defaultValue) text(form).value = kept;
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (!form || target !== text(form)) return;
  if (target.value === target.defaultValue) sessionStorage.removeItem(key(form));
  else sessionStorage.setItem(key(form), target.value);
});

document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  const form = detail.elt.closest("form[data-draft]");
  if (form && detail.xhr.status < 400) sessionStorage.removeItem(key(form));
});

document.addEventListener("htmx:load", ({ target }) => restore(target.parentElement ?? target));
restore(document);
