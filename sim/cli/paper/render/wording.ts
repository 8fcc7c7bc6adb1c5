/** Comparisons as text: the same in the terminal, in Markdown and on the page. */

import { count, figure, NONE } from "../../report/wording.ts";
import { markOf, type Comparison, type Mark } from "../model/comparison.ts";
import type { Tally } from "../model/findings.ts";

/** The sign of each mark; a figure that is only shown has none. */
export const signs: Readonly<Record<Mark, string>> = { pass: "✓", miss: "✗", shown: "" };

/** Three significant digits; whole numbers in full. */
export function numberText(x: number | null): string {
  if (x === null) return NONE;
  if (Number.isInteger(x) && Math.abs(x) < 1e9) return count(x);
  return x < 0 ? `−${figure(-x)}` : figure(x);
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A round value on an axis: `0.2`, `1,000`, `10⁻⁵`. */
export function tickText(x: number): string {
  const power = Math.log10(Math.abs(x));
  if (x === 0 || Math.abs(power) < 4 || !Number.isInteger(Math.round(power * 1e9) / 1e9)) return x.toLocaleString("en-US", { maximumSignificantDigits: 6 }).replace("-", "−");
  const digits = [...`${Math.abs(Math.round(power))}`].map((digit) => superscripts[Number(digit)] ?? "").join("");
  return `10${power < 0 ? "⁻" : ""}${digits}`;
}

/** `2.01 ± 0.02`; the error only if it is known and visible. */
export function oursText({ ours, error }: Comparison): string {
  if (ours === null || error === undefined || error === 0) return numberText(ours);
  return `${numberText(ours)} ± ${error < 0.0005 ? "0.000" : numberText(error)}`;
}

/** The accepted range. */
export function boundsText({ accepts }: Comparison): string {
  if (accepts === null) return "not judged";
  const [low, high] = accepts;
  if (low === high) return `exactly ${numberText(low)}`;
  if (low === null) return `at most ${numberText(high)}`;
  return high === null ? `at least ${numberText(low)}` : `${numberText(low)} to ${numberText(high)}`;
}

/** `218 of 220`. */
export const scoreText = ({ pass, miss }: Tally): string => `${count(pass)} of ${count(pass + miss)}`;

/** `26 more are shown and not judged`. */
export const shownText = ({ shown }: Tally): string => (shown === 1 ? "1 more is shown and not judged" : `${count(shown)} more are shown and not judged`);

export const signOf = (comparison: Comparison): string => signs[markOf(comparison)];
