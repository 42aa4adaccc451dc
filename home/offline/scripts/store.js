// What is kept on this phone: entries by language and id, and for each language where its copy stands.
// Every failure is one of two: `absent` (no database here, as in private windows) or `full`.

export class Kept extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const failure = (error) => new Kept(error && error.name === "QuotaExceededError" ? "full" : "absent");

let opening = null;

function database() {
  opening = opening || new Promise((resolve, reject) => {
    if (!self.indexedDB) throw new Kept("absent");
    const request = indexedDB.open("conecta", 1);
    request.onupgradeneeded = () => {
      const items = request.result.createObjectStore("items", { keyPath: "key" });
      items.createIndex("url", "url");
      items.createIndex("locale", "locale");
      request.result.createObjectStore("copies", { keyPath: "locale" });
    };
    request.onsuccess = () => {
      // Another tab may bring a newer one: it must not wait for this.
      request.result.onversionchange = () => { request.result.close(); opening = null; };
      resolve(request.result);
    };
    request.onerror = () => reject(failure(request.error));
  }).catch((error) => {
    opening = null;
    throw error instanceof Kept ? error : failure(error);
  });
  return opening;
}

const answerOf = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(failure(request.error));
});

const keyOf = (locale, id) => `${locale}:${id}`;

/** Addresses as browsers write them, so that one can be found by where the reader is. */
export const addressOf = (url) => new URL(url, location.origin).pathname;

async function read(store, ask) {
  const open = await database();
  return answerOf(ask(open.transaction(store).objectStore(store)));
}

export const copyOf = (locale) => read("copies", (copies) => copies.get(locale)).then((found) => found || null);
export const itemOf = (locale, id) => read("items", (items) => items.get(keyOf(locale, id)));
export const itemAt = (path) => read("items", (items) => items.index("url").get(path));
export const itemsOf = (locale) => read("items", (items) => items.index("locale").getAll(locale));

/** Change all of it or nothing: `change` gets both stores, and whatever it asks is done when this is. */
export async function write(change) {
  const open = await database();
  return new Promise((resolve, reject) => {
    const transaction = open.transaction(["items", "copies"], "readwrite");
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(failure(transaction.error));
    try {
      change(transaction.objectStore("items"), transaction.objectStore("copies"));
    } catch (error) {
      reject(failure(error));
      transaction.abort();
    }
  });
}

/** An entry as it is kept. */
export function kept(item, locale, own) {
  return { ...item, ...own, key: keyOf(locale, item.id), locale, url: addressOf(item.url) };
}

export { keyOf };
