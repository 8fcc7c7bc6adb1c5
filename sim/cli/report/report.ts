/** The report in the terminal: what happened, what was measured, what was expected. */

import type { Summary } from "../../measure/summary.ts";
import type { Cost } from "./document.ts";
import { inkOf } from "./ink.ts";
import { fateSection } from "./fates.ts";
import type { Page } from "./page.ts";
import { agreementSection, alarmSection, disruptionSection, expectationSection, loadSection, timeSection } from "./sections.ts";
import { announcementSection, sayingsSection } from "./speech.ts";
import { clockFor, count, figure, joined, reading, tame, wrap } from "./wording.ts";

export type ReportOptions = {
  readonly color: boolean;
  /** Columns of the terminal. Below 80 the terminal may break lines; above 120 the rest stays empty, which is easier to read. */
  readonly width: number;
  /** Absent if the output must be the same each time. */
  readonly cost?: Cost;
};

/** The whole report; its last line has the result and says how to reproduce it. */
export function renderReport(summary: Summary, { color, width, cost }: ReportOptions): string {
  const page: Page = { width: Math.max(80, Math.min(120, width)), ink: inkOf(color) };
  const sections = [
    titleSection(summary, page, cost),
    agreementSection(summary, page),
    disruptionSection(summary, page),
    timeSection(summary, page),
    sayingsSection(summary.metrics, page),
    alarmSection(summary.metrics, summary.memberHours, page),
    announcementSection(summary.metrics, page),
    loadSection(summary.metrics.load, page),
    fateSection(summary.metrics.fates, page),
    expectationSection(summary.expectations, page),
    [lastLine(summary)],
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n") + "\n";
}

function titleSection(summary: Summary, { width, ink }: Page, cost: Cost | undefined): readonly string[] {
  const { scenario, about, members, runs, durationSeconds, preset, seed, events } = summary;
  const clock = clockFor(durationSeconds);
  const each = runs === 1 ? "1 run" : `${count(runs)} runs`;
  const facts = [
    `${count(members)} ${members === 1 ? "member" : "members"}`,
    `${each} of ${reading(durationSeconds, clock)} ${clock.unit}`,
    `preset ${preset}`,
    `seed ${seed}`,
    `${count(events)} steps`,
    ...(cost === undefined ? [] : [`took ${figure(cost.wallSeconds)} s (processor: ${figure(cost.cpuSeconds)} s)`]),
  ];
  return [...wrap(scenario, width).map(ink.title), ...wrap(about, width), ...joined(facts.map(tame), width).map(ink.faint)];
}

/** For people who copy it and programs that parse it: never coloured, never broken. */
const lastLine = ({ seed, scenarioHash, traceHash, verdict }: Summary): string =>
  `seed=${tame(seed)} scenario=${scenarioHash} trace=${traceHash} verdict=${verdict}`;
