/** The parts of the report, each a heading and its lines. */

import type { DisruptionSummary } from "../../measure/disruption.ts";
import { RUNS_TO_REDRAW } from "../../measure/few-runs.ts";
import type { Discovery, Load, Metrics } from "../../measure/metrics.ts";
import type { Summary } from "../../measure/summary.ts";
import type { Interval } from "../../measure/statistics.ts";
import type { TimeMetric } from "../../measure/time-metric.ts";
import type { Judgement } from "../../measure/verdict.ts";
import { chart, letter } from "./chart.ts";
import type { Ink } from "./ink.ts";
import { faint, heading, type Page } from "./page.ts";
import { table, widthOf, type Row } from "./table.ts";
import { clockFor, type Clock, columnsOf, count, figure, length, names, NONE, range, reading, seconds, tame, wrap } from "./wording.ts";

/** Agreement over time, and below it the disruptions with the letters that mark them. */
export function agreementSection(summary: Summary, page: Page): readonly string[] {
  const remark = `share of running members whose view is true${summary.runs > 1 ? `, mean of ${count(summary.runs)} runs` : ""}`;
  return [heading("AGREEMENT", remark, page), ...chart(summary, page.width, page.ink)];
}

const ROOM_FOR_NAMES = 8;

/** What happened, which members it affected, and how long it took until all views were true again. */
export function disruptionSection({ disruptions, durationSeconds }: Summary, page: Page): readonly string[] {
  if (disruptions.length === 0) return [heading("DISRUPTIONS", "none", page)];
  const { ink, width } = page;
  const clock = clockFor(durationSeconds);
  const head = faint(ink, ["", "at", "", "n", "p50", "p90", "max", "censored"]);
  const rows = disruptions.map((disruption, n) => ({ cells: disruptionCells(disruption, n, clock, ink), whom: disruption.members }));
  const room = width - widthOf([head, ...rows.map(({ cells }) => cells)]) - 2;
  const hasRoom = room >= ROOM_FOR_NAMES;
  const body = rows.map(({ cells, whom }): Row => (hasRoom ? [...cells, names(whom, room)] : cells));
  return [
    heading("DISRUPTIONS", "and the time until every running member's view was true again", page),
    ...table([hasRoom ? [...head, ...faint(ink, ["whom"])] : head, ...body], "lrlrrrrrl"),
  ];
}

function disruptionCells({ at, lastAt, kind, times, convergence }: DisruptionSummary, n: number, clock: Clock, ink: Ink): Row {
  const when = at === lastAt ? reading(at, clock) : `${reading(at, clock)}–${reading(lastAt, clock)}`;
  const start: Row = [{ text: letter(n), ink: ink.mark }, `${when} ${clock.unit}`, tame(kind)];
  if (convergence === null) return [...start, count(times), NONE, NONE, NONE, NONE];
  const { p50, p90, max, censored } = convergence;
  return [...start, count(convergence.n), seconds(p50), seconds(p90), seconds(max), count(censored)];
}

/** The lengths of time. If the page is too narrow for the intervals beside their figures, they follow below. */
export function timeSection({ metrics, runs }: Summary, page: Page): readonly string[] {
  const named: readonly (readonly [string, TimeMetric])[] = [
    ["first suspicion", metrics.firstSuspicion],
    ["first detection", metrics.firstDetection],
    ["full dissemination", metrics.fullDissemination],
    ["convergence", metrics.convergence],
    ...(metrics.blocks.firstDetection.n === 0 ? [] : blockTimes(metrics.blocks)),
  ];
  const beside = timesBeside(named, page.ink);
  const lines = widthOf(beside) <= page.width ? table(beside, "lrrrrrrrr") : timesBeneath(named, page.ink);
  return [heading("TIMES", aboutIntervals(runs), page), ...lines];
}

const blockTimes = ({ firstSuspicion, firstDetection, fullDissemination }: Discovery): readonly (readonly [string, TimeMetric])[] => [
  ["block: suspicion", firstSuspicion],
  ["block: detection", firstDetection],
  ["block: dissemination", fullDissemination],
];

function aboutIntervals(runs: number): string {
  if (runs === 1) return "a single run: no intervals";
  return runs < RUNS_TO_REDRAW ? `[95 % interval] exact, or by Student's t: ${runs} runs are too few to redraw` : `[95 % interval] by redrawing ${count(runs)} runs`;
}

function timesBeside(named: readonly (readonly [string, TimeMetric])[], ink: Ink): readonly Row[] {
  const rows = named.map(([name, { n, p50, p90, p99, max, censored, ci95 }]): Row => [
    name, count(n),
    seconds(p50), ...faint(ink, [interval(ci95.p50)]),
    seconds(p90),
    seconds(p99), ...faint(ink, [interval(ci95.p99)]),
    seconds(max), count(censored),
  ]);
  return [faint(ink, ["", "n", "p50", "", "p90", "p99", "", "max", "censored"]), ...rows];
}

function timesBeneath(named: readonly (readonly [string, TimeMetric])[], ink: Ink): readonly string[] {
  const head = faint(ink, ["", "n", "p50", "p90", "p99", "max", "censored"]);
  const rows = [head, ...named.map(([name, { n, p50, p90, p99, max, censored }]): Row =>
    [name, count(n), seconds(p50), seconds(p90), seconds(p99), seconds(max), count(censored)])];
  // An interval may extend over the column to the left of its figure, because nothing else is on its line.
  const [underP50, underP99] = [widthOf(rows, 2), widthOf(rows, 4)];
  const intervals = ["", ...named.map(([, { ci95 }]) =>
    (interval(ci95.p50).padStart(underP50) + interval(ci95.p99).padStart(underP99 - underP50)).trimEnd())];
  return table(rows, "lrrrrrr").flatMap((line, i) => (intervals[i] ? [line, ink.faint(intervals[i])] : [line]));
}

function interval(ends: Interval): string {
  const text = range(ends, length);
  return text === NONE ? "" : `[${text}]`;
}

/** Members that were declared dead, rightly or not, and the suspicions before that. */
export function alarmSection(metrics: Metrics, memberHours: number, page: Page): readonly string[] {
  const { falsePositives, partitionEvictions, suspicions, refutations, health } = metrics;
  const { count: n, atHealthy, ofHealthy, healthyOfHealthy, perMemberHour, dispersion, ci95, victims, falseDeathSeconds } = falsePositives;
  const doubts = health.max === 0 ? [] : [[figure(health.mean), "health", `the mean of those who run; ${count(health.max)} at worst, 0 is good`]];
  return [
    heading("ALARMS", `in ${figure(memberHours)} member-hours`, page),
    ...table([
      [count(n), "false positives", `${figure(perMemberHour)} per member-hour [95 %${dispersion > 1 ? ", in bursts" : " exact"}: ${range(ci95, figure)}]`],
      [count(ofHealthy), "of the healthy", `about members never under a fault; ${count(healthyOfHealthy)} by such`],
      [count(atHealthy), "by the healthy", "announced by members under no fault themselves"],
      [count(victims), "victims", `held dead for ${seconds(falseDeathSeconds)} in all`],
      [count(partitionEvictions.count), "evictions", "across a partition or a cut: not false"],
      [count(suspicions), "suspicions", "begun by a failed probe"],
      [count(refutations), "refutations", "by a member suspected or held dead"],
      ...doubts,
    ].map(([figures = "", name = "", remark = ""]): Row => [figures, name, ...faint(page.ink, [remark])]), "rll"),
  ];
}

/** What each member sends per second, by kind of message. */
export function loadSection(load: Load, { width, ink }: Page): readonly string[] {
  const total = load.bytesPerMemberSecond ?? 0;
  const rows = Object.entries(load.byKind).map(([kind, { perMemberSecond, bytesPerMemberSecond }]) => {
    const share = total > 0 ? (bytesPerMemberSecond ?? 0) / total : 0;
    return { cells: [tame(kind), figure(perMemberSecond), figure(bytesPerMemberSecond), `${(share * 100).toFixed(1)} %`], share };
  });
  const head = faint(ink, ["", "messages", "bytes", "of bytes"]);
  const room = Math.min(40, width - widthOf([head, ...rows.map(({ cells }) => cells)]) - 2);
  const body = rows.map(({ cells, share }): Row => [...cells, { text: bar(share, room), ink: ink.bar }]);
  const { datagramsPerMemberSecond: datagrams, streamsPerMemberSecond: streams, bytesPerMemberSecond: bytes } = load;
  return [
    heading("LOAD", `per member and second: ${figure(datagrams)} datagrams, ${figure(streams)} streams, ${figure(bytes)} bytes`, { width, ink }),
    ...(rows.length > 0 ? table([head, ...body], "lrrrl") : []),
  ];
}

/** A bar of which `columns` is the full width, with a resolution of an eighth of a column. */
function bar(share: number, columns: number): string {
  const eighths = Math.round(Math.min(1, share) * columns * 8);
  return "█".repeat(Math.floor(eighths / 8)) + ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
}

const SIGN = { pass: "✓", fail: "✗", unknown: "?" } as const;

/** What was expected, whether it held, and what was measured. */
export function expectationSection(judgements: readonly Judgement[], page: Page): readonly string[] {
  if (judgements.length === 0) return [heading("EXPECTATIONS", "none", page)];
  const widest = Math.max(...judgements.map(({ text }) => columnsOf(tame(text))));
  const lines = judgements.flatMap(({ text, verdict, why }) => {
    const dye = page.ink[verdict];
    const sign = `  ${dye(SIGN[verdict])} `;
    const room = page.width - widest - 6;
    if (columnsOf(why) <= room) return [`${sign}${tame(text).padEnd(widest)}  ${dye(why)}`];
    const indented = (line: string, n: number): string => (n === 0 ? sign : "    ") + line;
    return [...wrap(text, page.width - 4).map(indented), ...wrap(why, page.width - 6).map((line) => `      ${dye(line)}`)];
  });
  return [page.ink.title("EXPECTATIONS"), ...lines];
}
