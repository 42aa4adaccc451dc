// What holds for a person, looked up in a service's decision table (services/decision_table.py), as the server does it.

// answers: {questionId: [key, ...]}; a question that is not among them was not answered.
// Gives {rows, left, skipped, fits}: the rows that hold, the questions still to ask, the steps (from 1) with nothing
// left to do, and whether the service has a way for this person.
export function resolve(table, answers) {
  const many = new Map(table.questions.map((question) => [question.id, Boolean(question.many)]));
  const given = (row) => (row[3] ? answers[row[3]] : null);
  const open = (row) => Boolean(row[3]) && !answers[row[3]];
  const holds = (row) => !row[3] || (open(row) ? many.get(row[3]) : given(row).some((key) => row[4].includes(key)));
  const rows = table.rows.filter(holds);
  const busy = new Set([...rows, ...table.rows.filter(open)].map((row) => row[1]));
  const channels = (row) => row[0] === "channels";
  const ways = table.rows.filter(channels);
  return {
    rows,
    left: table.questions.filter((question) => !answers[question.id]).map((question) => question.id),
    skipped: (table.maybe || []).filter((step) => !busy.has(step)),
    fits: ways.length === 0 || rows.some(channels) || ways.some(open),
  };
}

// The items of a row, from the service's record.
export function itemsOf(record, [part, step, place]) {
  const group = record.steps[step - 1][part];
  return place === 0 ? group.default : group.cases[place - 1].items;
}

// Answers as an address holds them, those that the table does not know left out.
export function answersIn(table, search) {
  const parameters = new URLSearchParams(search);
  const answers = {};
  for (const { id, options, many } of table.questions) {
    const asked = parameters.getAll(id);
    let keys = options.map(([key]) => key).filter((key) => asked.includes(key));
    if (many && keys.length > 1) keys = keys.filter((key) => key !== "nenhum");
    if (keys.length) answers[id] = many ? keys : keys.slice(0, 1);
  }
  return answers;
}
