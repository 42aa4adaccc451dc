// Keeps the shell of the portal, whole and of one version (SHELL, written above by home/offline/views.py).
//
// A page comes from the network, or else from here; never half of one and half of the other: what a page is drawn
// with has its content in its address, or comes from where the page came from. A new version is fetched whole before
// the old one goes, and the old one goes whole.

const CACHE = `conecta-${SHELL.version}`;
const SLOW = 4000;
const HASHED = /^\/(?:static\/.*\.[0-9a-f]{12}\.\w+|offline\/[0-9a-f]{12}\/[\w.-]+|conecta-[0-9a-f]{16}\.(?:css|js))$/;
const NOT_OURS = /^\/(?:admin|api|documentos|media|healthz|_util|django-admin)(?:\/|$)/;
const FIRST = Object.keys(SHELL.pages)[0];
const HOMES = Object.values(SHELL.pages).map(([home]) => home);
const MARK = `name="conecta-offline" content="${SHELL.version}"`;
const ASSETS = new Set(SHELL.assets);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || NOT_OURS.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (HASHED.test(url.pathname)) event.respondWith(first(request));
  else if (ASSETS.has(url.pathname + url.search) || url.pathname.startsWith("/static/")) event.respondWith(fetch(request).catch(() => keptOr(request)));
});

async function install() {
  const cache = await caches.open(CACHE);
  // A page of another version (a server that is still the old one) would be drawn with what is not here.
  for (const page of SHELL.pages[FIRST].slice(1)) await keepPage(cache, page, true);
  await cache.addAll(SHELL.assets.map((address) => (HASHED.test(address) ? address : new Request(address, { cache: "reload" }))));
  await keepPage(cache, SHELL.pages[FIRST][0], false).catch(() => {});
  await self.skipWaiting();
}

async function activate() {
  const languages = await spoken();
  for (const name of await caches.keys()) if (name.startsWith("conecta-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
  for (const language of languages) await learn(language);
}

/** Languages in which this phone has pages, other than the first. */
async function spoken() {
  const found = [];
  for (const language of Object.keys(SHELL.pages).slice(1)) if (await caches.match(SHELL.pages[language][1])) found.push(language);
  return found;
}

/** Keep the pages of another language, once somebody reads in it. */
async function learn(language) {
  const cache = await caches.open(CACHE);
  if (await cache.match(SHELL.pages[language][1])) return;
  for (const page of SHELL.pages[language].slice(1)) await keepPage(cache, page, true).catch(() => {});
}

async function keepPage(cache, address, needed) {
  const answer = await fetch(address, { cache: "reload" });
  const kept = await marked(answer);
  if (!kept && needed) throw new Error(`another version: ${address}`);
  if (!kept) return;
  await cache.put(address, kept.clone());
  // Pictures of a first page, where they are files.
  const files = [...(await kept.text()).matchAll(/(?:src|href)="(\/static\/[^"#?]+)/g)].map(([, file]) => file);
  for (const file of new Set(files)) if (!(await cache.match(file))) await cache.add(file).catch(() => {});
}

/** The page with the time at which it came, if it is of this version; else nothing. */
async function marked(answer) {
  if (!answer.ok || answer.redirected) return null;
  const html = await answer.text();
  if (!html.includes(MARK)) return null;
  return new Response(html.replace("<body", `<body data-kept="${new Date().toISOString()}"`), { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

async function page(event, url) {
  const language = languageOf(url.pathname);
  const network = fetch(event.request);
  let answer;
  try {
    answer = await ((await hasCopy(url)) ? Promise.race([network, late()]) : network);
  } catch {
    return copyOf(url, language);
  }
  if (!answer || [502, 503, 504].includes(answer.status)) {
    network.catch(() => {});
    return copyOf(url, language);
  }
  if (HOMES.includes(url.pathname) && !url.search) {
    const again = answer.clone();
    event.waitUntil(caches.open(CACHE).then(async (cache) => {
      const kept = await marked(again);
      if (kept) await cache.put(url.pathname, kept);
    }));
  }
  if (language !== FIRST) event.waitUntil(learn(language).catch(() => {}));
  return answer;
}

const late = () => new Promise((resolve) => setTimeout(resolve, SLOW, null));
const languageOf = (path) => Object.keys(SHELL.pages).slice(1).find((language) => path.startsWith(SHELL.pages[language][0])) || FIRST;
const keptPage = async (path) => (await caches.open(CACHE)).match(path);

/** Whether a slow network may be left for what is here. */
async function hasCopy(url) {
  return Boolean(await keptPage(url.pathname)) || entryAt(url.pathname);
}

async function copyOf(url, language) {
  const [, away] = SHELL.pages[language];
  return (await keptPage(url.pathname)) || (await keptPage(away)) || (await keptPage(SHELL.pages[FIRST][1])) || Response.error();
}

/** Whether the database (scripts/store.js) has an entry at an address; without one, no. */
function entryAt(path) {
  return new Promise((resolve) => {
    const request = indexedDB.open("conecta");
    // Not ours to make: the page's program does, with its stores.
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve(false);
    request.onsuccess = () => {
      const found = request.result.transaction("items").objectStore("items").index("url").count(path);
      found.onsuccess = () => resolve(found.result > 0);
      found.onerror = () => resolve(false);
      request.result.close();
    };
  });
}

async function keptOr(request) {
  return (await (await caches.open(CACHE)).match(request, { ignoreVary: true })) || Response.error();
}

/** What has its content in its address: from here, or fetched and kept. */
async function first(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && request.url.match(/\.(?:css|js|svg|png)$/)) await cache.put(request, answer.clone());
  return answer;
}
