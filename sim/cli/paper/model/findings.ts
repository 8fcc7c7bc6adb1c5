/** The findings of an experiment, beside what was published: tables to read, pictures to look at. Plain data, ready for a file. */

import { markOf, type Comparison, type Mark } from "./comparison.ts";

/** A column of comparisons. */
export type Column = {
  readonly name: string;
  /** The accepted range, in words: `± 0.3 s`. Empty if nothing in the column is judged. */
  readonly tolerance: string;
};

export type Line = {
  readonly name: string;
  /** One for each column; null where there is nothing to compare. */
  readonly cells: readonly (Comparison | null)[];
};

export type Table = {
  readonly title: string;
  /** What the lines stand for: `configuration`. */
  readonly lines: string;
  readonly columns: readonly Column[];
  readonly body: readonly Line[];
  /** What a reader should know about the table. */
  readonly notes: readonly string[];
};

export type Axis = { readonly name: string; readonly scale: "linear" | "log" };

/** One series to draw: our measured points, a theoretical curve, or published points. */
export type Series = {
  readonly name: string;
  readonly whose: "ours" | "theirs" | "theory";
  readonly mark: "line" | "steps" | "dots";
  readonly points: readonly (readonly [x: number, y: number])[];
};

/** A picture of points and lines. */
export type Plot = { readonly kind: "plot"; readonly title: string; readonly x: Axis; readonly y: Axis; readonly series: readonly Series[] };

/** A picture of pairs of bars: ours and theirs for each name. */
export type Bars = {
  readonly kind: "bars";
  readonly title: string;
  readonly y: Axis;
  readonly groups: readonly { readonly name: string; readonly ours: number | null; readonly theirs: number | null }[];
};

export type Chart = Plot | Bars;

/** The tables and charts of an experiment. */
export type Findings = { readonly tables: readonly Table[]; readonly charts: readonly Chart[] };

/** Findings under the heading of their experiment. */
export type Section = Findings & {
  readonly name: string;
  readonly title: string;
  /** What was published, and where. */
  readonly source: string;
  /** How it is set up here, and by which conventions it is measured. */
  readonly about: readonly string[];
  readonly runs: number;
};

/** How many comparisons got which mark. */
export type Tally = Readonly<Record<Mark, number>>;

export function tallyOf(tables: readonly Table[]): Tally {
  const marks = tables.flatMap(({ body }) => body.flatMap(({ cells }) => cells.flatMap((cell) => (cell === null ? [] : [markOf(cell)]))));
  const count = (wanted: Mark): number => marks.filter((mark) => mark === wanted).length;
  return { pass: count("pass"), miss: count("miss"), shown: count("shown") };
}

/** The sum of several tallies. */
export const addUp = (tallies: readonly Tally[]): Tally =>
  tallies.reduce((sum, { pass, miss, shown }) => ({ pass: sum.pass + pass, miss: sum.miss + miss, shown: sum.shown + shown }), { pass: 0, miss: 0, shown: 0 });
