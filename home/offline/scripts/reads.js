// How often kept entries were read here: a number for each, told to the site once there is a network again, and
// forgotten. No moment, no name of this phone, no cookie goes with it.

const KEY = "conecta-lidos";
const MOST = 100;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

function keep(reads) {
  try {
    const some = Object.entries(reads).filter(([, times]) => times > 0).slice(0, MOST);
    if (some.length) localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(some)));
    else localStorage.removeItem(KEY);
  } catch {
    // Where nothing can be kept, nothing is counted.
  }
}

/** What is kept, with so many times each number of these. */
function added(reads, times) {
  const sum = kept();
  for (const [name, read] of Object.entries(reads)) sum[name] = (sum[name] || 0) + times * read;
  return sum;
}

/** An entry was read from its copy. */
export function noteRead(item) {
  keep(added({ [`${item.locale}/${item.kind}/${item.id}`]: 1 }, 1));
}

/** Tell the site; what does not get through, or is not answered before its page is left, is told the next time. */
export async function tellReads() {
  const reads = kept();
  if (!Object.keys(reads).length) return;
  try {
    const answer = await fetch("/offline/lidos", { method: "POST", credentials: "omit", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(reads) });
    if (answer.status < 500) keep(added(reads, -1));
  } catch {
    // There is no network after all.
  }
}
