/** Folders of shards such as many machines would leave behind, without the hours that it takes to play them: what is in a row decides nothing of how long it takes to merge. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { playRun } from "../../../sim/index.ts";
import { compileScenario } from "../../../sim/scenario/index.ts";
import { manifestText, MANIFEST, RUNS } from "../../../sim/cli/lab/folder.ts";
import { manifestOf } from "../../../sim/cli/lab/sweep.ts";
import { Pen } from "../../../sim/cli/lab/pen.ts";
import type { Row } from "../../../sim/lab/model.ts";
import { isMine, turns } from "../../../sim/lab/order.ts";
import { planSweep, type Sweep } from "../../../sim/lab/plan.ts";
import { rowOf } from "../../../sim/lab/row.ts";

const BASE = "duration: 30s\nmembers: 12\nruns: 1\ntimeline: [{ at: 10s, crash: 1 }]\n";
/** 64 of them. */
export const CELLS = 64;
const GRID = "grid: [{ config.suspicionMult: [1, 2, 3, 4, 5, 6, 7, 8] }, { network.loss: [0%, 1%, 2%, 3%, 4%, 5%, 6%, 7%] }]";
/** Rows that were really played; the others are these with other numbers. */
const PATTERNS = 16;

/** Writes so many shards of 64 cells with so many repetitions each, and answers with their folders. */
export function writeShards(into: string, repeats: number, shards: number): readonly string[] {
  const plan = planOf(repeats);
  const whole = manifestOf(plan, null);
  const patterns = playedRows();
  return Array.from({ length: shards }, (_, nth) => {
    const shard = { index: nth + 1, of: shards };
    const folder = join(into, `part-${shard.index}`);
    mkdirSync(folder, { recursive: true });
    const pen = new Pen(join(folder, RUNS));
    let runs = 0;
    for (const turn of turns(plan.cells.length, repeats)) {
      if (!isMine(turn, shard, false)) continue;
      pen.write(`${JSON.stringify(varied(patterns[turn.repetition % PATTERNS]!, turn.cell, turn.repetition))}\n`);
      runs++;
    }
    pen.close();
    const done = new Pen(join(folder, MANIFEST));
    done.write(manifestText({ ...whole, shard, runs: { asked: runs, finished: runs } }));
    done.close();
    return folder;
  });
}

function planOf(repeats: number): Sweep {
  const planned = planSweep(`scenario: base.yaml\n${GRID}\nrepeats: ${repeats}\n`, { file: "merge.yaml", read: () => BASE, settings: [] });
  if (!planned.ok) throw new Error(planned.errors.map(({ message }) => message).join("\n"));
  return planned.sweep;
}

function playedRows(): readonly Row[] {
  const compiled = compileScenario(BASE, { file: "base.yaml" });
  if (!compiled.ok) throw new Error(compiled.errors.map(({ message }) => message).join("\n"));
  return Array.from({ length: PATTERNS }, (_, run) => rowOf(0, playRun(compiled.scenario, run)));
}

/** Another row of the same kind: hash, load and lengths differ, to the microsecond, as they do between runs. */
function varied(row: Row, cell: number, repetition: number): Row {
  const word = Math.imul(cell * 65_537 + repetition + 1, 0x9e3779b1) >>> 0;
  const shift = word / 2 ** 32;
  const [first, second] = [word, Math.imul(word ^ (word >>> 15), 0x85ebca6b) >>> 0];
  return {
    ...row, cell, repetition, traceHash: first.toString(16).padStart(8, "0") + second.toString(16).padStart(8, "0"),
    counts: { ...row.counts, bytes: row.counts.bytes + (word % 10_000), datagrams: row.counts.datagrams + (second % 100), suspicions: second % 5 },
    times: Object.fromEntries(Object.entries(row.times).map(([name, { seconds }]) => [name, { seconds: seconds.map((length) => Number((length + shift).toFixed(6))) }])),
  };
}
