// wagtail-localize's editor asks the catalogue for its words, all but two: what screen readers say for the arrow beside
// "Publish", and from which language to which one translates.
(() => {
  const translate = (editor) => {
    for (const label of editor.querySelectorAll(".w-sr-only")) {
      if (label.textContent === "More actions") {
        label.textContent = window.gettext("More actions");
      }
    }
    for (const heading of editor.querySelectorAll("section h3")) {
      const languages = /^(.+) to (.+) translation$/.exec(heading.textContent);
      if (languages) {
        heading.textContent = window.interpolate(window.gettext("%s to %s translation"), languages.slice(1));
      }
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor");
    if (editor) {
      translate(editor);
      // It is drawn after the page, and in part anew after each text that is saved.
      new MutationObserver(() => translate(editor)).observe(editor, { childList: true, subtree: true });
    }
  });
})();
