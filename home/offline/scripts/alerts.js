// The city's alerts on the phone: services/timing.py and services/neighbours.py say which are told, and where.

import { element, safe } from "./draw.js";
import { local } from "./timing.js";

const URGENCY = ["emergency", "warning", "info", "promotion"];

/** Whether an alert is told at a moment: it is in force, and promotes nothing in an election period. */
function isShown(alert, zone, now) {
  if (Date.parse(alert.starts) > now || (alert.ends && Date.parse(alert.ends) <= now)) return false;
  const today = alert.silent && local(now, zone).day;
  return !today || today < alert.silent.starts || today > alert.silent.ends;
}

/** Whether an entry's page tells it: it names the entry or its area, or is an emergency for all. */
function concerns(alert, item) {
  const { services = [], districts = [] } = alert;
  if (!services.length && !districts.length) return alert.level === "emergency";
  if (services.includes(item.id) || districts.includes(item.id)) return true;
  const areas = item.areas || [item.district];
  return !services.length && areas.some((area) => districts.includes(area));
}

/** Those of a copy that are told now, the most urgent first: on an entry's page, or all of them. */
export function alertsNow(copy, item, now) {
  return (copy.alerts || []).filter((alert) => isShown(alert, copy.city.timezone, now) && (!item || concerns(alert, item)))
    .sort((one, other) => URGENCY.indexOf(one.level) - URGENCY.indexOf(other.level) || Date.parse(one.starts) - Date.parse(other.starts));
}

export function drawAlerts(alerts, words) {
  return alerts.map((alert) => element("section", { class: `c-notice c-notice--${alert.level}`, "aria-label": `${words.own.alert}: ${alert.title}`, lang: alert.lang || null },
    element("p", {}, element("strong", {}, alert.title)), safe(alert.html)));
}
