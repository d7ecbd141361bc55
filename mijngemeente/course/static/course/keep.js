// What somebody without an account types on this sheet stays in this browser, and comes back on an empty one.
const form = document.querySelector("[data-keep]");
const fields = [...form.querySelectorAll("input[name]:not([type=hidden]), textarea[name]")];

const kept = read();
if (fields.every((field) => !field.value)) for (const field of fields) field.value = kept[field.name] ?? "";

form.addEventListener("input", keep);
keep();

function keep() {
  localStorage.setItem(form.dataset.keep, JSON.stringify(Object.fromEntries(fields.map((each) => [each.name, each.value]))));
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(form.dataset.keep)) ?? {};
  } catch {
    return {};
  }
}
