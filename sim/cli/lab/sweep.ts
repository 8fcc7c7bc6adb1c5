/** `sweep`: plays the runs of a grid that have not been played yet, and summarises all of them. */

import { platform, release, arch } from "node:os";
import { describeError } from "../../scenario/index.ts";
import { identityOf } from "../../lab/identity.ts";
import { planSweep, settingText, type Sweep } from "../../lab/plan.ts";
import type { Manifest, Shard } from "../../lab/model.ts";
import { isMine } from "../../lab/order.ts";
import { refuseNoSeed } from "../experiment.ts";
import { readScenarioText } from "../file.ts";
import { usualJobs } from "../orders.ts";
import { Effort } from "../play/effort.ts";
import { otherKind } from "../other-kind.ts";
import { fileName } from "../play/command.ts";
import { onInterrupt } from "../play/interrupt.ts";
import { progressFor } from "../play/progress.ts";
import { count } from "../report/wording.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { playJobs, playJobsHere } from "./crew.ts";
import { finish, finishing, sourceOf } from "./finish.ts";
import { refuseOthers, RUNS, SweepFolder } from "./folder.ts";
import { Journal } from "./journal.ts";
import { sweepPageOf } from "../page/load.ts";
import { sweepPage } from "./report.ts";
import { Schedule } from "./schedule.ts";
import { shardOf } from "./shard.ts";

export type SweepOptions = {
  readonly set: readonly string[];
  readonly seed?: string;
  readonly repeats?: number;
  readonly jobs?: number;
  readonly shard?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
};

/** Returns the exit code. Throws a Stop if it can't be done. */
export async function sweep(file: string, options: SweepOptions, terminal: Terminal): Promise<number> {
  const remark = options.quiet === true ? () => {} : terminal.remark;
  if (options.out === "") throw new Stop(exits.usage, "--out needs the name of a folder");
  const shard = shardOf(options.shard);
  const plan = readSweep(file, options);
  const manifest = manifestOf(plan, shard);
  const part = shard === null ? "" : `-${shard.index}-of-${shard.of}`;
  const folder = new SweepFolder(options.out ?? `out/${fileName(plan.name)}${part}`, options.shard === "auto" ? "take-over" : "refuse");
  try {
    const before = folder.manifest;
    if (before !== null) refuseOthers(folder.path, before, manifest);
    if (before !== null && JSON.stringify(before.shard) !== JSON.stringify(shard)) throw new Stop(exits.noOutput, `${folder.path} holds ${partName(before.shard)}, and this is ${partName(shard)}: name another folder with --out`);
    const journal = new Journal(folder.pathOf(RUNS), { cells: plan.cells.length, repeats: plan.repeats }, "append");
    try {
      if (journal.isRepaired) remark(`${folder.pathOf(RUNS)}: the last line was incomplete; its run is played again`);
      folder.writeManifest(manifest);
      const schedule = new Schedule(plan, journal, (turn) => isMine(turn, shard, plan.until !== null));
      remark(`${plan.name}: ${count(plan.cells.length)} cells${plan.excluded > 0 ? ` (${count(plan.excluded)} more ${plan.excluded === 1 ? "is" : "are"} excluded)` : ""} of ${plan.until === null ? "" : "at most "}${count(plan.repeats)} runs, seed=${plan.seed} sweep=${manifest.identity}${shard === null ? "" : `, ${partName(shard)}`}${journal.count > 0 ? `; ${count(journal.count)} runs were played before` : ""}`);
      if (!schedule.isOver) folder.dropTables();
      await playAll({ plan, schedule, journal, folder }, options, terminal);
      if (!schedule.isOver) {
        remark(`interrupted: ${count(schedule.left)} runs are missing; the same command resumes the sweep`);
        return exits.interrupted;
      }
      return await conclude({ plan, manifest, journal, folder, schedule }, options, terminal);
    } finally {
      journal.close();
    }
  } finally {
    folder.leave();
  }
}

type Work = { readonly plan: Sweep; readonly schedule: Schedule; readonly journal: Journal; readonly folder: SweepFolder };

async function conclude({ plan, manifest, journal, folder, schedule }: Work & { readonly manifest: Manifest }, options: SweepOptions, terminal: Terminal): Promise<number> {
  const remark = options.quiet === true ? () => {} : terminal.remark;
  const { shard } = manifest;
  if (shard !== null) {
    folder.writeManifest({ ...manifest, runs: { asked: plan.until === null ? schedule.mine : null, finished: schedule.mine } });
    terminal.say(options.json === true ? `${JSON.stringify({ shard, folder: folder.path, runs: schedule.mine })}\n` : `${partName(shard)}: ${count(schedule.mine)} runs are in ${folder.path}; when all parts are there: merge DIR...\n`);
    return 0;
  }
  const progress = finishing(schedule.mine, options, terminal);
  const document = await finish(folder, manifest, sourceOf([journal]), progress).finally(progress.takeAway);
  const done: Manifest = { ...manifest, runs: { asked: schedule.mine, finished: schedule.mine } };
  folder.publish([await sweepPageOf(done, document)]);
  terminal.say(options.json === true ? `${JSON.stringify(document, null, 2)}\n` : sweepPage(done, document));
  remark(`written to ${folder.path}`);
  return 0;
}

/** Reads and plans. Throws a Stop that lists all mistakes, one a line, with their places. */
export function readSweep(file: string, { set, seed, repeats }: Pick<SweepOptions, "set" | "seed" | "repeats">): Sweep {
  if (seed !== undefined) refuseNoSeed(seed);
  const text = readScenarioText(file);
  const planned = planSweep(text, { file, read: readScenarioText, settings: set, seed, repeats });
  if (!planned.ok) throw new Stop(exits.badData, [...planned.errors.map(describeError), ...otherKind(file, text, "sweep")].join("\n"));
  return planned.sweep;
}

export function manifestOf(plan: Sweep, shard: Shard | null): Manifest {
  const { name, about, seed, common, source, scenario, paths, where, figures, cells, repeats, until } = plan;
  return {
    madeBy: "swimlab", kind: "sweep", version: version(), name, about, identity: identityOf(plan), seed, common, source, scenario, paths, where, figures, cells, repeats, until,
    runs: { asked: until === null ? cells.length * repeats : null, finished: 0 }, shard,
  };
}

export const partName = (shard: Shard | null): string => (shard === null ? "the whole" : `shard ${shard.index}/${shard.of}`);

async function playAll({ plan, schedule, journal, folder }: Work, options: SweepOptions, terminal: Terminal): Promise<void> {
  const left = schedule.left;
  if (left === 0) return;
  const jobs = Math.min(options.jobs ?? usualJobs(left), left);
  const effort = new Effort(schedule.effortLeft, left);
  const progress = progressFor(effort, left, options, terminal);
  let isClosed = false;
  const deafen = onInterrupt(() => {
    isClosed = true;
    progress.takeAway();
    if (options.quiet !== true) terminal.remark("interrupted: no new run starts, and those under way are finished; Ctrl-C again stops at once");
  }, () => folder.leave());
  const [began, startedAt, before] = [performance.now(), new Date().toISOString(), journal.count];
  const task = {
    source: plan.source,
    next: () => {
      const turn = isClosed ? null : schedule.next();
      if (turn === null) return null;
      return { ...turn, settings: Object.entries(plan.cells[turn.cell]?.settings ?? {}).map(([path, value]) => settingText(path, value)), seed: plan.common ? plan.seed : `${plan.seed}/${turn.cell}` };
    },
    isOver: (row: Parameters<Journal["append"]>[0]) => {
      journal.append(row);
      schedule.isOverWith(row);
      effort.add(plan.weights[row.cell] ?? 1);
      progress.draw();
    },
  };
  try {
    if (options.jobs === 1) await playJobsHere(task);
    else await playJobs(task, jobs);
  } finally {
    deafen();
    progress.takeAway();
    const wallSeconds = Math.round(performance.now() - began) / 1_000;
    folder.noteOccasion({ startedAt, endedAt: new Date().toISOString(), runs: journal.count - before, jobs, wallSeconds, node: process.version, platform: `${platform()} ${release()} ${arch()}` });
  }
}
