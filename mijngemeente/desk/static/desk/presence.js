// Tells that somebody looks or writes, and asks who else does when the server says that it changed.
const BEAT_MILLISECONDS = 5000;
const asker = document.querySelector("[data-presence-asker]");
let typedAt = -Infinity;
let here = "";

const token = () => document.querySelector("[data-presence]")?.dataset.presence ?? "";
const isWriting = () => performance.now() - typedAt < BEAT_MILLISECONDS;

function say(who, state) {
  if (!who) return;
  fetch(asker.dataset.presenceAsker, { method: "POST", body: `${who} ${state}`, keepalive: true })
    .then(({ status }) => { if (status === 404 && who === token()) return renew(); })
    .catch(() => {});
}

// A token lives for minutes; without a new one this screen is of somebody who may no longer read.
async function renew() {
  const screen = document.querySelector("[data-presence]");
  const answer = await fetch(screen.dataset.presenceRenewal);
  screen.dataset.presence = answer.ok && !answer.redirected ? await answer.text() : "";
}

function beat() {
  const now = document.visibilityState === "visible" ? token() : "";
  if (now !== here) say(here, "gone");
  here = now;
  say(here, isWriting() ? "write" : "look");
}

const shown = () => [...document.querySelectorAll("[data-present]")].map(({ dataset }) => dataset.present);

document.addEventListener("htmx:configRequest", (event) => {
  if (event.target !== asker) return;
  const { triggeringEvent, parameters } = event.detail;
  const changed = triggeringEvent?.type === "sse:presence" ? triggeringEvent.detail.data.split(" ") : null;
  const wanted = [...new Set(shown())].filter((id) => !changed || changed.includes(id));
  if (wanted.length) parameters.gesprek = wanted;
  else event.preventDefault();
});

document.addEventListener("input", ({ target }) => {
  if (!target.closest("[data-presence] [data-send]")) return;
  const wasWriting = isWriting();
  typedAt = performance.now();
  if (!wasWriting) beat();
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!target.matches("#conversation, #list, [data-row]")) return;
  if (target.matches("#conversation")) typedAt = -Infinity;
  if (token() !== here) beat();
  asker.dispatchEvent(new Event("look"));
});

document.addEventListener("visibilitychange", beat);
addEventListener("pagehide", () => say(here, "gone"));
setInterval(beat, BEAT_MILLISECONDS);
beat();
