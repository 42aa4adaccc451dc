"use strict";
// The look that a reader chose, kept on his device alone. It stands on the page's root before anything is drawn:
// this file is read in the page's head. Without it the page follows the system.
(() => {
  const KEY = "conecta-aparencia";
  const root = document.documentElement;
  const CHOICES = {
    texto: ["grande", "maior", "enorme"],
    tema: ["claro", "escuro"],
    contraste: ["alto", "comum"],
  };

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
      // No storage, or not ours: the system's look.
      return {};
    }
  };

  const keep = (look) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(look));
    } catch {
      // For this page alone, then.
    }
  };

  const put = (look) => {
    for (const name in CHOICES) {
      if (CHOICES[name].includes(look[name])) root.dataset[name] = look[name];
      else delete root.dataset[name];
    }
  };

  put(read());
  root.dataset.script = "";

  const show = (form) => {
    for (const name in CHOICES) {
      if (form.elements[name]) form.elements[name].value = root.dataset[name] ?? "";
    }
  };

  addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("[data-look]");
    if (!form) return;
    const box = form.closest("details");
    show(form);
    form.addEventListener("change", () => {
      const look = Object.fromEntries(new FormData(form));
      put(look);
      keep(look);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    // In another tab, or on a page that the browser had put by.
    const again = () => {
      put(read());
      show(form);
    };
    addEventListener("storage", again);
    addEventListener("pageshow", (event) => event.persisted && again());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.open) return;
      box.open = false;
      box.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!box.contains(event.target)) box.open = false;
    });
  });
})();
