// Colleagues to name in a note: after an @ a list opens below the box; arrows choose, Enter or Tab fills in.
const BEGUN = /(?:^|[^\w.])@([^@\n]{0,40})$/u;
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const begun = (box) => box.value.slice(0, box.selectionStart).match(BEGUN)?.[1];
const answers = new Map();
let list;

async function colleagues({ dataset: { namesUrl } }) {
  if (!answers.has(namesUrl)) answers.set(namesUrl, fetch(namesUrl).then((answer) => (answer.ok ? answer.text() : "")));
  const holder = document.createElement("div");
  holder.innerHTML = await answers.get(namesUrl);
  return holder.firstElementChild;
}

const offered = () => (list?.isConnected ? [...list.querySelectorAll("[data-name]:not([hidden])")] : []);
const chosen = () => list.querySelector("[aria-selected=true]");
function choose(box, item) {
  chosen()?.setAttribute("aria-selected", "false");
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", item.id);
}
function close(box) {
  list = list?.remove();
  box.removeAttribute("aria-activedescendant");
}
function fill(box, item) {
  box.setRangeText(`${item.dataset.name} `, box.selectionStart - begun(box).length, box.selectionStart, "end");
  close(box);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

export async function suggest(box) {
  const fresh = list?.isConnected ? list : await colleagues(box);
  const wanted = begun(box);
  if (!fresh || wanted === undefined) return close(box);
  // Somebody types on while the names are fetched: the first answer makes the list.
  if (!list?.isConnected) box.after((list = fresh));
  for (const item of list.children) item.hidden = !plain(item.dataset.name).startsWith(plain(wanted));
  list.hidden = !offered().length;
  if (!list.hidden) choose(box, offered()[0]);
}

document.addEventListener("keydown", (event) => {
  const box = event.target, items = offered(), step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!items.length || !box.matches("[data-names-url]") || event.ctrlKey) return;
  if (step) choose(box, items[(items.indexOf(chosen()) + step + items.length) % items.length]);
  else if (event.key === "Escape") close(box);
  else if (event.key === "Enter" || event.key === "Tab") fill(box, chosen());
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest("[data-name]");
  if (!list?.contains(item) || !item) return;
  fill(list.previousElementSibling, item);
  event.preventDefault();
});
