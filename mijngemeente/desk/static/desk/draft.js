// What somebody is writing is kept at the server after each pause and on leaving; until it is there, in this tab.
// Of the two the last typed wins, told by age, as the clocks of computers differ.
const PAUSE_MILLISECONDS = 1200;
const [timers, shown] = [new WeakMap(), new WeakMap()];
const boxes = (root) => root.querySelectorAll("form[data-draft]");
const area = (form) => form.querySelector("textarea");
const name = (form) => `draft-${form.dataset.kind}-${form.dataset.draft}`;
const kept = (form) => JSON.parse(sessionStorage.getItem(name(form)));

async function send(form, keepalive = false) {
  clearTimeout(timers.get(form));
  const draft = kept(form);
  if (!draft) return;
  const body = new FormData();
  for (const field of ["csrfmiddlewaretoken", "key", "answers"]) body.set(field, form.elements[field]?.value ?? "");
  body.set("kind", form.dataset.kind);
  body.set("body", draft.text);
  body.set("age", Date.now() - draft.at);
  body.set("file_count", (form.elements.uploads?.files.length ?? 0) + form.querySelectorAll("[name=kept]:checked").length);
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive, redirect: "error" });
    if (answer.ok && kept(form)?.at === draft.at) sessionStorage.removeItem(name(form));
    if (answer.status === 200) show(form, await answer.text());
  } catch {} // No line: it stays in this tab, and goes at the next pause or when the line is back.
}

// Said aloud when it changes, so only then written anew.
function show(form, findings) {
  if (shown.get(form) !== findings) form.querySelector("[data-findings]").innerHTML = findings;
  shown.set(form, findings);
}

function restore(root) {
  for (const form of boxes(root)) {
    const draft = kept(form);
    if (!draft || area(form).value !== area(form).defaultValue) continue;
    if (Date.now() - draft.at < Number(form.dataset.age ?? Infinity)) area(form).value = draft.text;
    else sessionStorage.removeItem(name(form));
    send(form);
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (!form || target !== area(form)) return;
  sessionStorage.setItem(name(form), JSON.stringify({ text: target.value, at: Date.now() }));
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(send, PAUSE_MILLISECONDS, form));
});

document.addEventListener("htmx:beforeRequest", ({ target }) => clearTimeout(timers.get(target)));
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  const form = detail.elt.closest("form[data-draft]");
  if (form && detail.xhr.status < 400) sessionStorage.removeItem(name(form));
});
document.addEventListener("htmx:beforeSwap", () => boxes(document).forEach((form) => send(form)));
document.addEventListener("htmx:load", ({ target }) => restore(target.parentElement ?? target));
document.addEventListener("visibilitychange", () => document.hidden && boxes(document).forEach((form) => send(form, true)));
addEventListener("online", () => restore(document));
restore(document);
