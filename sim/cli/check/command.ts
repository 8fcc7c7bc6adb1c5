/** `check`: is a run the same wherever it is played? */

import { summarise } from "../../measure/summary.ts";
import { type Changes, readCounted } from "../experiment.ts";
import { table } from "../report/table.ts";
import type { Terminal } from "../terminal.ts";
import { compare, type Difference } from "./compare.ts";
import type { Look } from "./side.ts";

export type CheckOptions = Changes;

const count = (x: number): string => x.toLocaleString("en-US");

/** Returns 0 if all runs are identical, and 1 if one is not: then it shows the first difference. Throws a Stop. */
export async function check(file: string, options: CheckOptions, terminal: Terminal): Promise<0 | 1> {
  const { scenario, hash } = readCounted(file, options, "check");
  terminal.remark(`checking ${scenario.name}: seed=${scenario.seed} runs=${scenario.runs} scenario=${hash} file=${file}`);
  const { results, difference } = await compare(scenario);
  if (difference !== null) {
    terminal.say(differenceText(difference));
    return 1;
  }
  const { runs, events, traceHash } = summarise(scenario, hash, results);
  terminal.say(`identical: ${count(runs)} ${runs === 1 ? "run" : "runs"}, ${count(events)} steps, trace=${traceHash}\n`);
  return 0;
}

/** The steps before the difference, what each side did then, and the state in which it left each. */
export function differenceText(difference: Difference): string {
  const { run, seed } = difference;
  if (difference.kind === "result") return `different: run ${run} (seed ${seed}): every step is the same, but the measurements differ\n`;
  const { step, here, there } = difference;
  return [
    `different: run ${run} (seed ${seed}), step ${count(step)} (the first is 0)`,
    "",
    here.before.length === 0 ? "It is the first step." : "Before it, the same on both sides:",
    ...here.before,
    "",
    "Main thread:",
    stepText(here),
    "Worker thread:",
    stepText(there),
    "",
    "The member's state after it:",
    ...table(figureRows(here, there), "llll"),
    "",
  ].join("\n");
}

const stepText = ({ step }: Look): string => step ?? "  nothing: the run is over here";

/** Each figure of both sides, with a mark where they differ. */
function figureRows(here: Look, there: Look): readonly (readonly string[])[] {
  const [ours, theirs] = [new Map(here.figures), new Map(there.figures)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  const rows = names.map((name) => {
    const [one, other] = [ours.get(name) ?? "–", theirs.get(name) ?? "–"];
    return [one === other ? " " : "≠", name, one, other];
  });
  return [["", "", "main thread", "worker thread"], ...rows];
}
