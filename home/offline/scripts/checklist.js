// A service's checklist without a network: answers are looked up in its decision table (services/decision_table.py),
// beside whose rows `items` has the words of what each holds.

import { resolve } from "./decision.js";
import { element } from "./draw.js";

const TITLES = { documents: "bring", fees: "pay", channels: "ask" };

/** The items of a part that are for these answers (question → chosen keys), each with the words of an open case. */
export function itemsFor(table, part, answers) {
  const found = [];
  for (const row of resolve(table, answers).rows) {
    if (row[0] !== part) continue;
    const told = row[2] && !answers[row[3]] ? row[5] || "" : "";
    for (const item of table.items[table.rows.indexOf(row)]) found.push({ item, told });
  }
  return found;
}

/** The checklist as a form: questions, what to bring (to tick), what to pay. */
export function drawChecklist(table, words) {
  // Ways to ask are told in the steps; here only where they hang on an answer.
  const needed = Object.keys(TITLES).filter((part) => table.rows.some((row) => row[0] === part && (part !== "channels" || row[3])));
  if (!needed.length) return "";
  const answers = {}, ticked = new Set();
  const lists = element("div", { "aria-live": "polite" });
  const draw = () => {
    lists.replaceChildren(...needed.map((part) => drawPart(part, itemsFor(table, part, answers), ticked, words)));
  };
  draw();
  return element("section", { class: "c-section c-offline__list", "aria-labelledby": "lista" },
    element("h2", { id: "lista" }, words.own.checklist),
    table.questions.map((question) => (question.many ? several : one)(question, words, (chosen) => {
      if (chosen.length) answers[question.id] = chosen;
      else delete answers[question.id];
      draw();
    })),
    lists);
}

function drawPart(part, items, ticked, words) {
  if (!items.length) return element("p", { hidden: "" });
  const line = ({ item, told }) => element("li", {}, part === "documents" ? tick(item, ticked) : item, told && element("div", { class: "c-small" }, told));
  return element("div", {}, element("h3", {}, words.own[TITLES[part]]), element("ul", { class: part === "documents" ? "c-plain" : "c-offline__lines" }, items.map(line)));
}

function tick(item, ticked) {
  const box = element("input", { type: "checkbox" });
  box.checked = ticked.has(item);
  box.addEventListener("change", () => (box.checked ? ticked.add(item) : ticked.delete(item)));
  return element("label", { class: "c-offline__tick" }, box, element("span", {}, item));
}

function one(question, words, answer) {
  const select = element("select", {},
    element("option", { value: "" }, words.own.any_answer),
    question.options.map(([key, text]) => element("option", { value: key }, text)));
  select.addEventListener("change", () => answer(select.value ? [select.value] : []));
  return element("p", { class: "c-offline__ask" }, element("label", {}, element("strong", {}, question.title), question.help && element("span", { class: "c-small" }, question.help), select));
}

function several(question, words, answer) {
  const boxes = question.options.map(([key]) => element("input", { type: "checkbox", value: key }));
  for (const box of boxes) {
    box.addEventListener("change", () => {
      // "None of these" goes with no other.
      if (box.checked) for (const other of boxes) if (other !== box && (box.value === "nenhum" || other.value === "nenhum")) other.checked = false;
      answer(boxes.filter((each) => each.checked).map((each) => each.value));
    });
  }
  return element("fieldset", { class: "c-offline__ask" }, element("legend", {}, element("strong", {}, question.title)),
    boxes.map((box, place) => element("label", { class: "c-offline__tick" }, box, element("span", {}, question.options[place][1]))));
}
