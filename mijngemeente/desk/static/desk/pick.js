// Picking conversations in the list: says how many, picks a whole page, and keeps what was picked when a row is drawn anew.
const picked = new Set();
const boxes = () => [...document.querySelectorAll("[data-pick]")];

function show() {
  const count = document.querySelector("[data-pick-count]");
  if (count) count.textContent = picked.size ? ` met ${picked.size}` : "";
  const all = document.querySelector("[data-pick-all]");
  if (!all) return;
  all.checked = picked.size > 0 && boxes().every((box) => box.checked);
  all.indeterminate = picked.size > 0 && !all.checked;
}

function read() {
  picked.clear();
  for (const box of boxes()) if (box.checked) picked.add(box.value);
  show();
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-pick-all]")) for (const box of boxes()) box.checked = target.checked;
  if (target.matches("[data-pick], [data-pick-all]")) read();
});

document.addEventListener("htmx:afterSettle", () => {
  for (const box of boxes()) if (picked.has(box.value)) box.checked = true;
  read();
});

read();
