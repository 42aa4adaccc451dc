// wagtail-localize asks the catalogue for all its words but one, which screen readers say for the arrow beside "Publish".
(() => {
  const editor = document.querySelector(".js-translation-editor");
  if (!editor) {
    return;
  }
  const translate = () => {
    for (const label of editor.querySelectorAll(".w-sr-only")) {
      if (label.textContent === "More actions") {
        label.textContent = window.gettext("More actions");
      }
    }
  };
  // The editor is drawn after the page, and anew after each text that is saved.
  new MutationObserver(translate).observe(editor, { childList: true, subtree: true });
})();
