/** Figures and texts for people: a few digits, a unit, and no wider than the page. */

import { stripVTControlCharacters } from "node:util";
import type { Interval } from "../../measure/statistics.ts";

/** Shown in place of a missing figure. */
export const NONE = "–";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const tiny = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });

/** `1,234`. */
export const count = (x: number): string => whole.format(x);

/** Three significant digits: `0.412`, `7.23`, `12.3`, `1,235`. */
export function figure(x: number | null): string {
  if (x === null) return NONE;
  if (x === 0) return "0";
  if (x < 0.1) return x < 1e-6 ? x.toExponential(1) : tiny.format(x);
  return x < 0.9995 ? x.toFixed(3) : x < 9.995 ? x.toFixed(2) : x < 99.95 ? x.toFixed(1) : whole.format(x);
}

/** A length in seconds, without its unit: like `figure`, but never finer than milliseconds, and `12345` to save a column. */
export function length(x: number): string {
  if (x < 0.1) return x > 0 && x < 0.0005 ? "<0.001" : x.toFixed(3);
  return x < 99.95 ? figure(x) : x.toFixed(0);
}

/** `7.23 s`. */
export const seconds = (x: number | null): string => (x === null ? NONE : `${length(x)} s`);

/** `6.8–7.9`; `≥ 6.8` if there is no upper end. */
export function range([low, high]: Interval, write: (x: number) => string): string {
  if (low === null) return high === null ? NONE : `≤ ${write(high)}`;
  return high === null ? `≥ ${write(low)}` : `${write(low)}–${write(high)}`;
}

export type Clock = { readonly unit: "s" | "min" | "h"; readonly length: number };

/** The unit of time for a run of this many seconds. */
export function clockFor(duration: number): Clock {
  if (duration <= 300) return { unit: "s", length: 1 };
  return duration <= 5 * 3600 ? { unit: "min", length: 60 } : { unit: "h", length: 3600 };
}

/** `90` of a clock in seconds, `1.5` of one in minutes. */
export const reading = (at: number, clock: Clock): string => `${Number((at / clock.length).toFixed(2))}`;

/** The text on one line, without anything that would move a cursor or change a colour. */
export const tame = (text: string): string => stripVTControlCharacters(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

/** How many columns it takes, assuming that no character takes two. */
export const columnsOf = (text: string): number => [...text].length;

/** At most this many columns; a mark shows that it was cut. */
export const clip = (text: string, columns: number): string =>
  columnsOf(text) <= columns ? text : `${[...text].slice(0, Math.max(0, columns - 1)).join("")}…`;

/** The words in lines of at most this many columns; no line if there are no words. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of tame(text).split(" ").filter((w) => w !== "").map((w) => clip(w, columns))) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(last) + 1 + columnsOf(word) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** As many names as fit, and the number of the others. */
export function names(all: readonly string[], columns: number): string {
  for (let shown = Math.min(all.length, columns); shown > 0; shown--) {
    const more = all.length - shown;
    const text = all.slice(0, shown).map(tame).join(" ") + (more > 0 ? ` +${count(more)}` : "");
    if (columnsOf(text) <= columns) return text;
  }
  return all.length === 0 ? "" : clip(`${count(all.length)} members`, columns);
}

/** The facts on as few lines as possible; none is broken. */
export function joined(facts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const longer = [...lines.slice(-1), fact].join(" · ");
    if (columnsOf(longer) <= width) lines.splice(-1, 1, longer);
    else lines.push(clip(fact, width));
  }
  return lines;
}
