// The page that opens where there is no network: whatever address was asked for, drawn from what is kept.

import { noteRead } from "./reads.js";
import { addressOf, copyOf, itemsOf } from "./store.js";
import { entryPage, listPage, notice, otherPage, searchPage } from "./views.js";

const words = JSON.parse(document.getElementById("palavras-guardadas").textContent);
const place = document.getElementById("guardado");
const NOTHING = { city: { timezone: "America/Bahia", calendar: [] }, rules: { stop: [], asking: [], numbers: {}, hearing: [], copies: "", stems: {}, meanings: {} } };

let read = false;

function page(items, copy, now) {
  const path = location.pathname;
  const short = path.match(/\/s\/([a-z2-7]{10})\/?$/);
  const item = short ? items.get(short[1]) : [...items.values()].find((each) => each.url === path);
  if (item) {
    // Once for a page that is opened, however often it is drawn again.
    if (!read) noteRead(item);
    read = true;
    return entryPage(item, items, copy, now, words);
  }
  if (path === addressOf(words.addresses.search)) return searchPage(new URLSearchParams(location.search).get("q") || "", items, copy, now, words);
  const listing = Object.values(words.listings).find((each) => each.address === path);
  if (listing && items.size) return listPage(listing, items, copy, now, words);
  return otherPage(items, copy, now, words, path === words.addresses.home);
}

async function show() {
  const now = Date.now();
  let items = new Map(), copy = NOTHING;
  try {
    copy = (await copyOf(words.locale)) || NOTHING;
    items = new Map((await itemsOf(words.locale)).map((item) => [item.id, item]));
  } catch {
    // No database here: the page then says that nothing is kept.
  }
  const drawn = page(items, copy, now);
  place.replaceChildren(...(drawn.tagName === "ARTICLE" ? [drawn] : [notice(null, copy, now, words), drawn]));
  const heading = drawn.querySelector("h1");
  if (heading) document.title = heading.textContent;
}

show();
// Hours pass while a page is open: a service may be suspended meanwhile, a place may close.
// Not while somebody answers or ticks: that would be lost.
setInterval(() => { if (!document.hidden && !place.querySelector(":checked:not([value=''])")) show(); }, 300000);
