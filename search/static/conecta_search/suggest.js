"use strict";
// An editable combobox with a list of suggestions, after the WAI-ARIA Authoring Practices.
// Without this script the form is a form: nothing of it is in the page before.

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.elements.q;
  const words = form.dataset;
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let active = -1;
  let asking;
  let timer;

  list.id = `${input.id}-list`;
  list.className = "c-suggestions";
  list.hidden = true;
  told.className = "c-hidden";
  const roles = [
    [list, { role: "listbox", "aria-label": words.list }],
    [told, { role: "status" }],
    // A search field may have no other role.
    [input, { type: "text", inputmode: "search", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id }],
  ];
  for (const [element, attributes] of roles) {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
  }
  input.after(list, told);

  const piece = (tag, name, text) => {
    const element = document.createElement(tag);
    element.className = `c-suggestions__${name}`;
    element.textContent = text;
    return element;
  };

  const activate = (index) => {
    const options = list.children;
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    activate(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };

  const show = (results) => {
    activate(-1);
    list.replaceChildren(...results.map((result, index) => {
      const option = piece("li", "option", "");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = result.url;
      if (result.name) option.append(piece("span", "name", result.name), " ");
      option.append(piece("span", "title", result.title), " ", piece("span", "kind", result.label));
      return option;
    }));
    list.hidden = !results.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = results.length > 1 ? words.many.replace("#", results.length) : results.length ? words.one : words.none;
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(words.suggest + encodeURIComponent(input.value), { signal: asking.signal });
      if (answer.ok) show((await answer.json()).results);
    } catch {
      // Typed on, or offline: the form still searches.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim()) timer = setTimeout(ask, 120);
    else close();
  });

  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (list.hidden) {
      if (event.key === "ArrowDown" && input.value.trim()) {
        event.preventDefault();
        ask();
      }
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      activate(active < last ? active + 1 : 0);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      activate(active > 0 ? active - 1 : last);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.url);
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      activate(-1);
    }
  });

  // The field keeps the focus while a suggestion is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.url);
  });
  input.addEventListener("blur", close);
}
