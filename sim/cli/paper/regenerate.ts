/** From a plan to a report: plays the runs that have not been played yet, and evaluates all of them. */

import { createHash } from "node:crypto";
import { onInterrupt } from "../play/interrupt.ts";
import { Board } from "../play/board.ts";
import { playHere, playInWorkers } from "../play/crew.ts";
import { Effort } from "../play/effort.ts";
import { progressFor } from "../play/progress.ts";
import { usualJobs } from "../orders.ts";
import { exits } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { count } from "../report/wording.ts";
import { experiments } from "./experiments/index.ts";
import { newMissesIn } from "./known-misses.ts";
import type { Document } from "./model/document.ts";
import type { Extent, Figures } from "./model/experiment.ts";
import type { Section } from "./model/findings.ts";
import { keyOf, planOf, runKey, type Run } from "./play/plan.ts";
import { type Brought, playerOf } from "./play/player.ts";
import { publish } from "./publish.ts";
import { PaperFolder, ROWS } from "./store/folder.ts";
import { identityOf } from "./store/identity.ts";
import { Rows } from "./store/rows.ts";

export type Request = {
  readonly extent: Extent;
  readonly names: readonly string[];
  readonly seed: string;
  readonly out: string;
  readonly jobs: number | null;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The command that gives the same figures again. */
  readonly command: string;
};

/** Returns the exit code. Throws a Stop if it can't be done. */
export async function regenerate(request: Request, terminal: Terminal): Promise<number> {
  const { extent, names, seed, out, quiet } = request;
  const remark = quiet ? () => {} : terminal.remark;
  const identity = identityOf(seed);
  const folder = new PaperFolder(out);
  try {
    const rows = new Rows(folder.pathOf(ROWS), { madeBy: "swimlab", version: version(), seed, identity });
    try {
      if (rows.isRepaired) remark(`${folder.pathOf(ROWS)}: the last line was incomplete; its run is played again`);
      const plan = planOf(extent, names);
      const unplayed = Int32Array.from(plan.flatMap((run, place) => (rows.figuresOf(keyOf(run)) === undefined ? [place] : [])));
      remark(`paper: ${extent}, seed=${seed} identity=${identity} runs=${count(plan.length)}${unplayed.length < plan.length ? `, of which ${count(plan.length - unplayed.length)} were played before` : ""}`);
      const cost = await playAll({ plan, unplayed, rows }, request, folder, terminal);
      const missing = plan.filter((run) => rows.figuresOf(keyOf(run)) === undefined).length;
      if (missing > 0) {
        remark(`interrupted: ${count(missing)} runs are missing; the same command resumes them`);
        return exits.interrupted;
      }
      const document: Document = {
        madeBy: "swimlab", version: version(), command: request.command, extent, seed, identity, outcome: outcomeOf(plan, rows), node: process.versions.node,
        cost: unplayed.length === plan.length ? cost : null, sections: sectionsOf(request, rows),
      };
      publish(folder, document, request, terminal);
      return newMissesIn(document).length === 0 ? 0 : 1;
    } finally {
      rows.close();
    }
  } finally {
    folder.leave();
  }
}

/** Sixteen hexadecimal digits. */
function outcomeOf(plan: readonly Run[], rows: Rows): string {
  const hash = createHash("sha256");
  for (const run of plan) hash.update(`${keyOf(run)} ${JSON.stringify(rows.figuresOf(keyOf(run)))}\n`);
  return hash.digest("hex").slice(0, 16);
}

/** The evaluation of every experiment. */
function sectionsOf({ extent, names }: Request, rows: Rows): readonly Section[] {
  return experiments.filter(({ name }) => names.includes(name)).map(({ name, title, source, about, cells, judge }) => {
    const repetitions = new Map(cells(extent).map((cell) => [cell.name, cell.repetitions]));
    const played = (cell: string): readonly Figures[] =>
      Array.from({ length: repetitions.get(cell) ?? 0 }, (_, repetition) => rows.figuresOf(runKey(name, cell, repetition)) ?? {});
    const runs = [...repetitions.values()].reduce((sum, one) => sum + one, 0);
    return { name, title, source, about, runs, ...judge(played, extent) };
  });
}

type Work = { readonly plan: readonly Run[]; readonly unplayed: Int32Array; readonly rows: Rows };

async function playAll({ plan, unplayed, rows }: Work, request: Request, folder: PaperFolder, terminal: Terminal): Promise<NonNullable<Document["cost"]>> {
  const { extent, names, seed, quiet, json } = request;
  const jobs = Math.min(request.jobs ?? usualJobs(unplayed.length), Math.max(1, unplayed.length));
  const board = new Board({ runs: unplayed.length, players: jobs });
  const effort = new Effort(unplayed.reduce((sum, place) => sum + (plan[place]?.cell.weight ?? 0), 0), unplayed.length);
  const progress = progressFor(effort, unplayed.length, { quiet, json }, terminal);
  const deafen = onInterrupt(() => {
    board.close();
    progress.takeAway();
    if (!quiet) terminal.remark("interrupted: no new run starts; Ctrl-C again stops at once");
  }, () => folder.leave());
  const isOver = ({ place, figures }: Brought): void => {
    const run = plan[place];
    if (run === undefined) return;
    rows.append({ experiment: run.experiment.name, cell: run.cell.name, repetition: run.repetition, figures });
    effort.add(run.cell.weight);
  };
  const [began, used] = [performance.now(), process.cpuUsage()];
  try {
    const task = { extent, names, seed, unplayed };
    if (request.jobs === 1) await playHere(playerOf(task), board, isOver, progress.draw);
    else await playInWorkers((seat) => ({ kind: "paper", task, seat }), board, jobs, isOver);
  } finally {
    deafen();
    progress.takeAway();
  }
  const { user, system } = process.cpuUsage(used);
  return { wallSeconds: Math.round(performance.now() - began) / 1_000, cpuSeconds: Math.round((user + system) / 1_000) / 1_000 };
}
