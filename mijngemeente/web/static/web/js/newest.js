// Brings the newest message into view where the page itself scrolls, as on a phone, and after sending.
const showNewest = () => document.querySelector("[data-newest] > :last-child")?.scrollIntoView({ block: "nearest" });

showNewest();
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.matches("#conversation, [data-newest]")) showNewest();
});
