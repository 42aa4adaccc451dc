// Sentences about moments: services/wording.py on the phone, with the sentences that the server translated.

import { local } from "./timing.js";

const DAY = 86400000;

/** A sentence with its gaps filled: `%(until)s`, `%(minute)02d`. */
export function say(sentence, values = {}) {
  return sentence.replace(/%\((\w+)\)(s|d|02d)/g, (_, name, form) => (form === "02d" ? String(values[name]).padStart(2, "0") : String(values[name])));
}

const dayOf = (day) => day.split("-").reverse().join("/");

function clock(time, words) {
  if (!time.hour && !time.minute) return words.timing.midnight;
  return say(time.minute ? words.timing.hour_minute : words.timing.hour, time);
}

function atClock(time, words) {
  return say(time.hour < 2 ? words.timing.at_one : words.timing.at, { time: clock(time, words) });
}

function moment(at, zone, words) {
  const time = local(at, zone);
  return time.hour || time.minute || time.second ? `${dayOf(time.day)}, ${atClock(time, words)}` : dayOf(time.day);
}

/** The last day of a time that ends at a moment: midnight ends the day before. */
function lastDay(at, zone, words) {
  const time = local(at, zone);
  if (time.hour || time.minute || time.second) return moment(at, zone, words);
  return dayOf(new Date(Date.parse(`${time.day}T00:00:00Z`) - DAY).toISOString().slice(0, 10));
}

/** A sentence on a service's status; empty for a normal one without dates. */
export function statusSentence(status, zone, words) {
  const { timing } = words;
  if (status.until === null) return status.name === "normal" ? "" : timing[status.name];
  const until = status.name === "out_of_season" ? moment(status.until, zone, words) : lastDay(status.until, zone, words);
  return say(timing[`${status.name}_until`], { until, opens: until });
}

/** The same beside a title, in a list. */
export function statusBrief(status, zone, words) {
  const { timing } = words;
  if (status.until === null) return status.name === "normal" ? "" : timing[`${status.name}_brief`];
  const day = status.name === "out_of_season" ? dayOf(local(status.until, zone).day) : lastDay(status.until, zone, words).split(",")[0];
  return say(timing[`${status.name}_brief_until`], { until: day, opens: day });
}

function dayInWords(day, today, words) {
  if (day === today) return words.timing.today;
  if (Date.parse(day) - Date.parse(today) === DAY) return words.timing.tomorrow;
  const weekday = words.weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
  return `${weekday}, ${day.slice(0, 4) === today.slice(0, 4) ? dayOf(day).slice(0, 5) : dayOf(day)}`;
}

/** Whether a place is open, until when or from when; empty if no hours are known. */
export function openSentence(state, at, zone, words) {
  const { timing } = words;
  const today = local(at, zone).day;
  const end = state.open ? state.until : state.next;
  const time = end === null ? null : local(end, zone);
  const day = time && dayInWords(time.day, today, words);
  if (state.reason === "visit") {
    if (state.open && time) return say(timing.visiting, { time: clock(time, words) });
    return time ? say(timing.next_visit, { day, time: atClock(time, words) }) : "";
  }
  if (state.open) {
    if (!time) return timing.always_open;
    if (time.day === today) return say(timing.open_today, { time: clock(time, words) });
    return say(timing.open_other_day, { day, time: clock(time, words) });
  }
  if (!time) return state.reason === "unknown" ? "" : timing.closed;
  return say(timing.closed_until, { day, time: atClock(time, words) });
}

/** How long ago something was: "há 3 dias". */
export function age(then, now, words) {
  const minutes = Math.max(0, Math.floor((now - then) / 60000));
  const units = [["months", 30 * 1440], ["days", 1440], ["hours", 60], ["minutes", 1]];
  const [unit, length] = units.find(([, each]) => minutes >= each) || ["now", 0];
  const number = length ? Math.floor(minutes / length) : 0;
  return say(words.ages[unit][number > 1 ? 1 : 0], { n: number });
}

/** "12 KB", "1,4 MB". */
export function size(bytes, locale) {
  const [number, unit] = bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1000)), "KB"] : [Math.round(bytes / 1e5) / 10, "MB"];
  return `${number.toLocaleString(locale)} ${unit}`;
}
