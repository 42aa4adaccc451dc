// Search on the phone: a query is folded, its words are looked up or matched by their beginnings, entries are ranked.
// What a word's stem is and what people mean by it was made by the server (home/offline/tokens.py).

const FIELDS = { c: 4, k: 3, s: 1, x: 0.6 };
const FOUND = 20, CALLED = 6, NAME = 60, MEANT = 0.6, LIKE = 0.6, BEGUN = 0.5;
const TIE = 5 / 16, MOST_WORDS = 16, MOST_LIKE = 8, LONGEST = 40;

export function fold(text) {
  return text.replace(/[ªº°]/g, " ").toLowerCase().replace(/ß/g, "ss").normalize("NFKD")
    .replace(/[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g, "").toLowerCase();
}

export function words(text, rules) {
  let folded = fold(text).replace(/\b(?:\p{L}\.){2,}(?:\p{L}\b)?/gu, (found) => found.replace(/\./g, "") + " ");
  if (rules.copies) {
    folded = folded.replace(new RegExp(rules.copies, "g"), (found, number) => `${number || rules.numbers[found]} `);
  }
  return (folded.match(/[\p{L}\p{N}]+/gu) || []).filter((word) => word.length <= LONGEST);
}

/** The words of a query that say what is asked for; all of them where none does. */
export function asked(text, rules) {
  const all = words(text, rules);
  const content = orAll(all, (word) => !rules.stop.includes(word));
  return orAll(content, (word) => !rules.asking.includes(word)).slice(0, MOST_WORDS);
}

function orAll(list, test) {
  const kept = list.filter(test);
  return kept.length ? kept : list;
}

/** Entries as they are looked through: `entries` have `id`, `title` and `tokens`; `rules` are of their language. */
export function indexOf(entries, rules) {
  const documents = entries.map((entry) => {
    const fields = {};
    for (const name in FIELDS) fields[name] = new Set(stemmed((entry.tokens[name] || "").split(" "), rules));
    return { entry, fields, names: new Set((entry.tokens.n || "").split(" ")) };
  });
  const frequency = new Map(), forms = new Map();
  for (const { entry, fields } of documents) {
    for (const stem of new Set([].concat(...Object.values(fields).map((field) => [...field])))) {
      frequency.set(stem, (frequency.get(stem) || 0) + 1);
    }
    for (const name in FIELDS) for (const word of (entry.tokens[name] || "").split(" ")) if (word) forms.set(word, 0);
  }
  const all = [...forms.keys()].sort();
  const sounds = new Map();
  heard(all, rules).forEach((sound, at) => sounds.set(sound, [...(sounds.get(sound) || []), all[at]]));
  return { documents, frequency, words: all, sounds, rules };
}

const stemmed = (list, rules) => list.filter(Boolean).map((word) => stemOf(word, rules));
const stemOf = (word, rules) => (Object.hasOwn(rules.stems, word) ? rules.stems[word] : word);

function heard(list, rules) {
  let lines = list.join("\n");
  for (const [pattern, sound] of rules.hearing) lines = lines.replace(new RegExp(pattern, "gm"), sound);
  return lines.split("\n");
}

/** Known words that begin as this one does: of what is being typed, or of a longer word with another ending. */
export function beginning(word, sorted) {
  const found = [];
  for (let at = place(word, sorted); at < sorted.length && sorted[at].startsWith(word); at++) found.push(sorted[at]);
  return found;
}

function place(word, sorted) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether one letter more, less or other, or two swapped, makes one word of the other. */
export function alike(a, b) {
  if (a.length > b.length) [a, b] = [b, a];
  if (b.length - a.length > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
  if (a.slice(at + 1) === b.slice(at + 1)) return true;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Stems that a word may stand for, each with its worth. */
function standsFor(word, index) {
  const { rules, frequency } = index;
  const stem = stemOf(word, rules);
  const found = new Map();
  const add = (known, worth) => {
    const each = stemOf(known, rules);
    if (frequency.has(each)) found.set(each, Math.max(worth, found.get(each) || 0));
  };
  add(word, 1);
  add(stem, 1);
  if (found.size || rules.said.has(stem)) return found;
  if (/\d/.test(word) || word.length < 3) return found;
  for (const known of index.sounds.get(heard([word], rules)[0]) || []) add(known, LIKE);
  if (word.length >= 4) {
    const near = index.words.filter((known) => alike(word, known)).slice(0, MOST_LIKE);
    for (const known of near) add(known, known[0] === word[0] ? LIKE : LIKE / 2);
  }
  for (const known of beginning(word, index.words).slice(0, MOST_LIKE * 2)) add(known, BEGUN);
  // Another ending of a known word: "matricularam".
  for (let length = word.length - 1; !found.size && length >= Math.max(4, word.length - 4); length--) {
    for (const known of beginning(word.slice(0, length), index.words)) {
      if (known.length <= length + 3) add(known, BEGUN / 2);
    }
  }
  return found;
}

/** Parts of the query that mean other words: the longest first, none over another. */
function meanings(stems, rules) {
  const found = [];
  for (let start = 0; start < stems.length;) {
    let end = Math.min(stems.length, start + 8);
    while (end > start && !Object.hasOwn(rules.meanings, stems.slice(start, end).join(" "))) end--;
    if (end > start) found.push({ start, end, terms: rules.meanings[stems.slice(start, end).join(" ")].map((term) => term.split(" ")) });
    start = Math.max(end, start + 1);
  }
  return found;
}

/** Entries that a query finds, best first, each with its score; whatever was typed is a query. */
export function find(query, index) {
  const { rules, documents, frequency } = index;
  const typed = asked(query, rules);
  if (!typed.length) return [];
  const parts = typed.map((word) => [...standsFor(word, index)].map(([stem, worth]) => ({ stems: [stem], worth })));
  const stems = typed.map((word, at) => (parts[at].length && parts[at][0].worth < 1 ? parts[at][0].stems[0] : stemOf(word, rules)));
  for (const { start, end, terms } of meanings(stems, rules)) {
    for (const term of terms) for (let at = start; at < end; at++) parts[at].push({ stems: term, worth: MEANT });
  }
  const rarity = (stem) => {
    const times = frequency.get(stem) || 0;
    return Math.log(1 + (documents.length - times + 0.5) / (times + 0.5));
  };
  const names = new Set([typed.join("_"), stems.join("_")]);
  const scored = [];
  for (const document of documents) {
    let score = 0;
    for (const alternatives of parts) {
      let best = 0, others = 0, called = false;
      for (const { stems: term, worth } of alternatives) {
        const weight = worth * weightOf(term, document) * Math.max(...term.map(rarity));
        if (!weight) continue;
        others += weight;
        best = Math.max(best, weight);
        called = called || term.every((stem) => document.fields.c.has(stem) || document.fields.k.has(stem));
      }
      if (best) score += exact(best + TIE * (others - best)) + FOUND + (called ? CALLED : 0);
    }
    if (!score) continue;
    for (const name of names) if (document.names.has(name)) score += NAME;
    scored.push({ entry: document.entry, score });
  }
  return scored.sort((one, other) => other.score - one.score || one.entry.title.length - other.entry.title.length || (one.entry.id < other.entry.id ? -1 : 1));
}

const exact = (weight) => Math.round(weight * 64) / 64;

/** What a term is worth in an entry: where all its words are, by the poorest of their places. */
function weightOf(term, { fields }) {
  let weight = Infinity;
  for (const stem of term) {
    let here = 0;
    for (const name in FIELDS) if (fields[name].has(stem)) here += FIELDS[name];
    weight = Math.min(weight, here);
  }
  return weight;
}
