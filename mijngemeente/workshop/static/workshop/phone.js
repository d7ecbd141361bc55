// A phone in a session: follows the question on the screen, and never takes away what is being typed.
const page = document.querySelector("[data-seat]");
const [news, offline] = ["[data-news]", "[data-offline]"].map((each) => page.querySelector(each));
let isTyping = Boolean(page.querySelector('[role="alert"]:not([data-offline])'));

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

function put(old, fresh) {
  const arrived = old.dataset.step !== fresh.dataset.step;
  old.replaceWith(fresh);
  if (arrived) fresh.querySelector("[data-arrive]")?.focus({ preventScroll: true });
}

function draw(fresh) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    const isAnother = old.dataset.step !== part.dataset.step;
    if (part.dataset.step && isTyping) news.hidden = !isAnother;
    else if (part.dataset.step && !isAnother && old.contains(document.activeElement)) continue;
    else if (old.innerHTML !== part.innerHTML || isAnother) put(old, document.importNode(part, true));
  }
}

async function refresh() {
  const response = await fetch(page.dataset.seat).catch(() => null);
  offline.hidden = Boolean(response);
  if (response?.ok) draw(parse(await response.text()));
  else if (response?.status === 404) location.reload();
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  button.disabled = true;
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  button.disabled = false;
  offline.hidden = Boolean(response);
  if (!response) return;
  if (response.status >= 400 && response.status !== 422) {
    location.reload();
    return;
  }
  const fresh = parse(await response.text());
  isTyping = false;
  for (const part of fresh.querySelectorAll("[data-part]")) {
    document.getElementById(part.id).replaceWith(document.importNode(part, true));
  }
  isTyping = response.status === 422;
  news.hidden = true;
  page.querySelector(isTyping ? "[data-focus]" : "[data-sent]")?.focus();
}

page.addEventListener("input", () => (isTyping = true));
page.addEventListener("submit", (event) => event.target.matches("[data-answer]") && send(event));
const events = new EventSource(page.dataset.live);
for (const name of ["open", "workshop", "missed"]) events.addEventListener(name, refresh);
// A short gap leaves the stream standing: what was asked in it comes by no event.
addEventListener("online", refresh);
