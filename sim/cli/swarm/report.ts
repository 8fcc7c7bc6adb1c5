/** The results of a batch of worlds, for people. */

import { oracles } from "../../oracle/index.ts";
import type { Batch, Outcomes } from "./batch.ts";

/** The cost of the batch, and the program that played it. */
export type Effort = { readonly program: string; readonly seed: string; readonly wallSeconds: number; readonly cpuSeconds: number };

export function swarmReport(batch: Batch, { program, seed, wallSeconds, cpuSeconds }: Effort): string {
  const { all, events, simulatedSeconds, failures, transitions, families, tested, untested } = batch;
  const perMinute = cpuSeconds === 0 ? 0 : Math.round((60 * all.worlds) / cpuSeconds);
  const lines = [
    `${count(all.worlds)} worlds, ${count(Math.round(simulatedSeconds))} s of theirs, ${count(events)} steps, in ${wallSeconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processor time: ${count(perMinute)} worlds a minute and core)`,
    "",
    "ORACLES, and how often each was put to the test",
    ...columns(oracles.map(({ name, kind }) => [kind, name, count(tested.get(name) ?? 0)])),
    "",
    "FAMILIES of faults, and what became of the worlds with them",
    ...columns([["", "worlds", "agreed", "broken"], ...[...families].toSorted(byName).map(([family, outcomes]) => rowOf(family, outcomes)), rowOf("all", all)]),
    "",
    `TRANSITIONS of a record in somebody's view (${transitions.size} kinds)`,
    ...columns([...transitions].toSorted((one, other) => other[1] - one[1] || byName(one, other)).map(([change, times]) => [change, count(times)])),
    "",
    ...(untested.length === 0 ? [] : [`never put to the test: ${untested.join(", ")}`]),
    ...failures.map((failure) => `broken: ${failure.oracle} in world ${failure.seed} at ${failure.at / 1e6} s, ${failure.who}: ${failure.why}\n  ${program} shrink ${failure.seed}`),
    `seed=${seed} worlds=${all.worlds} broken=${failures.length} verdict=${batch.verdict}`,
  ];
  return `${lines.join("\n")}\n`;
}

const rowOf = (family: string, { worlds, agreed, broken }: Outcomes): readonly string[] => [family, count(worlds), count(agreed), count(broken)];

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1);

const count = (x: number): string => x.toLocaleString("en-US");

/** Rows, each column as wide as its widest cell. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>((most, row) => row.map((cell, place) => Math.max(cell.length, most[place] ?? 0)), []);
  return rows.map((row) => `  ${row.map((cell, place) => (place === row.length - 1 || /^[\d,]+$/.test(cell) ? cell.padStart(widths[place] ?? 0) : cell.padEnd(widths[place] ?? 0))).join("  ")}`.trimEnd());
}
