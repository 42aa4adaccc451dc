// What a front end asks of Wagtail's API, in the words of wagtail-js, unmodified.
// node client.mjs PACKAGE BASE_URL: writes what came back as JSON.
import { pathToFileURL } from "node:url";

const [, , folder, baseURL] = process.argv;
const { CMSClient } = await import(pathToFileURL(`${folder}/dist/index.mjs`).href);
const client = new CMSClient({ baseURL, apiPath: "/api/v2", cache: "no-store" });
const service = "conecta_services.ServicePage";

const listed = await client.fetchPages({ type: service, order: "title", fields: ["title", "record"] });
const first = listed.items[0];
const images = await client.fetchImages();
const documents = await client.fetchDocuments();
const answers = {
  listed,
  second: await client.fetchPages({ type: service, order: "title", limit: 1 }),
  searched: await client.fetchPages({ search: "podar árvores", type: service }),
  bySlug: await client.fetchPage(first.meta.slug, { fields: ["*"] }),
  byNumber: await client.fetchPage(first.id),
  children: await client.fetchPages({ child_of: (await client.fetchPage(first.id)).meta.parent.id, locale: "pt-br" }),
  images,
  documents,
  image: await client.fetchImage(images.items[0].id),
  document: await client.fetchDocument(documents.items[0].id),
  file: client.getMediaSrc(documents.items[0].meta),
};
process.stdout.write(JSON.stringify(answers));
