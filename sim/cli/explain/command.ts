/** `explain`: shows from when on a run had to fail. */

import { explain, type Explained, type Point } from "../../explain/explain.ts";
import { oracles } from "../../oracle/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { drawWorld } from "../../swarm/draw.ts";
import { playWorld } from "../../swarm/play.ts";
import { isFile, readExperiment, refuseSettings } from "../experiment.ts";
import { unbroken } from "../shrink/command.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";

export type ExplainOptions = { readonly oracle?: string; readonly moments: number; readonly tries: number; readonly seconds: number; readonly set: readonly string[] };

/** Returns 1 if the scenario violates an oracle, as was claimed, and 0 if it violates none. Throws a Stop. */
export function explainCommand(what: string, { oracle, moments, tries, seconds, set }: ExplainOptions, terminal: Terminal): 0 | 1 {
  if (!isFile(what)) refuseSettings(what, set);
  const scenario = isFile(what) ? readExperiment(what, { set }).scenario : drawWorld(what).scenario;
  const watched = oracles.filter(({ name, kind }) => (oracle === undefined ? kind !== "sometimes" : name === oracle));
  if (watched.length === 0) throw new Stop(exits.usage, `there is no oracle ${oracle ?? ""}: choose one of ${oracles.map(({ name }) => name).join(", ")}`);
  terminal.remark(`explaining ${what}: seed=${scenario.seed} moments=${moments} tries=${tries} seconds=${seconds}`);
  for (let run = 0; run < scenario.runs; run++) {
    const { broken } = playWorld(scenario, { watched, run, toTheEnd: true });
    if (broken === null) continue;
    const began = performance.now();
    const explained = explain(scenario, run, broken.oracle, { moments, tries, isTimeUp: () => performance.now() - began > seconds * 1_000 });
    if (explained === undefined) throw new RangeError("what failed once fails again");
    terminal.say(explanation(scenario, run, explained));
    return 1;
  }
  terminal.say(unbroken(what, scenario));
  return 0;
}

const BAR = 40;

function explanation(scenario: Scenario, run: number, { oracle, breach, points, jumps }: Explained): string {
  const [first] = jumps;
  return `${[
    `${oracle} is broken in run ${run} at ${breach.at / 1e6} s, ${breach.who}: ${breach.why}`,
    "",
    "How likely that was, had chance been another from then on",
    ...points.map(lineOf),
    "",
    ...(first === undefined ? ["it never jumps: it was as likely all along"] : jumps.slice(0, 3).map(({ from, to }) => `decided between ${inSeconds(from.at)} and ${inSeconds(to.at)}: from ${percent(from.share)} to ${percent(to.share)}${meanwhile(scenario, from.at, to.at)}`)),
    `explained=${oracle} run=${run} seed=${scenario.seed}`,
  ].join("\n")}\n`;
}

const lineOf = ({ at, share, ci95: [low, high], tried }: Point): string =>
  `  ${inSeconds(at).padStart(10)}  ${percent(share).padStart(5)}  [${percent(low ?? 0)} to ${percent(high ?? 1)} of ${tried}]`.padEnd(46) + "█".repeat(Math.round(share * BAR));

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const inSeconds = (at: number): string => `${at / 1e6} s`;

/** What the timeline did in between. */
function meanwhile({ timeline }: Scenario, from: number, to: number): string {
  const kinds = timeline.filter(({ at }) => at > from && at <= to).map(({ at, action }) => `${action.kind} at ${inSeconds(at)}`);
  return kinds.length === 0 ? "" : ` (${kinds.join(", ")})`;
}
