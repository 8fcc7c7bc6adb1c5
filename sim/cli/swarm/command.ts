/** The swarm: random worlds, one seed after another, until so many are played or the time is up. */

import { exitCode } from "../../measure/verdict.ts";
import type { Terminal } from "../terminal.ts";
import { Batch } from "./batch.ts";
import { swarmReport } from "./report.ts";

export type SwarmOptions = {
  readonly seed: string;
  readonly seeds: number;
  readonly from?: number;
  /** Worlds of twelve members at most? */
  readonly small?: boolean;
  readonly minutes?: number;
  /** Stop at the first world in which an oracle is broken? */
  readonly first?: boolean;
};

const MINUTE = 60_000;

/** Answers with 0 if all held, 1 if an oracle was broken, 2 if one was never put to the test. The worlds of seed s are s/0, s/1 and so on; the small ones s/0/small. */
export function swarm({ seed, seeds, from = 0, small, minutes, first }: SwarmOptions, terminal: Terminal): number {
  const worldOf = (number: number): string => `${seed}/${number}${small === true ? "/small" : ""}`;
  terminal.remark(`swarm: seed=${seed} worlds=${worldOf(from)} to ${worldOf(from + seeds - 1)}${minutes === undefined ? "" : ` minutes=${minutes}`}`);
  const [began, used] = [performance.now(), process.cpuUsage()];
  const batch = new Batch();
  for (let number = from; number < from + seeds; number++) {
    if (minutes !== undefined && performance.now() - began > minutes * MINUTE) break;
    const failure = batch.play(worldOf(number));
    if (failure !== null) terminal.remark(`broken: ${failure.oracle} in world ${failure.seed} at ${failure.at / 1e6} s, ${failure.who}: ${failure.why}`);
    if (failure !== null && first === true) break;
  }
  const { user, system } = process.cpuUsage(used);
  terminal.say(swarmReport(batch, { seed, wallSeconds: (performance.now() - began) / 1_000, cpuSeconds: (user + system) / 1e6 }));
  return exitCode(batch.verdict);
}
