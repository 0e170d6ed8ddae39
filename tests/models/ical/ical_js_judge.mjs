// Reads a calendar on stdin and prints every occurrence in the window given as two ISO instants, as JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [from, to] = process.argv.slice(2).map((iso) => Date.parse(iso) / 1000);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}

const occurrences = [];
function add(item, start, end) {
  if (start.toUnixTime() < from || start.toUnixTime() >= to) return;
  occurrences.push({
    uid: item.uid,
    start: start.toUnixTime(),
    end: end.toUnixTime(),
    summary: item.summary,
    status: item.component.getFirstPropertyValue("status").toLowerCase(),
  });
}

for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  if (event.isRecurrenceException()) continue;
  if (!event.isRecurring()) {
    add(event, event.startDate, event.endDate);
    continue;
  }
  const dates = event.iterator();
  for (let next = dates.next(); next && next.toUnixTime() < to; next = dates.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    add(item, startDate, endDate);
  }
}
console.log(JSON.stringify(occurrences));
