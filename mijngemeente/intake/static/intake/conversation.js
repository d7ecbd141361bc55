// The resident's page, live: what is new is added, what is the same stays untouched, and a message goes without a reload.
const POLL_MILLISECONDS = 2000;
const page = document.getElementById("conversation");
// What the server last drew, as a reader may have opened or filled in something since.
const drawn = new Map([...page.querySelectorAll("[data-part]")].map((part) => [part.id, part.outerHTML]));
const parse = (text) => new DOMParser().parseFromString(text, "text/html");

function place(part, fresh) {
  const before = fresh.nextElementSibling && document.getElementById(fresh.nextElementSibling.id);
  if (before) before.before(part);
  else document.getElementById(fresh.parentElement.id).append(part);
}

function update(fresh) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (!old) place(part.cloneNode(true), part);
    else if (drawn.get(part.id) !== part.outerHTML) old.replaceWith(part.cloneNode(true));
    drawn.set(part.id, part.outerHTML);
  }
  page.toggleAttribute("data-pending", fresh.querySelector("#conversation").hasAttribute("data-pending"));
  wait();
}

async function refresh() {
  const response = await fetch(page.dataset.fragment).catch(() => null);
  if (response?.ok) update(parse(await response.text()));
  else wait();
}

let timer;
function wait() {
  clearTimeout(timer);
  if (page.hasAttribute("data-pending")) timer = setTimeout(refresh, POLL_MILLISECONDS);
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button:not([type=button])");
  button.disabled = true;
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!response || (response.status >= 400 && response.status !== 422 && response.status !== 429)) {
    form.submit();
    return;
  }
  const fresh = parse(await response.text());
  update(fresh);
  form.replaceWith(document.importNode(fresh.querySelector("[data-add]"), true));
  const added = document.querySelector("[data-add]");
  (added.querySelector("[data-focus]") ?? added.querySelector("textarea")).focus();
}

document.addEventListener("submit", (event) => event.target.matches("[data-add]") && send(event));
const events = new EventSource(page.dataset.live);
events.addEventListener("conversation", refresh);
events.addEventListener("missed", refresh);
wait();
