// The list marks the conversation that is open, also when a row was drawn anew in the meantime.
function markOpen() {
  for (const link of document.querySelectorAll("[data-row] a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("htmx:pushedIntoHistory", () => {
  document.querySelector("[data-shortcuts]")?.classList.add("desk--open");
  markOpen();
});
document.addEventListener("htmx:afterSettle", markOpen);
