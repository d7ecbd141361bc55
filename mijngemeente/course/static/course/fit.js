// While somebody types, the sheet is laid out again and says whether it still fits on one A4.
const PAUSE_MILLISECONDS = 700;
const form = document.querySelector("[data-fit]");
const said = form.querySelector("[data-fit-said]");
let waiting;
let asking;

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(lay, PAUSE_MILLISECONDS);
});

async function lay() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.dataset.fit, { method: "POST", body: new FormData(form), signal: asking.signal });
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch {
    // Without the line the sheet stays as it was; the button still works.
  }
}

function show(html) {
  const drawn = new DOMParser().parseFromString(html, "text/html").querySelector("#paper");
  document.querySelector("#paper").replaceWith(drawn);
  const told = drawn.querySelector("[data-fit-told]")?.textContent.trim() ?? "";
  if (said.textContent !== told) said.textContent = told;
}
