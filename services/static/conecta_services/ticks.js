// What a person ticked of a list, kept on this device alone, and said in words. Without this script the boxes of a
// checklist still tick until the page is left, and a procedure is a plain list.
"use strict";
(() => {
  // A browser may forbid to keep anything: then the ticks last as long as the page.
  const kept = {
    read(name) {
      try {
        const found = JSON.parse(localStorage.getItem(name));
        return new Set(Array.isArray(found) ? found : []);
      } catch {
        return null;
      }
    },
    write(name, ticks) {
      try {
        if (ticks.size) localStorage.setItem(name, JSON.stringify([...ticks]));
        else localStorage.removeItem(name);
      } catch {
        // As above.
      }
    },
  };

  function keep(list) {
    const name = `conecta-ticks:${list.dataset.ticks}`;
    const boxes = [...list.querySelectorAll("[data-tick]")];
    const progress = list.querySelector("[data-ticks-progress]");
    let ticks = new Set();

    function tell() {
      const done = boxes.filter((box) => box.checked).length;
      const words = progress.dataset[done === boxes.length ? "all" : "some"];
      progress.textContent = words.replace("##", boxes.length).replace("#", done);
    }
    function show() {
      ticks = kept.read(name) || ticks;
      for (const box of boxes) box.checked = ticks.has(box.dataset.tick);
      tell();
    }

    list.addEventListener("change", (event) => {
      const { tick } = event.target.dataset;
      if (!tick) return;
      // Ticks of items that only other answers show are kept.
      ticks = kept.read(name) || ticks;
      ticks[event.target.checked ? "add" : "delete"](tick);
      kept.write(name, ticks);
      show();
    });
    list.querySelector("[data-ticks-reset]").addEventListener("click", () => {
      ticks = new Set();
      kept.write(name, ticks);
      show();
    });
    addEventListener("storage", (event) => {
      if (event.key === name || event.key === null) show();
    });
    show();
  }

  for (const list of document.querySelectorAll("[data-ticks]")) keep(list);
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  document.documentElement.classList.add("has-ticks");
})();
