{% load i18n %}// {{ organisation.full_name }}: a question to the municipality, from any of its sites. No cookies, no storage.
{% translate "Stel een vraag" as ask %}{% translate "Sluiten" as close %}(() => {
  const address = "{{ address|escapejs }}";
  const script = document.currentScript;
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  const style = (element, rules) => Object.assign(element.style, rules);

  style(host, { position: "fixed", insetBlockEnd: "1rem", insetInlineEnd: "1rem", zIndex: "2147483000", display: "grid", gap: "0.5rem", justifyItems: "end" });
  style(button, { font: "600 1rem/1.2 system-ui, sans-serif", minHeight: "3rem", padding: "0 1.25rem", border: "2px solid #fff", borderRadius: "1.5rem", background: "#154273", color: "#fff", cursor: "pointer", boxShadow: "0 2px 12px rgb(0 0 0 / 30%)" });
  style(frame, { inlineSize: "min(24rem, calc(100vw - 2rem))", blockSize: "min(36rem, calc(100vh - 6rem))", border: "1px solid #888", borderRadius: "0.5rem", background: "#fff", boxShadow: "0 4px 24px rgb(0 0 0 / 30%)" });
  button.type = "button";
  button.textContent = "{{ ask|escapejs }}";
  button.setAttribute("aria-expanded", "false");
  frame.hidden = true;
  frame.title = "{{ ask|escapejs }} – {{ organisation.full_name|escapejs }}";
  frame.referrerPolicy = "no-referrer";
  style(frame, { display: "none" });

  const open = () => {
    // Nothing is asked of the municipality's server until somebody wants to ask it something.
    if (!frame.src) frame.src = address;
    style(frame, { display: "block" });
    button.textContent = "{{ close|escapejs }}";
    button.setAttribute("aria-expanded", "true");
    frame.focus();
  };
  const shut = () => {
    style(frame, { display: "none" });
    button.textContent = "{{ ask|escapejs }}";
    button.setAttribute("aria-expanded", "false");
    button.focus();
  };
  button.addEventListener("click", () => (frame.style.display === "none" ? open() : shut()));
  host.addEventListener("keydown", ({ key }) => key === "Escape" && frame.style.display !== "none" && shut());
  root.append(button, frame);
  (document.body ?? script.parentNode).append(host);
})();
