/** `swarm`: plays random worlds by their seeds, until there are enough or the time is up. */

import { exitCode } from "../../measure/verdict.ts";
import { LONGEST_WORLD } from "../../swarm/draw.ts";
import { refuseNoSeed } from "../experiment.ts";
import { usualJobs } from "../orders.ts";
import { Board } from "../play/board.ts";
import { playHere, playInWorkers } from "../play/crew.ts";
import { onInterrupt } from "../play/interrupt.ts";
import { progressFor } from "../play/progress.ts";
import { exits } from "../stop.ts";
import type { NamedTerminal } from "../typed.ts";
import { Batch } from "./batch.ts";
import { swarmReport } from "./report.ts";
import { type Shown, showWorld, type SwarmTask, worldOf } from "./world.ts";

export type SwarmOptions = {
  readonly seed: string;
  readonly seeds: number;
  readonly from?: number;
  /** Worlds of at most twelve members? */
  readonly small?: boolean;
  readonly minutes?: number;
  /** Stop at the first world in which an oracle is violated? */
  readonly first?: boolean;
  readonly jobs?: number;
  readonly quiet?: boolean;
};

const MINUTE = 60_000;
/** The most characters of a seed: they leave room for the number of its last world, and for `/small`. */
const LONGEST_SEED = LONGEST_WORLD - "/1999999/small".length;

/** Returns 0 if all held, 1 if an oracle was violated, 2 if one was never tested; after Ctrl-C, reports what was played and returns its exit code. */
export async function swarm(options: SwarmOptions, terminal: NamedTerminal): Promise<number> {
  const { seed, seeds, from = 0, small, minutes, first, jobs = usualJobs(seeds) } = options;
  refuseNoSeed(seed, LONGEST_SEED);
  const task: SwarmTask = { seed, from, isSmall: small === true };
  const remark = options.quiet === true ? () => {} : terminal.remark;
  const [began, used] = [performance.now(), process.cpuUsage()];
  const players = Math.min(jobs, seeds);
  const board = new Board({ runs: seeds, players });
  const batch = new Batch();
  let isInterrupted = false;
  const deafen = onInterrupt(() => {
    isInterrupted = true;
    board.close();
    progress.takeAway();
    remark("interrupted: no new world starts; Ctrl-C again stops at once");
  }, () => {});
  remark(`swarm: seed=${seed} worlds=${worldOf(task, 0)} to ${worldOf(task, seeds - 1)} jobs=${players}${minutes === undefined ? "" : ` minutes=${minutes}`}`);
  const progress = progressFor(board, seeds, options, terminal, "worlds");
  const isOver = (shown: Shown): void => {
    batch.add(shown);
    const { failure } = shown;
    if (failure !== null) remark(`broken: ${failure.oracle} in world ${failure.seed} at ${failure.at / 1e6} s, ${failure.who}: ${failure.why}`);
    const isLate = minutes !== undefined && performance.now() - began > minutes * MINUTE;
    if (isLate || (failure !== null && first === true)) board.close();
    progress.draw();
  };
  try {
    if (players === 1) await playHere((nth) => showWorld(task, nth), board, isOver, progress.draw);
    else await playInWorkers<Shown>((seat) => ({ kind: "swarm", task, seat }), board, players, isOver);
  } finally {
    deafen();
    progress.takeAway();
  }
  const { user, system } = process.cpuUsage(used);
  terminal.say(swarmReport(batch, { program: terminal.program, seed, wallSeconds: (performance.now() - began) / 1_000, cpuSeconds: (user + system) / 1e6 }));
  return isInterrupted ? exits.interrupted : exitCode(batch.verdict);
}
