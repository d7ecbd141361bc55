// In an open menu the arrows walk; what was chosen in it is said to who does not see it change.
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const said = document.querySelector("[data-said]");

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest(".menu:popover-open");
  const step = STEPS[event.key];
  if (!menu || !step || event.target.matches("[type=datetime-local]")) return;
  const all = [...menu.querySelectorAll("summary, input:not([type=hidden]), button, a")].filter((each) => each.checkVisibility());
  all.at((all.indexOf(event.target) + step) % all.length).focus();
  event.preventDefault();
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const item = detail.requestConfig.triggeringEvent?.submitter;
  if (!detail.successful || !item?.matches(".menu__item")) return;
  const around = item.closest("details")?.querySelector("summary") ?? item.form.querySelector(".menu__title");
  const question = around?.textContent.trim() ?? "";
  said.textContent = `${question} ${item.textContent.trim()}: bewaard.`;
});
