/** `shrink`: from a seed of the swarm, or a scenario that fails, to the smallest scenario that fails in the same way, and how to look at it. */

import { oracleOf, oracles } from "../../oracle/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { scenarioText, type Written } from "../../scenario/write.ts";
import { type Failing, shrink, type Shrunk } from "../../shrink/shrink.ts";
import { writtenOf } from "../../shrink/written.ts";
import { drawWorld } from "../../swarm/draw.ts";
import { playWorld } from "../../swarm/play.ts";
import { isFile, readExperiment, refuseSettings } from "../experiment.ts";
import { type FileKind, OutFile } from "../out/file.ts";
import { exits, Stop } from "../stop.ts";
import { type NamedTerminal, PROGRAM, script } from "../typed.ts";
import { linkTo } from "./link.ts";

export type ShrinkOptions = { readonly oracle?: string; readonly out?: string; readonly seconds: number; readonly set: readonly string[] };

/** Recognised by its head: a file with another head belongs to the user. */
const SHRUNK: FileKind = { what: "what shrink wrote", isOne: (beginning) => /^# .*\n# Broken at /.test(beginning) };

/** Returns 1 if it fails, as was claimed, and 0 if nothing does. Throws a Stop. */
export function shrinkCommand(what: string, { oracle, out, seconds, set }: ShrinkOptions, terminal: NamedTerminal): 0 | 1 {
  if (oracle !== undefined && oracleOf(oracle) === undefined) throw new Stop(exits.usage, `there is no oracle ${oracle}: choose one of ${oracles.map(({ name }) => name).join(", ")}`);
  const file = out === undefined ? null : new OutFile(out, SHRUNK, isFile(what) ? [what] : []);
  const given = isFile(what) ? fromFile(what, set) : fromSeed(what, set);
  terminal.remark(`shrinking ${what}: seed=${given.scenario.seed} seconds=${seconds}`);
  const failing = firstFailure(given, oracle, isFile(what));
  if (failing === undefined) {
    terminal.say(unbroken(what, given.scenario));
    return 0;
  }
  const began = performance.now();
  const shrunk = shrink(failing, { isTimeUp: () => performance.now() - began > seconds * 1_000 });
  if (shrunk === undefined) throw new RangeError("what failed once fails again");
  const text = textOf(failing, shrunk, terminal.program);
  terminal.say(text);
  file?.write((write) => write(text));
  terminal.remark(`${shrunk.attempts} scenarios played in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  return 1;
}

/** Says that there is nothing to shrink or explain; a user with expectations about figures may have thought otherwise. */
export function unbroken(what: string, { expectations }: Scenario): string {
  const ofFigures = expectations.find(({ path: [first] }) => first !== "oracles");
  return `${what} breaks no oracle${ofFigures === undefined ? "" : `; what it expects of figures (${ofFigures.text}) is none`}\n`;
}

function fromSeed(seed: string, set: readonly string[]): { readonly written: Written; readonly scenario: Scenario } {
  if (seed === "") throw new Stop(exits.usage, "name a seed of the swarm, such as 1/4711, or a scenario's file");
  refuseSettings(seed, set);
  return drawWorld(seed);
}

function fromFile(file: string, set: readonly string[]): { readonly written: Written; readonly scenario: Scenario } {
  const { source, scenario } = readExperiment(file, { set });
  return { written: writtenOf(source), scenario };
}

/** The first run that violates an oracle: one that the scenario expects, or any. */
function firstFailure({ written, scenario }: { readonly written: Written; readonly scenario: Scenario }, oracle: string | undefined, toTheEnd: boolean): Failing | undefined {
  const expected = scenario.expectations.flatMap(({ path: [first, name] }) => (first === "oracles" ? [String(name)] : []));
  const names = oracle !== undefined ? [oracle] : expected.length > 0 ? expected : oracles.map(({ name }) => name);
  const watched = oracles.filter(({ name }) => names.includes(name));
  for (let run = 0; run < scenario.runs; run++) {
    const { broken } = playWorld(scenario, { watched, run, toTheEnd });
    if (broken !== null) return { written, oracle: broken.oracle, run };
  }
  return undefined;
}

/** The scenario as a file, with comments on what it shows and how to see it. */
export function textOf({ oracle }: Pick<Failing, "oracle">, { written, run, breach }: Shrunk, program = PROGRAM): string {
  const at = `${breach.at / 1e6}s`;
  const text = scenarioText({ ...written, expect: [oracle] });
  return [
    `# ${oracle}: ${oracleOf(oracle)?.says ?? ""}`,
    `# Broken at ${at}${run === 0 ? "" : `, in run ${run}`}, ${breach.who}: ${breach.why}`,
    `# To look at it: ${program} FILE --trace --out out/shrunk`,
    `#                ${program} trace out/shrunk/run${run}.trace --from ${before(breach.at)} --to ${at} --member ${breach.who}`,
    `# In the browser: ${script("viz", program)}, and open ${linkTo({ text, run, at: breach.at, who: breach.who })}`,
    text,
  ].join("\n");
}

/** A few seconds earlier. */
const before = (at: number): string => `${Math.max(0, Math.floor(at / 1e6) - 5)}s`;
