// What somebody typed or opened in a part that is drawn anew stays; and what they stood on, or else what was around it.
let steps = [];
let typed = [];
let open;
let pressed;
let waiting;

document.addEventListener("focusin", ({ target }) => {
  for (steps = []; target; target = target.parentElement) steps.push(target);
});

document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement !== document.body || !steps.length || steps[0].isConnected) return;
  const around = steps.map(({ id }) => id && document.getElementById(id));
  const place = around.find((each) => each && each.matches("[tabindex]:not(main)"));
  (place ?? document.querySelector("[data-arrive]"))?.focus({ preventScroll: true });
});

// A form that was sent, or stands in line to be, is not taken away before its answer is there.
document.addEventListener("submit", ({ target }) => (pressed = target));
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt !== pressed) return;
  if (waiting?.target.isConnected) htmx.process(draw(waiting));
  pressed = waiting = undefined;
});

// What replaces a part comes in a fragment; what goes into it is an element that says where, in `data-into`.
function draw({ target, fragment }) {
  const put = { beforeend: "append", afterbegin: "prepend", innerHTML: "replaceChildren" }[fragment.dataset?.into];
  if (put) {
    target[put](...fragment.childNodes);
    return target;
  }
  const fresh = fragment.firstElementChild;
  target.replaceWith(fresh);
  return fresh;
}

document.addEventListener("htmx:oobBeforeSwap", ({ target, detail }) => {
  if (pressed && target.contains(pressed)) {
    detail.shouldSwap = false;
    waiting = { target, fragment: detail.fragment };
  }
  const fields = [...target.querySelectorAll("textarea[id], input[id]:not([type=hidden])")];
  typed = fields.filter((field) => field.value !== field.defaultValue).map(({ id, value }) => [id, value]);
  open = target.querySelector("[popover]:popover-open")?.id;
});

document.addEventListener("htmx:oobAfterSwap", () => {
  for (const [id, value] of typed.splice(0)) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  if (open) document.getElementById(open)?.showPopover();
  open = undefined;
});
