// On a phone the steps lie side by side and do not all fit: they open where one is.
const strip = document.querySelector("[data-steps]");
const here = strip.querySelector("[aria-current]").getBoundingClientRect();
const seen = strip.getBoundingClientRect();
strip.scrollLeft += here.left - seen.left - (seen.width - here.width) / 2;
