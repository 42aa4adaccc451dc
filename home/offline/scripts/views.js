// Pages drawn on the phone from what is kept: an entry, a search, a list, the first page.

import { alertsNow, drawAlerts } from "./alerts.js";
import { drawChecklist } from "./checklist.js";
import { element, safe } from "./draw.js";
import { find, indexOf } from "./find.js";
import { openNow, status } from "./timing.js";
import { age, openSentence, say, statusBrief, statusSentence } from "./wording.js";

const SHOWN = 20;

/** What a copy's page says of itself. */
export function ageOf(item, copy, now, words) {
  const copied = age(item.copied, now, words);
  return copy && copy.checked - item.copied > 60000
    ? say(words.own.copied_checked, { age: copied, checked: age(copy.checked, now, words) })
    : say(words.own.copied, { age: copied });
}

/** That this comes from the phone, and how old it is: one entry, or all of the copy. */
export function notice(item, copy, now, words) {
  const copied = item ? item.copied : copy.copied || copy.checked;
  const told = copied && { age: age(copied, now, words), checked: age(copy.checked, now, words) };
  const sentence = copied && say(copy.checked - copied > 60000 ? words.own.copy_checked : words.own.copy, told);
  return element("p", { class: "c-notice c-offline__note", role: "note" },
    element("strong", {}, navigator.onLine ? words.own.slow : words.own.offline), ". ", sentence, " ",
    element("a", { href: location.href }, words.own.again));
}

/** An entry's page; `items` are all that is kept, by id. */
export function entryPage(item, items, copy, now, words) {
  const zone = copy.city.timezone;
  const state = item.kind === "service" ? status(item, now) : null;
  const parts = [
    notice(item, copy, now, words),
    ...drawAlerts(alertsNow(copy, item, now), words),
    element("header", { class: "c-entry__head" },
      element("p", { class: "c-kind" }, item.heading),
      element("h1", {}, item.title),
      item.summary && element("p", { class: "c-lead" }, item.summary),
      state && state.name !== "normal" && warning(state, zone, words)),
  ];
  if (item.answer || (state && state.name === "normal" && state.until !== null)) {
    parts.push(element("section", { class: "c-answer" },
      item.answer && element("p", { class: "c-answer__line" }, item.answer.map((phrase) => element("span", {}, phrase))),
      state.name === "normal" && state.until !== null && element("p", {}, statusSentence(state, zone, words))));
  }
  if (item.kind === "unit") parts.push(openLine(item, copy, now, words), visits(item, now, words));
  if (item.table) parts.push(drawChecklist(item.table, words));
  parts.push(whileGiven(safe(item.html), state));
  const places = (item.units || []).map((id) => items.get(id)).filter(Boolean);
  if (places.length) {
    parts.push(element("section", { class: "c-section" }, element("h2", {}, words.own.where),
      element("ul", { class: "c-places" }, places.map((unit) => element("li", { class: "c-place" },
        element("h3", {}, element("a", { href: unit.url }, unit.title)), openLine(unit, copy, now, words), safe(unit.html))))));
  }
  parts.push(safe(item.end));
  const referring = [...items.values()].filter((other) => (other.refs || []).includes(item.id));
  if (referring.length) parts.push(element("section", { class: "c-section" }, element("h2", {}, words.own.here), lines(byTitle(referring), copy, now, words)));
  return element("article", { class: `c-entry c-entry--${item.kind}` }, parts);
}

function warning(state, zone, words) {
  return element("section", { class: "c-notice c-notice--warning" },
    element("p", {}, element("strong", {}, statusSentence(state, zone, words))), state.message && element("p", {}, state.message));
}

/** A service that is not given now is not asked for now: no button leads there. */
function whileGiven(words, state) {
  if (state && state.name !== "normal") for (const link of words.querySelectorAll("a.c-button")) link.parentNode.remove();
  return words;
}

function openLine(unit, copy, now, words) {
  const state = openNow(unit, copy.city, now);
  const sentence = openSentence(state, now, copy.city.timezone, words);
  return sentence && element("p", { class: state.open ? "c-open c-open--yes" : "c-open" }, sentence, state.note && element("span", { class: "c-small" }, ` (${state.note})`));
}

function visits(unit, now, words) {
  const coming = (unit.visits || []).filter((visit) => Date.parse(visit.ends) > now).sort((one, other) => Date.parse(one.starts) - Date.parse(other.starts));
  return coming.length ? element("section", { class: "c-section" }, element("h2", {}, words.own.visits),
    element("ol", { class: "c-visits" }, coming.slice(0, SHOWN).map((visit) => element("li", {}, element("h3", {}, visit.when), element("p", {}, visit.place), visit.note && element("p", {}, visit.note))))) : "";
}

export const byTitle = (items) => [...items].sort((one, other) => one.title.localeCompare(other.title));

/** Lines of a list, a service that is not given now marked. */
export function lines(items, copy, now, words) {
  return element("ul", { class: "c-result-list" }, items.map((item) => {
    const state = item.kind === "service" ? status(item, now) : null;
    const brief = state && state.name !== "normal" ? statusBrief(state, copy.city.timezone, words) : "";
    return element("li", { class: "c-result" }, element("a", { href: item.url }, item.title), brief && " ", brief && element("strong", { class: "c-badge" }, brief),
      item.summary && element("p", {}, item.summary));
  }));
}

/** What of the kept entries answers a query. */
export function searchPage(query, items, copy, now, words) {
  const found = findIn(query, items, copy);
  const total = found.length === 1 ? words.own.results_one : found.length ? say(words.own.results_many, { n: found.length }) : words.own.results_none;
  const box = document.querySelector('input[name="q"]');
  if (box) box.value = query;
  return element("div", {}, element("h1", {}, words.own.results_title), element("p", { class: "c-total", role: "status" }, total), lines(found.slice(0, SHOWN), copy, now, words));
}

/** Entries that answer a query, best first. */
export function findIn(query, items, copy) {
  const entries = [...items.values()].filter((item) => item.tokens);
  const said = new Set([].concat(...Object.keys(copy.rules.meanings).map((key) => key.split(" "))));
  return find(query, indexOf(entries, { ...copy.rules, said })).map(({ entry }) => entry);
}

export function listPage(listing, items, copy, now, words) {
  const found = [...items.values()].filter((item) => listing.kinds.includes(item.kind));
  return element("div", {}, element("h1", {}, listing.title), element("p", { class: "c-total" }, found.length ? "" : words.own.nothing_kept), lines(byTitle(found), copy, now, words));
}

/** Where nothing that is kept has this address: what there is. */
export function otherPage(items, copy, now, words, atHome) {
  const services = [...items.values()].filter((item) => item.kind === "service" || item.kind === "procedure");
  return element("div", {}, element("h1", {}, words.own.kept_title),
    ...(atHome ? drawAlerts(alertsNow(copy, null, now), words) : []),
    element("p", { class: "c-lead" }, services.length ? (atHome ? "" : words.own.not_kept) : words.own.nothing_kept),
    !services.length && element("p", {}, words.own.how_to_keep),
    element("p", {}, element("a", { class: "c-button c-button--quiet", href: words.addresses.keep }, words.own.keep_title)),
    services.length > 0 && lines(byTitle(services), copy, now, words));
}
