// A star on a service's page opens its form there, and what is sent is thanked for there. Without this file, and
// whenever something fails, the star is a link and the form a form.
"use strict";
(() => {
  const section = document.querySelector("[data-rating]");

  const part = (html, name) => new DOMParser().parseFromString(html, "text/html").querySelector(`[${name}]`);

  const put = (found) => {
    const place = section.querySelector("[data-rating-place]") ?? document.createElement("div");
    place.dataset.ratingPlace = "";
    place.replaceChildren(document.adoptNode(found));
    section.append(place);
    return place;
  };

  const open = async (link) => {
    const answer = await fetch(link.href);
    const form = answer.ok && part(await answer.text(), "data-rating-form");
    if (!form) throw new Error(`${answer.status}`);
    form.action = new URL("?enviar", link.href).href;
    section.querySelector("[data-rating-stars]").hidden = true;
    section.querySelector("[data-rating-note]").hidden = true;
    put(form).querySelector("[name=stars]:checked").focus({ preventScroll: true });
  };

  const send = async (form) => {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const html = await answer.text();
    const thanks = answer.ok && part(html, "data-rating-thanks");
    const again = answer.status === 400 && part(html, "data-rating-form");
    if (thanks) {
      const title = document.createElement("h3");
      title.textContent = thanks.querySelector("h1").textContent;
      thanks.querySelector("h1").replaceWith(title);
      thanks.tabIndex = -1;
      put(thanks).firstElementChild.focus();
    } else if (again) {
      again.action = form.action;
      put(again).querySelector("[aria-invalid], [name=stars]")?.focus();
    } else {
      throw new Error(`${answer.status}`);
    }
  };

  section?.addEventListener("click", (event) => {
    const link = event.target.closest("[data-rating-stars] a");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    if (!link || !plain) return;
    event.preventDefault();
    if (section.ariaBusy === "true") return;
    section.ariaBusy = "true";
    open(link)
      .catch(() => location.assign(link.href))
      .finally(() => {
        section.ariaBusy = "false";
      });
  });

  section?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (section.ariaBusy === "true") return;
    section.ariaBusy = "true";
    // Sent again by the browser itself it has the same token, and counts once.
    send(event.target)
      .catch(() => event.target.submit())
      .finally(() => {
        section.ariaBusy = "false";
      });
  });
})();
