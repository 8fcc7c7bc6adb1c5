/** The files of an experiment's results. */

import type { CrashResult, DisruptionResult, Observation, RunResult } from "../../index.ts";
import type { Summary } from "../../measure/summary.ts";
import { type Cost, documentOf, renderReport } from "../report/index.ts";

/** A file: its name, and its text in pieces, because it may be too long for one string. */
export type ResultFile = { readonly name: string; readonly pieces: Iterable<string> };

/** The width of a printed page in columns. */
const PAGE_WIDTH = 100;

/** All files except the manifest and the traces. */
export function resultFiles(results: readonly RunResult[], summary: Summary, cost: Cost): readonly ResultFile[] {
  return [
    { name: "runs.ndjson", pieces: ndjson(results) },
    { name: "runs.csv", pieces: csv(runColumns, results) },
    { name: "disruptions.csv", pieces: csv(disruptionColumns, within(results, (result) => result.disruptions)) },
    { name: "crashes.csv", pieces: csv(crashColumns, within(results, (result) => result.crashes)) },
    { name: "report.txt", pieces: [renderReport(summary, { color: false, width: PAGE_WIDTH, cost })] },
    { name: "summary.json", pieces: [`${JSON.stringify(documentOf(summary, cost), null, 2)}\n`] },
  ];
}

function* ndjson(results: readonly RunResult[]): Generator<string> {
  for (const result of results) yield `${JSON.stringify(result)}\n`;
}

type Value = string | number | null;
type Columns<Row> = readonly (readonly [name: string, of: (row: Row) => Value])[];

const runColumns: Columns<RunResult> = [
  ["run", (r) => r.run],
  ["seed", (r) => r.seed],
  ["traceHash", (r) => r.traceHash],
  ["events", (r) => r.events],
  ["simulatedSeconds", (r) => r.simulatedSeconds],
  ["memberSeconds", (r) => r.memberSeconds],
  ["falsePositives", (r) => r.falsePositives.count],
  ["falsePositivesAtHealthy", (r) => r.falsePositives.atHealthy],
  ["falsePositivesOfHealthy", (r) => r.falsePositives.ofHealthy],
  ["falsePositivesHealthyOfHealthy", (r) => r.falsePositives.healthyOfHealthy],
  ["falsePositiveVictims", (r) => r.falsePositives.victims],
  ["falseDeathSeconds", (r) => r.falsePositives.falseDeathSeconds],
  ["partitionEvictions", (r) => r.partitionEvictions],
  ["suspicions", (r) => r.suspicions],
  ["refutations", (r) => r.refutations],
  ["datagrams", (r) => r.load.datagrams],
  ["streams", (r) => r.load.streams],
  ["bytes", (r) => r.load.bytes],
  ["healthMean", (r) => r.health.mean],
  ["healthMax", (r) => r.health.max],
];

/** A row of one run's list. */
type Of<Item> = { readonly run: number; readonly item: Item };

const disruptionColumns: Columns<Of<DisruptionResult>> = [
  ["run", (row) => row.run],
  ["entry", (row) => row.item.entry],
  ["at", (row) => row.item.at],
  ["kind", (row) => row.item.kind],
  ["members", (row) => row.item.members.join(" ")],
  ...observed<Of<DisruptionResult>>("convergence", (row) => row.item.convergence),
];

const crashColumns: Columns<Of<CrashResult>> = [
  ["run", (row) => row.run],
  ["member", (row) => row.item.member],
  ["at", (row) => row.item.at],
  ...observed<Of<CrashResult>>("firstSuspicion", (row) => row.item.firstSuspicion),
  ...observed<Of<CrashResult>>("firstDetection", (row) => row.item.firstDetection),
  ...observed<Of<CrashResult>>("fullDissemination", (row) => row.item.fullDissemination),
];

/** Two columns for an observation, one of which is filled: how long it took, or how long we watched in vain. */
function observed<Row>(name: string, of: (row: Row) => Observation | null): Columns<Row> {
  const field = (row: Row, key: "seconds" | "censoredAfter"): Value => {
    const observation = of(row);
    if (observation === null) return null;
    return "seconds" in observation ? (key === "seconds" ? observation.seconds : null) : key === "seconds" ? null : observation.censoredAfter;
  };
  return [[`${name}Seconds`, (row) => field(row, "seconds")], [`${name}CensoredAfter`, (row) => field(row, "censoredAfter")]];
}

function* within<Item>(results: readonly RunResult[], list: (result: RunResult) => readonly Item[]): Generator<Of<Item>> {
  for (const result of results) for (const item of list(result)) yield { run: result.run, item };
}

/** CSV (RFC 4180); empty fields for missing values. */
function* csv<Row>(columns: Columns<Row>, rows: Iterable<Row>): Generator<string> {
  yield `${columns.map(([name]) => name).join(",")}\n`;
  for (const row of rows) yield `${columns.map(([, of]) => quoted(of(row))).join(",")}\n`;
}

const quoted = (value: Value): string => (typeof value === "string" && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : `${value ?? ""}`);
