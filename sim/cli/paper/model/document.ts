/** The document: all results of `npm run paper`, as JSON; the committed page is made from it. */

import { z } from "zod";
import type { Extent } from "./experiment.ts";
import { addUp, tallyOf, type Section, type Tally } from "./findings.ts";

export type Document = {
  readonly madeBy: "swimlab";
  readonly version: string;
  /** The command that gives the same figures again, without output options. */
  readonly command: string;
  readonly extent: Extent;
  readonly seed: string;
  /** Changes with the program, the grids and the seed: equal identities give equal figures. */
  readonly identity: string;
  /** A hash of the figures of all runs, in the order of the plan: equal hashes mean equal figures. */
  readonly outcome: string;
  readonly node: string;
  /** Processor time of the runs that were played for it, summed over all processes; null if some were played before. */
  readonly cost: { readonly wallSeconds: number; readonly cpuSeconds: number } | null;
  readonly sections: readonly Section[];
};

const number = z.number().nullable();
const bounds = z.tuple([number, number]).nullable();
const comparison = z.strictObject({ ours: number, theirs: number, accepts: bounds, error: z.number().exactOptional() });
const table = z.strictObject({
  title: z.string(), lines: z.string(), notes: z.array(z.string()),
  columns: z.array(z.strictObject({ name: z.string(), tolerance: z.string() })),
  body: z.array(z.strictObject({ name: z.string(), cells: z.array(comparison.nullable()) })),
});
const axis = z.strictObject({ name: z.string(), scale: z.enum(["linear", "log"]) });
const plot = z.strictObject({
  kind: z.literal("plot"), title: z.string(), x: axis, y: axis,
  series: z.array(z.strictObject({
    name: z.string(), whose: z.enum(["ours", "theirs", "theory"]), mark: z.enum(["line", "steps", "dots"]), points: z.array(z.tuple([z.number(), z.number()])),
  })),
});
const bars = z.strictObject({ kind: z.literal("bars"), title: z.string(), y: axis, groups: z.array(z.strictObject({ name: z.string(), ours: number, theirs: number })) });
const section = z.strictObject({
  name: z.string(), title: z.string(), source: z.string(), about: z.array(z.string()), runs: z.number(), tables: z.array(table), charts: z.array(z.union([plot, bars])),
});

/** What a file must contain to be a document. */
export const documentSchema: z.ZodType<Document> = z.strictObject({
  madeBy: z.literal("swimlab"), version: z.string(), command: z.string(), extent: z.enum(["subset", "full"]), seed: z.string(), identity: z.string(), outcome: z.string(), node: z.string(),
  cost: z.strictObject({ wallSeconds: z.number(), cpuSeconds: z.number() }).nullable(),
  sections: z.array(section),
});

export const tallyOfDocument = ({ sections }: Document): Tally => addUp(sections.map(({ tables }) => tallyOf(tables)));

/** Figures are cut to six significant digits: more would only be noise, and a larger file. */
export const documentText = (document: Document): string =>
  `${JSON.stringify(document, (_, value: unknown) => (typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value))}\n`;
