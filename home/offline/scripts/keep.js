// On an entry's page: keep what was seen, and a button to keep it for good. Loaded after the page, by offline-start.js.

import { keepOne, removeOne, seenAgain } from "./charter.js";
import { Kept, copyOf, itemOf } from "./store.js";

async function start(place) {
  const [, locale] = place.dataset.address.match(/\/offline\/([^/]+)\//);
  const id = place.dataset.keep.split("/")[1];
  const button = place.querySelector("button");
  const said = place.querySelector("[role=status]");
  const show = (item) => {
    const chosen = Boolean(item && item.chosen);
    button.setAttribute("aria-pressed", String(chosen));
    said.textContent = chosen ? place.dataset.said : "";
  };
  const failed = (error) => {
    said.textContent = place.dataset[error instanceof Kept ? error.reason : "unreachable"];
  };
  const turn = async () => {
    said.textContent = "";
    try {
      if (button.getAttribute("aria-pressed") === "true") await removeOne(locale, id);
      else await keepOne(locale, place.dataset.address, { chosen: true });
      show(await itemOf(locale, id));
    } catch (error) {
      failed(error);
    }
  };
  const wanted = place.dataset.wanted;
  button.addEventListener("click", turn);
  if (wanted) await turn();
  else show(await itemOf(locale, id));
  const copy = await copyOf(locale);
  const saving = navigator.connection && navigator.connection.saveData;
  // Of a whole charter all is there already; who saves data is not made to pay for what was not asked for.
  if (saving || (copy && copy.whole) || (await seenAgain(locale, id))) return;
  await keepOne(locale, place.dataset.address, { seen: Date.now() });
}

for (const place of document.querySelectorAll("[data-keep]")) start(place).catch(() => {});
