// While somebody types in a form, what follows from it is drawn again, and said where that changed.
const PAUSE_MILLISECONDS = 700;
const form = document.querySelector("[data-redraw]");
let waiting;
let asking;

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, PAUSE_MILLISECONDS);
});

async function draw() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.dataset.redraw, { method: "POST", body: new FormData(form), signal: asking.signal });
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch {
    // Without the line it stays as it was; the button still works.
  }
}

function show(html) {
  const target = form.dataset.redrawTarget;
  const drawn = new DOMParser().parseFromString(html, "text/html").querySelector(target);
  const open = form.querySelector(`${target} details[open]`);
  if (open) drawn.querySelector("details")?.setAttribute("open", "");
  form.querySelector(target).replaceWith(drawn);
  const said = form.querySelector("[data-redraw-said]");
  const told = drawn.querySelector("[data-redraw-told]")?.textContent.trim() ?? "";
  if (said.textContent !== told) said.textContent = told;
}
