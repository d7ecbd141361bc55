// Enter in a field does what the button beside it says (`data-own-button`), never what the first button says.
document.querySelector("[data-own-button]")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  event.target.closest("fieldset").querySelector("button").click();
});
