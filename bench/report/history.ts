/** `bench/history.ndjson`: a line of JSON for each run, and how a figure changed over time. */

import type { Row } from "./figure.ts";
import { digits } from "./table.ts";

/** One figure's measurement: its value, its ratio to the calibration loop, and the hash of the played trace, if there is one. */
type Kept = readonly [value: number, ratio: number | null, traceHash?: string];

export type HistoryLine = {
  /** When, in ISO 8601. */
  readonly at: string;
  /** As git names it, with `-dirty` if files differed from it, except the history itself. */
  readonly commit: string;
  readonly node: string;
  readonly processor: string;
  readonly figures: Readonly<Record<string, Kept>>;
};

/** A run as a line of text, with its newline. */
export function historyLine(about: Omit<HistoryLine, "figures">, rows: readonly Row[]): string {
  const figures = Object.fromEntries(rows.map(({ figure, measured }) => [figure.name, keptOf(measured)]));
  return `${JSON.stringify({ ...about, figures } satisfies HistoryLine)}\n`;
}

function keptOf({ value, ratio, traceHash }: Row["measured"]): Kept {
  const pair = [rounded(value), ratio === null ? null : rounded(ratio)] as const;
  return traceHash === undefined ? pair : [...pair, traceHash];
}

/** Four significant digits. */
const rounded = (value: number): number => Number(value.toPrecision(4));

/** All lines of the file. Throws if one is not a run, and names it. */
export function readHistory(text: string): readonly HistoryLine[] {
  return text.split("\n").flatMap((line, index) => {
    if (line === "") return [];
    const read = parsed(line);
    if (!isHistoryLine(read)) throw new Error(`line ${index + 1} of the history is not a run: ${line.slice(0, 80)}`);
    return [read];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHistoryLine(read: unknown): read is HistoryLine {
  if (typeof read !== "object" || read === null) return false;
  const { at, commit, figures } = read as Partial<Record<keyof HistoryLine, unknown>>;
  if (typeof at !== "string" || typeof commit !== "string" || typeof figures !== "object" || figures === null) return false;
  return Object.values(figures).every((kept) => Array.isArray(kept) && typeof kept[0] === "number");
}

/** The history of the figures whose names contain the text, most recent last; empty if there are none. `units`: their units, by name. */
export function showHistory(lines: readonly HistoryLine[], text: string, units: ReadonlyMap<string, string>): string {
  const names = new Set(lines.flatMap(({ figures }) => Object.keys(figures)).filter((name) => name.includes(text)));
  const inTime = lines.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return Array.from(names, (name) => `${name}${units.has(name) ? `, ${units.get(name)}` : ""}\n${heading}\n${linesOf(inTime, name).join("\n")}\n`).join("\n");
}

const columns = (at: string, commit: string, value: string, ratio: string, trace: string): string => `  ${at.padEnd(18)}${commit.padEnd(16)}${value.padStart(10)}${ratio.padStart(10)}  ${trace}`.trimEnd();

const heading = columns("when (UTC)", "commit", "measured", "ratio", "trace");

function linesOf(lines: readonly HistoryLine[], name: string): readonly string[] {
  return lines.flatMap(({ at, commit, figures }) => {
    const kept = figures[name];
    if (kept === undefined) return [];
    const [value, ratio, trace = ""] = kept;
    return [columns(at.slice(0, 16).replace("T", " "), commit, digits(value), ratio === null ? "" : digits(ratio), trace)];
  });
}
