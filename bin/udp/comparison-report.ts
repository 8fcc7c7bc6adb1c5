/** Real runs beside simulated ones, for people: a line a figure, what it means, and what was expected. */

import type { Comparison, Contrast, Summary } from "../../sim/index.ts";
import { count, expectationSection, figure, heading, inkOf, seconds, table, tame, wrap, type Page } from "../../sim/cli/index.ts";
import type { Lateness } from "./measured.ts";

/** All that is to be told. */
export type Told = {
  readonly real: Summary;
  readonly simulatedRuns: number;
  readonly processes: number;
  readonly comparison: Comparison;
  readonly lateness: readonly Lateness[];
};

export function comparisonReport(told: Told, { color, width: asked }: { readonly color: boolean; readonly width: number }): string {
  const width = Math.max(80, Math.min(120, asked));
  const page: Page = { width, ink: inkOf(color) };
  const { real, comparison } = told;
  const sections = [
    [...wrap(`${real.scenario}, for real`, width).map(page.ink.title), ...wrap(real.about, width), ...wrap(factsOf(told), width).map(page.ink.faint)],
    [heading("SIDE BY SIDE", "medians of runs [least–greatest]; p: exact, by ranks; Holm: corrected for all of them", page), ...sideBySide(comparison, width)],
    [heading("LATENESS", "of alarms, of members that never stood still; the simulator's are never late", page), `  ${latenessText(told.lateness)}`],
    [page.ink.title("WHAT IT MEANS"), ...meaning(told).flatMap((sentence) => wrap(sentence, width - 2).map((line) => `  ${line}`))],
    expectationSection(real.expectations, page),
    [`seed=${tame(real.seed)} scenario=${real.scenarioHash} trace=${real.traceHash} expectations=${real.verdict} comparison=${comparison.verdict}`],
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function factsOf({ real: { members, runs, durationSeconds, preset, seed, events }, simulatedRuns, processes }: Told): string {
  const where = processes === 1 ? "in one process" : `in ${processes} processes`;
  return `${count(members)} members on loopback, ${where} · ${times(runs, "real run")} of ${durationSeconds} s beside ${times(simulatedRuns, "simulated one")} · preset ${preset} · seed ${tame(seed)} · ${count(events)} steps, all of which replay`;
}

const times = (n: number, what: string): string => `${count(n)} ${what}${n === 1 ? "" : "s"}`;

function sideBySide({ contrasts, alike }: Comparison, width: number): readonly string[] {
  const rows = contrasts.map((contrast) => [
    `${contrast.figure}${contrast.unit === "s" ? "" : `, ${contrast.unit}`}`,
    sideText(contrast, contrast.one), sideText(contrast, contrast.other),
    shiftText(contrast), pText(contrast.p), pText(contrast.corrected),
  ]);
  return [
    ...table([["", "real", "simulated", "shift [95 %]", "p", "Holm"], ...rows], "lrrrrr"),
    ...(alike.length === 0 ? [] : wrap(`the same in every run of both, or never reached: ${alike.join(", ")}`, width - 2).map((line) => `  ${line}`)),
  ];
}

const valueText = ({ unit }: Contrast, value: number): string => (unit === "s" ? seconds(value).replace(" s", "") : signed(value));
const signed = (value: number): string => (value < 0 ? `−${figure(-value)}` : figure(value));

function sideText(contrast: Contrast, { median, least, greatest, censored }: Contrast["one"]): string {
  const write = (value: number): string => valueText(contrast, value);
  return `${write(median)} [${write(least)}–${write(greatest)}]${censored > 0 ? ` (${censored} censored)` : ""}`;
}

function shiftText({ shift, shiftCi95 }: Contrast): string {
  if (shift === null) return "–";
  return shiftCi95 === null ? signed(shift) : `${signed(shift)} [${signed(shiftCi95[0])}, ${signed(shiftCi95[1])}]`;
}

const pText = (p: number): string => (p < 0.001 ? "<0.001" : p.toFixed(3));

function latenessText(all: readonly Lateness[]): string {
  const worst = (of: (each: Lateness) => number): number => Math.max(0, ...all.map(of));
  return `${worst(({ p50 }) => p50)} ms in the median, ${worst(({ p99 }) => p99)} ms at 99 in a hundred, ${worst(({ max }) => max)} ms at worst`;
}

/** Milliseconds: an alarm that is later than this is late for the engine too, and no longer within what a network does. */
const LATE = 20;

/** The verdict in words, and first of all what detection has to say. */
export function meaning({ real, simulatedRuns, comparison: { contrasts, verdict }, lateness }: Pick<Told, "real" | "simulatedRuns" | "comparison" | "lateness">): readonly string[] {
  const detection = contrasts.find(({ figure: name }) => name === "first detection");
  const aboutDetection = detection === undefined ? [] : [detectionText(detection, contrasts.length)];
  const late = Math.max(0, ...lateness.map(({ p99 }) => p99));
  const aboutLateness = late <= LATE ? [] : [`This machine was busy: one alarm in a hundred rang ${late} ms late or later. What differs may be its doing, and not the protocol's.`];
  return [...aboutDetection, overallText(contrasts, verdict, real.runs, simulatedRuns), ...aboutLateness];
}

/** What could not have come out otherwise, corrected for so many figures, says nothing. */
function detectionText(detection: Contrast, figures: number): string {
  const { p, corrected, leastP } = detection;
  if (corrected <= 0.05) return `The simulator's detection times and the real ones can be told apart (p = ${pText(p)}, corrected ${pText(corrected)}).`;
  if (leastP * figures > 0.05) return `So few runs could not have told the simulator's detection times and the real ones apart (p = ${pText(leastP)} at least, corrected ${pText(Math.min(1, leastP * figures))}).`;
  return `The simulator's detection times and the real ones cannot be told apart (p = ${pText(p)})${boundText(detection)}.`;
}

const boundText = ({ shiftCi95 }: Contrast): string => (shiftCi95 === null ? "" : `: if they differ, then by ${signed(shiftCi95[0])} to ${signed(shiftCi95[1])} s`);

function overallText(contrasts: readonly Contrast[], verdict: Comparison["verdict"], realRuns: number, simulatedRuns: number): string {
  const apart = contrasts.filter(({ corrected }) => corrected <= 0.05);
  switch (verdict) {
    case "pass": return contrasts.length === 0
      ? "Both worlds measured the same in every run."
      : `None of ${contrasts.length} figures tells the real group from the simulated one (least p = ${pText(Math.min(...contrasts.map(({ p }) => p)))}; corrected for ${contrasts.length}: ${pText(Math.min(...contrasts.map(({ corrected }) => corrected)))}).`;
    case "fail": return `${apart.length === 1 ? "One" : count(apart.length)} of ${contrasts.length} figures ${apart.length === 1 ? "tells" : "tell"} the real group from the simulated one: ${apart.map(apartText).join("; ")}.`;
    case "unknown": return `${times(realRuns, "real run")} beside ${simulatedRuns} simulated: no difference could have been found in ${contrasts.length} figures, however great. More --runs would tell.`;
  }
}

function apartText({ figure: name, shift, other, corrected }: Contrast): string {
  const share = shift === null || other.median === 0 ? "" : `${Math.abs((shift / other.median) * 100).toFixed(1)} % ${shift > 0 ? "more" : "less"} for real, `;
  return `${name} (${share}corrected p = ${pText(corrected)})`;
}
