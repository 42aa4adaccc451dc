// The page about what is kept on this phone: the whole charter, what was chosen or seen, how old each copy is.

import { keepWhole, removeOne, removeWhole, renew } from "./charter.js";
import { element } from "./draw.js";
import { Kept, copyOf, itemsOf } from "./store.js";
import { status } from "./timing.js";
import { ageOf, byTitle } from "./views.js";
import { age, say, size, statusBrief } from "./wording.js";

const words = JSON.parse(document.getElementById("palavras-guardadas").textContent);
const { own, locale } = words;
const at = (id) => document.getElementById(id);
const [keep, remove, said] = ["carta-guardar", "carta-apagar", "dito"].map(at);

function tell(sentence) {
  said.textContent = sentence;
}

function failed(error) {
  tell(error instanceof Kept ? own[error.reason] : own.unreachable);
}

async function doing(button, act, done) {
  button.setAttribute("aria-disabled", "true");
  tell(own.keeping);
  try {
    await act();
    tell(done);
  } catch (error) {
    failed(error);
  }
  button.removeAttribute("aria-disabled");
  await show().catch(failed);
}

async function show() {
  const now = Date.now();
  const copy = await copyOf(locale);
  const items = await itemsOf(locale);
  const whole = Boolean(copy && copy.whole);
  at("carta-situacao").textContent = whole
    ? say(own.whole_kept, { n: items.length, age: age(copy.copied, now, words), checked: age(copy.checked, now, words) })
    : own.whole_none;
  keep.textContent = whole ? own.whole_renew : own.whole_keep;
  remove.textContent = own.whole_remove;
  remove.hidden = !whole;
  at("guardados").replaceChildren(...groups(items, copy, now));
  if (navigator.storage && navigator.storage.estimate) {
    const { usage } = await navigator.storage.estimate();
    at("espaco").textContent = say(own.use, { size: size(usage || 0, document.documentElement.lang) });
  }
}

function groups(items, copy, now) {
  const chosen = items.filter((item) => item.chosen);
  const seen = items.filter((item) => item.seen && !item.chosen).sort((one, other) => other.seen - one.seen);
  const made = [];
  if (chosen.length) made.push(element("h3", {}, own.chosen), list(byTitle(chosen), copy, now));
  if (seen.length) made.push(element("h3", {}, own.seen), list(seen, copy, now));
  return made.length || (copy && copy.whole) ? made : [element("p", {}, own.nothing_kept)];
}

function list(items, copy, now) {
  return element("ul", { class: "c-plain" }, items.map((item) => {
    const button = element("button", { type: "button", class: "c-button c-button--quiet", "aria-label": say(own.remove_this, { title: item.title }) }, own.remove);
    button.addEventListener("click", () => doing(button, () => removeOne(locale, item.id), own.removed).then(() => at("o-que-ha").focus()));
    const state = item.kind === "service" ? status(item, now) : null;
    const brief = state && state.name !== "normal" ? statusBrief(state, copy.city.timezone, words) : "";
    return element("li", { class: "c-offline__kept" },
      element("div", {}, element("a", { href: item.url }, item.title), brief && " ", brief && element("strong", { class: "c-badge" }, brief), element("div", { class: "c-small" }, ageOf(item, copy, now, words))),
      button);
  }));
}

async function start() {
  if (!("serviceWorker" in navigator)) return;
  at("sem-suporte").hidden = true;
  at("guardar").hidden = false;
  at("o-que-ha").tabIndex = -1;
  keep.textContent = own.whole_keep;
  keep.addEventListener("click", async () => {
    if (keep.getAttribute("aria-disabled")) return;
    const copy = await copyOf(locale).catch(() => null);
    if (copy && copy.whole) await doing(keep, () => renew(words), own.up_to_date);
    else {
      // Asked for once somebody wants it: else a phone that is short of space drops it without a word.
      if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
      await doing(keep, () => keepWhole(words), own.done);
    }
  });
  remove.addEventListener("click", () => doing(remove, () => removeWhole(locale), own.removed).then(() => keep.focus()));
  await show();
}

start().catch(failed);
