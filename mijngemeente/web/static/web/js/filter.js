// Makes a long list short while somebody types: `data-filter` around an input and its items.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-filter-input]")) return;
  const wanted = plain(target.value.trim());
  for (const item of target.closest("[data-filter]").querySelectorAll("[data-filter-item]")) {
    item.hidden = !plain(item.textContent).includes(wanted);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-filter-input]")) {
    event.preventDefault();
    const first = event.target.closest("[data-filter]").querySelector("[data-filter-item]:not([hidden])");
    (first?.querySelector("a") ?? first)?.click();
  }
});
