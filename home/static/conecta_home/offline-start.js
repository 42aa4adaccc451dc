"use strict";
// After a page has loaded: the service worker is registered, and what is kept on this phone is looked after.
// Where a browser has no service workers, nothing happens.
(() => {
  const told = document.querySelector('meta[name="conecta-offline"]');
  if (!told || !("serviceWorker" in navigator)) return;

  // A page that came from the phone says so: the worker wrote when it was copied.
  const kept = document.body && document.body.dataset.kept;
  if (kept && told.dataset.said && !document.getElementById("palavras-guardadas")) {
    const note = document.createElement("p");
    note.className = "c-notice c-offline__note";
    note.setAttribute("role", "note");
    note.textContent = told.dataset.said.replace("#", new Date(kept).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" }));
    document.querySelector("main").prepend(note);
  }

  const places = document.querySelectorAll("[data-keep]");
  for (const place of places) {
    place.hidden = false;
    // Touched before its module came: that does it then (home/offline/scripts/keep.js).
    place.querySelector("button").addEventListener("click", () => { place.dataset.wanted = "now"; }, { once: true });
  }

  const load = (name) => {
    const script = document.createElement("script");
    script.type = "module";
    script.src = told.dataset.modules + name;
    document.head.append(script);
  };
  const start = () => {
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {});
    if (places.length) load("keep.js");
    let copy = null;
    try {
      copy = localStorage.getItem("conecta-copia");
    } catch {
      // Storage is forbidden here: nothing is kept.
    }
    if (copy) load("renew.js");
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
})();
