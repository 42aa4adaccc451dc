// What is true at a moment: services/timing.py on the phone, over the dates of a record. Moments are milliseconds.
// Held equal to it by tests/data/offline_vectors.json.

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 86400000, HORIZON_DAYS = 400, ALWAYS_OPEN = 15 * DAY;

const moment = (text) => (text ? Date.parse(text) : null);
const within = (starts, ends, at) => starts <= at && (ends === null || at < ends);
const formats = new Map();

/** The day and the minute of the day at a place. */
export function local(at, zone) {
  if (!formats.has(zone)) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" };
    formats.set(zone, new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...parts }));
  }
  const part = {};
  for (const { type, value } of formats.get(zone).formatToParts(at)) part[type] = value;
  return { day: `${part.year}-${part.month}-${part.day}`, hour: part.hour % 24, minute: Number(part.minute), second: Number(part.second) };
}

/** The moment of a clock time on a day at a place. */
export function instant(day, clock, zone) {
  const wanted = Date.parse(`${day}T${clock}:00Z`);
  let at = wanted;
  for (let tries = 0; tries < 2; tries++) {
    const there = local(at, zone);
    at += wanted - Date.UTC(...there.day.split("-").map((part, place) => part - (place === 1)), there.hour, there.minute, there.second);
  }
  return at;
}

const plus = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
const weekday = (day) => WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];

/** The one unbroken time around a moment that spans make together. */
function spanAround(spans, at) {
  const joined = [];
  for (const [start, end] of spans.filter(([start, end]) => end === null || end > start).sort((one, other) => one[0] - other[0])) {
    const last = joined[joined.length - 1];
    if (last && (last[1] === null || start <= last[1])) last[1] = last[1] === null || end === null ? null : Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined.find(([start, end]) => within(start, end, at)) || null;
}

/** Whether a service is given: a suspension counts before a season. */
export function status(record, at) {
  const suspensions = (record.suspensions || []).map((each) => ({ starts: moment(each.starts), ends: moment(each.ends), message: each.message || "" }));
  const span = spanAround(suspensions.map((each) => [each.starts, each.ends]), at);
  if (span) {
    const running = suspensions.filter((each) => within(each.starts, each.ends, at)).sort((one, other) => other.starts - one.starts);
    return { name: "suspended", since: span[0], until: span[1], message: (running.find((each) => each.message) || { message: "" }).message };
  }
  const seasons = (record.seasons || []).map((each) => ({ opens: moment(each.opens), closes: moment(each.closes), message: each.message || "" }));
  if (!seasons.length) return { name: "normal", since: null, until: null, message: "" };
  const season = spanAround(seasons.map((each) => [each.opens, each.closes]), at);
  if (season) {
    const told = seasons.find((each) => within(each.opens, each.closes, at) && each.message);
    return { name: "normal", since: season[0], until: season[1], message: told ? told.message : "" };
  }
  const past = seasons.filter((each) => each.opens < each.closes && each.closes <= at).map((each) => each.closes);
  const [next] = seasons.filter((each) => each.opens > at && each.closes > each.opens).sort((one, other) => one.opens - other.opens);
  return { name: "out_of_season", since: past.length ? Math.max(...past) : null, until: next ? next.opens : null, message: next ? next.message : "" };
}

const exceptionOn = (unit, day) => (unit.hours_exceptions || []).filter((each) => each.starts <= day && day <= each.ends)
  .sort((one, other) => (Date.parse(one.ends) - Date.parse(one.starts)) - (Date.parse(other.ends) - Date.parse(other.starts)))[0];

function holidayOn(city, unit, day) {
  const found = city.calendar.filter((each) => each.date === day && (!each.districts.length || each.districts.includes(unit.district)));
  return found.find((each) => each.type === "holiday") || found[0];
}

function why(unit, city, day) {
  const exception = exceptionOn(unit, day);
  if (exception) return ["exception", exception.message || ""];
  const holiday = unit.open_on_holidays ? null : holidayOn(city, unit, day);
  return holiday ? [holiday.type, holiday.name] : ["hours", ""];
}

function clockTimes(unit, city, day) {
  const exception = exceptionOn(unit, day);
  if (exception && exception.closed !== false) return [];
  if (exception && exception.opens && exception.closes) return [[exception.opens, exception.closes]];
  if (!exception && !unit.open_on_holidays && holidayOn(city, unit, day)) return [];
  return (unit.hours || []).filter((each) => each.days.includes(weekday(day))).map((each) => [each.opens, each.closes]).sort();
}

function* openings(unit, city, first) {
  for (let offset = 0; offset < HORIZON_DAYS; offset++) {
    const day = plus(first, offset);
    for (const [opens, closes] of clockTimes(unit, city, day)) {
      yield [instant(day, opens, city.timezone), instant(closes <= opens ? plus(day, 1) : day, closes, city.timezone)];
    }
  }
}

function* merged(all) {
  let current = null;
  for (const [opens, closes] of all) {
    if (!current) current = [opens, closes];
    else if (opens <= current[1]) {
      current = [current[0], Math.max(current[1], closes)];
      if (current[1] - current[0] > ALWAYS_OPEN) {
        yield current;
        return;
      }
    } else {
      yield current;
      current = [opens, closes];
    }
  }
  if (current) yield current;
}

/** Whether a unit attends at a moment, by its hours, exceptions, visits and the city's calendar. */
export function openNow(unit, city, at) {
  const state = (open, rest) => ({ open, until: null, next: null, reason: "hours", note: "", ...rest });
  const visits = (unit.visits || []).map((each) => [moment(each.starts), moment(each.ends)]);
  const visiting = spanAround(visits, at);
  if (visiting) return state(true, { until: visiting[1], reason: "visit" });
  const coming = visits.filter(([starts, ends]) => starts > at && ends > starts).map(([starts]) => starts).sort((one, other) => one - other);
  const next = coming.length ? coming[0] : null;
  if (!(unit.hours || []).length && !(unit.hours_exceptions || []).some((each) => each.opens)) {
    return visits.length ? state(false, { next, reason: "visit" }) : state(false, { reason: "unknown" });
  }
  const today = local(at, city.timezone).day;
  let [reason, note] = why(unit, city, today);
  let current = null;
  for (const [opens, closes] of merged(openings(unit, city, plus(today, -1)))) {
    if (opens > at) return state(false, { next: next === null ? opens : Math.min(opens, next), reason, note });
    if (at < closes) {
      current = [opens, closes];
      break;
    }
  }
  if (!current) return state(false, { next, reason, note });
  if (reason === "holiday" || reason === "optional") [reason, note] = ["hours", ""];
  return state(true, { until: current[1] - current[0] > ALWAYS_OPEN ? null : current[1], reason, note });
}
