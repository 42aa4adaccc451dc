/* Keys of the inbox: j and k move in the list, r answers, ? tells. All of it can be reached by Tab too. */
(() => {
  "use strict";

  // On a phone the list comes first; what is filtered stays in sight.
  const filters = document.querySelector("[data-inbox-filters]:not([data-inbox-filtered])");
  if (filters && window.matchMedia("(max-width: 50em)").matches) filters.open = false;

  const OFF = "conecta-inbox-keys-off";
  const dialog = document.querySelector("[data-inbox-dialog]");
  const button = document.querySelector("[data-inbox-help]");
  const choice = document.querySelector("[data-inbox-keys]");
  if (!dialog || !button || !choice) return;

  // Keys of one letter must be possible to turn off (WCAG 2.1.4): who dictates would press them by speaking.
  const isOff = () => {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  };
  choice.checked = !isOff();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, choice.checked ? "0" : "1");
    } catch {
      // Where nothing may be kept, it holds until the page is left.
    }
  });
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());

  const move = (step) => {
    const items = [...document.querySelectorAll("[data-inbox-item]")];
    if (!items.length) return;
    const now = items.indexOf(document.activeElement);
    const next = now < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(now + step, 0), items.length - 1);
    items[next].focus();
    items[next].scrollIntoView({ block: "center" });
  };

  const answer = () => {
    const focused = document.activeElement;
    if (focused && focused.matches("[data-inbox-item]")) {
      window.location.assign(`${focused.href}#responder`);
      return;
    }
    const form = document.querySelector('[data-inbox-detail] .conecta-do[id^="answer"]');
    if (form) {
      form.open = true;
      form.querySelector("textarea").focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !choice.checked) return;
    const acts = { j: () => move(1), k: () => move(-1), r: answer, "?": () => dialog.showModal() };
    if (Object.hasOwn(acts, event.key)) {
      event.preventDefault();
      acts[event.key]();
    }
  });

  if (window.location.hash === "#responder") answer();
})();
