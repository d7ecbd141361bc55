// What somebody without an account fills in stays in this browser, and comes back on an empty form.
const form = document.querySelector("[data-keep]");
const fields = [...form.querySelectorAll("input[name]:not([type=hidden]), textarea[name]")];
const isRadio = (field) => field.type === "radio";

const kept = read();
if (fields.every((field) => (isRadio(field) ? !field.checked || !field.value : !field.value))) {
  for (const field of fields) {
    if (!isRadio(field)) field.value = kept[field.name] ?? "";
    else if (field.name in kept) field.checked = field.value === kept[field.name];
  }
  // By then whoever draws it again listens.
  const tell = () => form.dispatchEvent(new Event("input"));
  if (Object.values(kept).some(Boolean)) document.addEventListener("DOMContentLoaded", tell);
}

form.addEventListener("input", keep);
keep();

function keep() {
  const typed = fields.filter((field) => !isRadio(field) || field.checked).map((field) => [field.name, field.value]);
  localStorage.setItem(form.dataset.keep, JSON.stringify(Object.fromEntries(typed)));
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(form.dataset.keep)) ?? {};
  } catch {
    return {};
  }
}
