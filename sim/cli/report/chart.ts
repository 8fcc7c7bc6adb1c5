/** Agreement over time: bars above an axis on which the disruptions are marked. */

import type { DisruptionSummary } from "../../measure/disruption.ts";
import type { Ink } from "./ink.ts";
import { clockFor, reading, type Clock } from "./wording.ts";

const EIGHTHS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const HEIGHT = 4;
const LABELS = ["  100 % ", "        ", "   50 % ", "        "];
const AXIS_LABEL = "    0 % ";
/** How far a mark may be moved if another is at its place. */
const LEEWAY = 3;

export type Picture = {
  readonly agreement: readonly number[];
  readonly durationSeconds: number;
  readonly disruptions: readonly DisruptionSummary[];
};

/** The letter of the nth disruption, from 0; empty once the letters are used up. */
export const letter = (n: number): string => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[n] ?? "";

/** The chart's lines, none longer than `width`. */
export function chart({ agreement, durationSeconds, disruptions }: Picture, width: number, ink: Ink): readonly string[] {
  const columns = Math.min(agreement.length, width - AXIS_LABEL.length - 1);
  const heights = Array.from({ length: columns }, (_, i) => eighths(share(agreement, i, columns)));
  const bars = LABELS.map((label, fromTop) => {
    const below = (HEIGHT - 1 - fromTop) * 8;
    return label + ink.bar(heights.map((height) => EIGHTHS[Math.max(0, Math.min(8, height - below))] ?? " ").join("").trimEnd());
  });
  const clock = clockFor(durationSeconds);
  const ticks = ticksOf(durationSeconds, columns, clock);
  const place = (at: number): number => Math.min(columns - 1, Math.floor((at / durationSeconds) * columns));
  return [...bars, axis(columns, ticks.map(place), disruptions, place, ink), labels(ticks, columns, place, clock)];
}

/** The mean of the points that a column covers, even partly. */
function share(points: readonly number[], column: number, columns: number): number {
  const covered = points.slice(Math.floor((column * points.length) / columns), Math.ceil(((column + 1) * points.length) / columns));
  return covered.reduce((sum, point) => sum + point, 0) / covered.length;
}

/** Rounded down, so that only full agreement looks full; but anything above 0 is visible. */
const eighths = (part: number): number => (part <= 0 ? 0 : Math.max(1, Math.floor(part * HEIGHT * 8 + 1e-9)));

function axis(columns: number, ticks: readonly number[], disruptions: readonly DisruptionSummary[], place: (at: number) => number, ink: Ink): string {
  const line: string[] = Array.from({ length: columns }, (_, i) => (ticks.includes(i) ? "┬" : "─"));
  const marked = new Set<number>();
  disruptions.forEach(({ at, lastAt }, n) => {
    for (const start of new Set([place(at), place(lastAt)])) {
      let free = start;
      while (marked.has(free)) free++;
      if (letter(n) === "" || free >= columns || free > start + LEEWAY) continue;
      marked.add(free);
      line[free] = ink.mark(letter(n));
    }
  });
  return AXIS_LABEL + line.join("");
}

/** Round times, far enough apart for their labels. */
function ticksOf(duration: number, columns: number, clock: Clock): readonly number[] {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 240].map((step) => step * clock.length);
  const step = steps.find((s) => (s / duration) * columns >= 9) ?? duration;
  return Array.from({ length: Math.floor(duration / step + 1e-9) + 1 }, (_, i) => i * step);
}

/** Each time centred below its tick; the first and the last stay within the page. */
function labels(ticks: readonly number[], columns: number, place: (at: number) => number, clock: Clock): string {
  return ticks.reduce((line, at) => {
    const text = `${reading(at, clock)} ${clock.unit}`;
    const start = Math.max(0, Math.min(columns - text.length, place(at) - Math.floor(text.length / 2)));
    return line.padEnd(AXIS_LABEL.length + start) + text;
  }, "");
}
