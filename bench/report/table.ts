/** The table that `npm run bench` prints: a line for each figure. */

import { styleText } from "node:util";
import { type Row, type Verdict, verdictOf } from "./figure.ts";

/** Three significant digits. */
export const digits = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 3 });

const columns = (name: string, measured: string, budget: string, unit: string, ratio: string, budgetRatio: string, held: string): string =>
  `${name.padEnd(62)}${measured.padStart(10)}${budget.padStart(9)}  ${unit.padEnd(21)}${ratio.padStart(9)}${budgetRatio.padStart(9)}${held.padStart(9)}`;

export const heading: string = columns("figure", "measured", "budget", "unit", "ratio", "budget", "held");

/** The budget in its unit and as a ratio; and the limit if it differs. */
export function tableLine(row: Row): string {
  const { figure: { name, unit, budget, budgetRatio, held }, measured: { value, ratio } } = row;
  const [came, aimed] = ratio === null || budgetRatio === null ? ["", ""] : [digits(ratio), digits(budgetRatio)];
  return `${columns(name, digits(value), digits(budget), unit, came, aimed, held === undefined ? "" : digits(held))}  ${marks[verdictOf(row)]}`;
}

const marks: Readonly<Record<Verdict, string>> = {
  reached: styleText("green", "✓"),
  "within noise": styleText("yellow", "within noise"),
  held: styleText("yellow", "held"),
  "not reached": styleText("yellow", "not reached yet"),
  broken: styleText("red", "✗"),
};
