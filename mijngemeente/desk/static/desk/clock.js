// Asks each minute what the clocks on the screen say by now; quietly, as nothing happened.
const MINUTE = 60_000;
const asker = document.querySelector("[data-clock-asker]");
const short = () => [...document.querySelectorAll("[data-clock]")].map(({ dataset }) => dataset.clock);
const inFull = () => [...document.querySelectorAll("[data-clock-in-full]")].map(({ dataset }) => dataset.clockInFull);
let askedAt = Date.now();

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target === asker) Object.assign(event.detail.parameters, { gesprek: short(), voluit: inFull() });
});

function ask() {
  if (document.visibilityState !== "visible" || Date.now() - askedAt < MINUTE) return;
  askedAt = Date.now();
  asker.dispatchEvent(new Event("minute"));
}

document.addEventListener("visibilitychange", ask);
if (asker) setInterval(ask, MINUTE / 6);
