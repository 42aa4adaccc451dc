// How often kept entries were read here: a number for each, told to the site once there is a network again, and
// forgotten. No moment, no name of this phone, no cookie goes with it.

const KEY = "conecta-lidos";
const MOST = 100;

function taken() {
  try {
    const told = JSON.parse(localStorage.getItem(KEY)) || {};
    localStorage.removeItem(KEY);
    return told;
  } catch {
    return {};
  }
}

function keep(reads) {
  try {
    const some = Object.entries(reads).slice(0, MOST);
    if (some.length) localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(some)));
  } catch {
    // Where nothing can be kept, nothing is counted.
  }
}

function add(reads, more) {
  for (const [name, times] of Object.entries(more)) reads[name] = (reads[name] || 0) + times;
  return reads;
}

/** An entry was read from its copy. */
export function noteRead(item) {
  keep(add(taken(), { [`${item.locale}/${item.kind}/${item.id}`]: 1 }));
}

/** Tell the site; what does not get through is told the next time. */
export async function tellReads() {
  const reads = taken();
  if (!Object.keys(reads).length) return;
  try {
    const answer = await fetch("/offline/lidos", { method: "POST", credentials: "omit", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(reads) });
    if (answer.status >= 500) throw new Error(`HTTP ${answer.status}`);
  } catch {
    keep(add(taken(), reads));
  }
}
