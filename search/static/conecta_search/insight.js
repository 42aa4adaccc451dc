// Says whether a result was opened, once for each page of results: nothing of who, nothing of which.
"use strict";
(() => {
  const observed = document.querySelector("[data-insight]");
  if (!observed) return;
  const { insight: address, query } = observed.dataset;
  let told = false;
  let clicked = false;
  // To another page of the same search, which then says what became of it.
  let goesOn = false;

  const asksTheSame = (text) => (text || "").trim().split(/\s+/).join(" ") === query;

  function tell(opened) {
    const what = new URLSearchParams({ q: query });
    if (!told) what.set("first", "1");
    if (opened) what.set("clicked", "1");
    told = navigator.sendBeacon(address, what) || told;
  }

  function follow(event) {
    const link = event.target.closest("a[href]");
    // The right button only opens a menu.
    if (!link || event.button > 1) return;
    if (link.closest(".c-result")) {
      if (!clicked) tell(true);
      clicked = true;
      // What is asked after a result was opened is another question.
      for (const field of document.querySelectorAll("input[name=anterior]")) field.disabled = true;
    } else {
      const there = new URL(link.href);
      goesOn = there.pathname === location.pathname && asksTheSame(there.searchParams.get("q"));
    }
  }

  function leave() {
    if (!told && !goesOn) tell(false);
  }

  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow);
  document.addEventListener("submit", (event) => {
    goesOn = asksTheSame(new FormData(event.target).get("q"));
  });
  // A phone may end a page that is out of sight without another word.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => {
    goesOn = false;
  });
})();
