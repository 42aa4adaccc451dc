// Loaded after a page where something is kept: tells how often it was read, and once an hour at most asks for what
// changed since.

import { due, renew } from "./charter.js";
import { tellReads } from "./reads.js";

tellReads();
const { locale } = document.querySelector('meta[name="conecta-offline"]').dataset;
if (due(locale)) {
  const folder = `/offline/${locale}/`;
  renew({ locale, addresses: { entry: folder, changes: `${folder}mudancas.json`, charter: `${folder}carta.json` } }).catch(() => {});
}
