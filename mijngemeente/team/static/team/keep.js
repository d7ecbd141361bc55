// A plot of somebody without an account stays in this browser: kept on each step, offered at the beginning.
const PLACE = "teamplot";

const plot = document.querySelector("[data-plot]");
if (plot) localStorage.setItem(PLACE, JSON.stringify({ title: plot.dataset.plot, document: plot.value }));

const offer = document.querySelector("[data-kept-plot]");
const kept = offer && read();
if (kept) {
  offer.querySelector("[data-kept-title]").textContent = kept.title;
  offer.elements.document.value = kept.document;
  offer.hidden = false;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE));
  } catch {
    return null;
  }
}
