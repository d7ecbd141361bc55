// Light or dark is the reader's choice; a cookie keeps it, so the server draws it right at once.
for (const choice of document.querySelectorAll("[data-scheme-choice]")) {
  const buttons = choice.querySelectorAll("button");
  const show = (scheme) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === scheme));
  };
  show(document.documentElement.dataset.scheme ?? "");
  choice.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.value) document.documentElement.dataset.scheme = button.value;
    else delete document.documentElement.dataset.scheme;
    document.cookie = `scheme=${button.value}; path=/; max-age=31536000; samesite=lax`;
    show(button.value);
  });
}
