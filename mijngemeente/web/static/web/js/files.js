// Shows which files go along and how big they are; says so when together they are more than `data-limit` bytes.
const sizes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const size = (bytes) => (bytes < 1e6 ? `${sizes.format(Math.ceil(bytes / 1e3))} kB` : `${sizes.format(bytes / 1e6)} MB`);

function line(name, text, tooBig) {
  const item = document.createElement("li");
  item.className = tooBig ? "picked__file picked__file--too-big" : "picked__file";
  const bytes = document.createElement("span");
  bytes.className = "picked__size";
  bytes.textContent = text;
  item.append(name, bytes);
  return item;
}

function list(input) {
  const field = input.closest("[data-picked-after]") ?? input;
  if (field.nextElementSibling?.matches("[data-picked]")) return field.nextElementSibling;
  const made = document.createElement("ul");
  made.className = "picked";
  made.dataset.picked = "";
  made.setAttribute("role", "status");
  field.after(made);
  return made;
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[type=file]")) return;
  const files = [...target.files];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const limit = Number(target.dataset.limit ?? Infinity);
  const lines = files.map((file) => line(file.name, size(file.size), file.size > limit));
  list(target).replaceChildren(...lines);
  target.setCustomValidity(total > limit ? `${size(total)} > ${size(limit)}` : "");
});
