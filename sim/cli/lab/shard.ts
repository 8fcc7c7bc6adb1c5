/** The part of a sweep that this machine plays: given explicitly, or by the scheduler of an array job. */

import type { Shard } from "../../lab/model.ts";
import { exits, Stop } from "../stop.ts";

const MOST_SHARDS = 100_000;

/** `i/n`, from 1 to n; or `auto`. Null if nothing was given. Throws a Stop. */
export function shardOf(written: string | undefined, environment: NodeJS.ProcessEnv = process.env): Shard | null {
  if (written === undefined) return null;
  if (written === "auto") return automatic(environment);
  const [, index = "", of = ""] = /^(\d{1,6})\/(\d{1,6})$/.exec(written) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (index !== "" && shard.index >= 1 && shard.index <= shard.of && shard.of <= MOST_SHARDS) return shard;
  throw new Stop(exits.usage, `--shard ${written} is impossible: write auto, or i/n with i from 1 to n, such as 2/8`);
}

/** Slurm numbers tasks as its user likes, and gives the smallest number and the count; Kubernetes counts from 0, and the job file has to give the count. */
function automatic(environment: NodeJS.ProcessEnv): Shard {
  const { SLURM_ARRAY_TASK_ID: task, SLURM_ARRAY_TASK_MIN: least = "0", SLURM_ARRAY_TASK_MAX: greatest, SLURM_ARRAY_TASK_STEP: step = "1", SLURM_ARRAY_TASK_COUNT: count } = environment;
  if (task !== undefined) {
    const width = number("SLURM_ARRAY_TASK_STEP", step) || 1;
    const index = (number("SLURM_ARRAY_TASK_ID", task) - number("SLURM_ARRAY_TASK_MIN", least)) / width + 1;
    const of = count === undefined ? (number("SLURM_ARRAY_TASK_MAX", greatest) - number("SLURM_ARRAY_TASK_MIN", least)) / width + 1 : number("SLURM_ARRAY_TASK_COUNT", count);
    return checked(index, of, "Slurm's array has gaps: submit it with --array=1-N");
  }
  const { JOB_COMPLETION_INDEX: completion, JOB_COMPLETIONS: completions } = environment;
  if (completion !== undefined) {
    if (completions === undefined) throw new Stop(exits.usage, "Kubernetes gives a task's index but not the number of tasks: set JOB_COMPLETIONS in the job file to the value of completions");
    return checked(number("JOB_COMPLETION_INDEX", completion) + 1, number("JOB_COMPLETIONS", completions), "JOB_COMPLETIONS is less than the value of completions");
  }
  throw new Stop(exits.usage, "--shard auto: neither Slurm (SLURM_ARRAY_TASK_ID) nor Kubernetes (JOB_COMPLETION_INDEX) tells which part this is: write --shard i/n");
}

function number(name: string, text: string | undefined): number {
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  throw new Stop(exits.usage, `--shard auto: ${name} is ${text ?? "missing"}, but must be a whole number`);
}

function checked(index: number, of: number, why: string): Shard {
  if (Number.isInteger(index) && Number.isInteger(of) && index >= 1 && index <= of && of <= MOST_SHARDS) return { index, of };
  throw new Stop(exits.usage, `--shard auto: part ${index} of ${of} makes no sense: ${why}`);
}
