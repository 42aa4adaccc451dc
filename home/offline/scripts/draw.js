// Elements made of strings, never strings made into a page: texts are texts, and of a record's markup only what is
// named here is built again, element by element.

const ALLOWED = new Set(["SECTION", "H2", "H3", "H4", "P", "UL", "OL", "LI", "STRONG", "EM", "B", "A", "BR", "WBR", "DIV", "SPAN", "DETAILS", "SUMMARY", "DL", "DT", "DD"]);
const HREF = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#)\S+$/i;
const CLASS = /^c-[\w-]+$/;
const NAME = /^[a-z][\w-]*$/;

/** An element with attributes and children; a child that is a string is text, one that is empty is none. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false && value !== null) made.setAttribute(name, value);
  made.append(...children.flat().filter((child) => child && child !== true));
  return made;
}

/** The safe elements of a record's words; all others leave their text. */
export function safe(html) {
  const fragment = document.createDocumentFragment();
  if (html) copy(new DOMParser().parseFromString(html, "text/html").body, fragment);
  return fragment;
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !["script", "style", "template", "noscript"].includes(node.localName)) {
      if (ALLOWED.has(node.tagName)) to.append(again(node));
      else copy(node, to);
    }
  }
}

function again(node) {
  const made = document.createElement(node.tagName);
  const classes = [...node.classList].filter((name) => CLASS.test(name));
  if (classes.length) made.className = classes.join(" ");
  for (const name of ["id", "aria-labelledby"]) if (NAME.test(node.getAttribute(name) || "")) made.setAttribute(name, node.getAttribute(name));
  const href = node.tagName === "A" ? node.getAttribute("href") : null;
  if (href && HREF.test(href)) {
    made.href = href;
    made.rel = "noopener";
  }
  copy(node, made);
  return made;
}
