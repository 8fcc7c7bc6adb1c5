/** The parts of the report about what applications send and receive. Each is empty if nothing was said. */

import type { Metrics, Sayings } from "../../measure/metrics.ts";
import type { TimeMetric } from "../../measure/time-metric.ts";
import { faint, heading, type Page } from "./page.ts";
import { table, type Row } from "./table.ts";
import { count, figure, joined, NONE, seconds } from "./wording.ts";

/** How far broadcasts and new metas spread, and how fast. */
export function sayingsSection({ broadcasts, broadcastDelivery, updates, updateDissemination }: Metrics, page: Page): readonly string[] {
  const rows = [
    ...(broadcasts.count === 0 ? [] : [sayingsRow("broadcasts", broadcasts, broadcastDelivery)]),
    ...(updates.count === 0 ? [] : [sayingsRow("updates", updates, updateDissemination)]),
  ];
  if (rows.length === 0) return [];
  const head = faint(page.ink, ["", "n", "reach", "half", "90 %", "99 %", "all", "max", "censored"]);
  return [heading("SAYINGS", "and the time until half of the members had them, and so on: medians", page), ...table([head, ...rows], "lrrrrrrrr")];
}

const sayingsRow = (name: string, { count: n, reach, to50, to90, to99 }: Sayings, toAll: TimeMetric): Row => [
  name, count(n), reach === null ? NONE : `${(reach * 100).toFixed(1)} %`, seconds(to50.p50), seconds(to90.p50), seconds(to99.p50), seconds(toAll.p50),
  seconds(toAll.max), count(toAll.censored),
];

/** How often members announced something to their applications. */
export function announcementSection({ announcements }: Metrics, page: Page): readonly string[] {
  const made = Object.entries(announcements).filter(([, { count: n }]) => n > 0);
  if (made.length === 0) return [];
  const facts = made.map(([kind, { perMemberHour }]) => `${kind} ${figure(perMemberHour)}`);
  return [heading("ANNOUNCEMENTS", "to applications, per member-hour", page), ...joined(facts, page.width - 2).map((line) => `  ${line}`)];
}
