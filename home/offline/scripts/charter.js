// Copying from the site, and keeping copies up to date with the change log: only what changed is asked for.

import { copyOf, itemOf, itemsOf, keyOf, kept, write } from "./store.js";

export const MOST_SEEN = 20;
const NO_RULES = { stop: [], asking: [], numbers: {}, hearing: [], copies: "", stems: {}, meanings: {} };
/** Copies are brought up to date at most so often, by whichever page is open. */
const EVERY = 3600000;
const DAY = 24 * EVERY;

/** One at a time, over all tabs: each reads what is kept and then writes. */
const inTurn = (act) => (navigator.locks ? navigator.locks.request("conecta-copia", act) : act());

async function ask(address) {
  const answer = await fetch(address, { credentials: "omit" });
  return { status: answer.status, body: answer.ok ? await answer.json() : null };
}

async function asked(address) {
  const { status, body } = await ask(address);
  if (!body) throw new Error(`HTTP ${status}`);
  return body;
}

/** Tell the next pages, which ask no database for it, that there is something to bring up to date. */
function note(locale, now) {
  try {
    localStorage.setItem("conecta-copia", JSON.stringify({ locale, checked: now }));
  } catch {
    // Without it, copies are brought up to date when their page is opened.
  }
}

/** The whole charter of a language; what was chosen stays chosen. */
export async function keepWhole(words, now = Date.now()) {
  const { locale } = words;
  // Where nothing can be kept, nobody is made to pay for what would be thrown away.
  await copyOf(locale);
  const { cursor, city, alerts, items, rules } = await asked(words.addresses.charter);
  await inTurn(async () => {
    const before = new Map((await itemsOf(locale)).map((item) => [item.id, item]));
    await write((stored, copies) => {
      for (const item of items) {
        const own = before.get(item.id) || {};
        before.delete(item.id);
        stored.put(kept(item, locale, { chosen: own.chosen, seen: own.seen, copied: now }));
      }
      for (const { key } of before.values()) stored.delete(key);
      copies.put({ locale, cursor, city, alerts, rules: { ...NO_RULES, ...rules }, whole: true, copied: now, checked: now });
    });
  });
  note(locale, now);
}

/** One entry, chosen by the reader or only seen, with what its page needs. `address` is where the site gives it. */
export async function keepOne(locale, address, own, now = Date.now()) {
  await copyOf(locale);
  const given = await asked(address);
  const checked = await inTurn(() => putOne(locale, given, own, now));
  note(locale, checked);
}

async function putOne(locale, { cursor, city, alerts, items, rules }, own, now) {
  const copy = (await copyOf(locale)) || { locale, cursor, copied: now, checked: now, rules: NO_RULES };
  const before = new Map((await itemsOf(locale)).map((item) => [item.id, item]));
  await write((stored, copies) => {
    items.forEach((item, place) => {
      const { chosen, seen } = before.get(item.id) || {};
      const mine = { chosen, seen, ...(place ? {} : own) };
      stored.put(kept(item, locale, { ...mine, copied: now }));
      before.set(item.id, { ...item, key: keyOf(locale, item.id), ...mine });
    });
    forget([...before.values()], stored, copy.whole);
    const { version, meanings, stems } = copy.rules;
    // The older cursor stays: what changed before the newer one may not have reached the other entries.
    copies.put({ ...copy, city, alerts, rules: { ...NO_RULES, ...rules, version, meanings, stems: { ...stems, ...rules.stems } } });
  });
  return copy.checked;
}

/** Note that an entry that is here was seen again: whether it is here, and not older than a day. */
export function seenAgain(locale, id, now = Date.now()) {
  return inTurn(async () => {
    const item = await itemOf(locale, id);
    if (!item || now - item.copied > DAY) return false;
    await write((stored) => stored.put({ ...item, seen: now }));
    return true;
  });
}

/** Drop what nobody chose: the oldest of what was seen, and places where nothing that is kept is given. */
function forget(items, stored, whole) {
  if (whole) return;
  const seen = items.filter((item) => item.seen && !item.chosen).sort((one, other) => other.seen - one.seen);
  const left = new Set([...items.filter((item) => item.chosen), ...seen.slice(0, MOST_SEEN)]);
  const needed = new Set([].concat(...[...left].map((item) => item.units || [])));
  for (const item of items) if (!left.has(item) && !needed.has(item.id)) stored.delete(item.key);
}

/** Whether it is time to look for differences. */
export function due(locale, now = Date.now()) {
  try {
    const noted = JSON.parse(localStorage.getItem("conecta-copia"));
    return Boolean(noted) && (noted.locale !== locale || now - noted.checked > EVERY);
  } catch {
    return false;
  }
}

/** Bring the copies of a language up to date: how many entries changed. Starts again where the log did. */
export async function renew(words, now = Date.now()) {
  const { locale } = words;
  const copy = await copyOf(locale);
  if (!copy) return 0;
  const own = await itemsOf(locale);
  const ids = copy.whole ? `&rules=${encodeURIComponent(copy.rules.version || "")}` : `&ids=${own.map((item) => item.id).join(",")}`;
  let changed = 0;
  for (let more = true; more;) {
    const { status, body } = await ask(`${words.addresses.changes}?after=${encodeURIComponent(copy.cursor)}${ids}`);
    if (status === 410) return again(words, copy, own, now);
    if (!body) throw new Error(`HTTP ${status}`);
    more = body.more;
    await inTurn(() => take(body, copy, now));
    changed += (body.items || []).length + (body.gone || []).length;
  }
  note(locale, now);
  return changed;
}

async function take(body, copy, now) {
  const { locale } = copy;
  const before = new Map((await itemsOf(locale)).map((item) => [item.id, item]));
  // What was kept or taken away meanwhile stays so.
  const latest = (await copyOf(locale)) || copy;
  Object.assign(latest, { cursor: body.cursor, checked: now, ...(body.city ? { city: body.city } : {}), ...(body.alerts ? { alerts: body.alerts } : {}) });
  if (body.rules) Object.assign(latest.rules, body.rules, { stems: { ...latest.rules.stems, ...body.rules.stems } });
  copy.cursor = body.cursor;
  await write((stored, copies) => {
    for (const item of body.items || []) {
      const { chosen, seen } = before.get(item.id) || {};
      stored.put(kept(item, locale, { chosen, seen, copied: now }));
    }
    for (const id of body.gone || []) stored.delete(keyOf(locale, id));
    copies.put(latest);
  });
}

async function again(words, copy, own, now) {
  if (copy.whole) await keepWhole(words, now);
  else {
    await write((_, copies) => copies.delete(copy.locale));
    for (const item of own.filter((each) => each.chosen || each.seen)) {
      const { chosen, seen } = item;
      await keepOne(copy.locale, `${words.addresses.entry}${item.kind}/${item.id}.json`, { chosen, seen }, now).catch(() => {});
    }
  }
  note(copy.locale, now);
  return own.length;
}

/** Take one entry away; in a whole charter it stays, and is only no longer chosen. */
export function removeOne(locale, id) {
  return inTurn(async () => {
    const copy = await copyOf(locale);
    const items = (await itemsOf(locale)).map((item) => (item.id === id ? { ...item, chosen: false, seen: 0 } : item));
    await write((stored) => {
      stored.put(items.find((item) => item.id === id));
      forget(items, stored, copy && copy.whole);
    });
  });
}

/** Take the charter away, but what was chosen or seen. */
export function removeWhole(locale) {
  return inTurn(async () => {
    const copy = await copyOf(locale);
    const items = await itemsOf(locale);
    await write((stored, copies) => {
      forget(items, stored, false);
      copies.put({ ...copy, whole: false, rules: { ...copy.rules, version: "", meanings: {} } });
    });
  });
}
