// Asks each minute what the clocks on the screen say by now; quietly, as nothing happened.
const MINUTE = 60_000;
const asker = document.querySelector("[data-clock-asker]");
const shown = () => [...document.querySelectorAll("[data-clock], [data-clock-in-full]")].map(({ dataset }) => dataset.clock ?? dataset.clockInFull);
let askedAt = Date.now();

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target === asker) event.detail.parameters.gesprek = [...new Set(shown())];
});

function ask() {
  if (document.visibilityState !== "visible" || Date.now() - askedAt < MINUTE || !shown().length) return;
  askedAt = Date.now();
  asker.dispatchEvent(new Event("minute"));
}

document.addEventListener("visibilitychange", ask);
if (asker) setInterval(ask, MINUTE / 6);
