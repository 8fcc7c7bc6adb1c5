/** Plays an experiment in slices, so that questions are answered in between: writes it to a tape and to a chronicle at once. */

import { instant } from "../../engine/index.ts";
import { type RunResult, type Scenario, World } from "../../sim/index.ts";
import { compileScenario, isSeed, scenarioHash } from "../../sim/scenario/index.ts";
import type { Oracle } from "../../sim/oracle/index.ts";
import { TraceWriter } from "../../trace/index.ts";
import type { Experiment } from "../model/run.ts";
import type { Chronicle } from "./chronicle.ts";
import { isJudged, Judge } from "./judge.ts";
import { withEdits } from "./edit.ts";
import type { Mistake } from "./protocol.ts";
import type { Tape } from "./tape.ts";

/** Reads the files that `extends` names. */
export type ReadFile = (path: string) => string;

export type Compiled =
  | { readonly ok: true; readonly scenario: Scenario; readonly source: string }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** A compiled scenario, with its edits. */
export function compile({ file, text, seed, edits }: Omit<Experiment, "run">, read: ReadFile): Compiled {
  if (seed !== null && !isSeed(seed)) {
    return { ok: false, mistakes: [{ file, line: 1, column: 1, message: "a seed is a word or a number of at most 100 characters on one line" }] };
  }
  const settings = seed === null ? [] : [`seed=${JSON.stringify(seed)}`];
  const compiled = compileScenario(withEdits(text, edits), { file, read, settings });
  if (compiled.ok) return compiled;
  return { ok: false, mistakes: compiled.errors.map(({ file, line, column, message }) => ({ file, line, column, message })) };
}

/** A run being played. */
export class Player {
  private readonly world: World;
  private readonly writer: TraceWriter;
  private readonly duration: number;
  private readonly judge: Judge | null;
  private isOver = false;

  constructor(scenario: Scenario, source: string, run: number, tape: Tape, chronicle: Chronicle, oracles?: readonly Oracle[]) {
    this.duration = scenario.duration;
    this.writer = new TraceWriter((bytes) => tape.add(bytes), {
      madeBy: "swimlab", scenario: scenario.name, hash: scenarioHash(scenario), seed: scenario.seed, run, source,
    });
    this.judge = isJudged(scenario) ? new Judge(scenario, () => this.world, chronicle, oracles) : null;
    const { writer, judge } = this;
    this.world = new World(scenario, run, {
      born: (...told) => { writer.born(...told); chronicle.born(...told); judge?.recorder.born?.(...told); },
      stepped: (...told) => { writer.stepped(...told); chronicle.stepped(...told); judge?.recorder.stepped?.(...told); },
      disrupted: (...told) => { writer.disrupted(...told); chronicle.disrupted(...told); judge?.recorder.disrupted?.(...told); },
    });
    this.world.begin();
  }

  /** How much of the run has been played, in [0, 1]. */
  get share(): number {
    return this.isOver ? 1 : Math.min(1, this.world.clock / this.duration);
  }

  /** Plays this many events more; returns the result once the run is over. */
  goOn(most: number): RunResult | null {
    if (!this.world.goOn(most)) {
      this.judge?.look();
      return null;
    }
    this.isOver = true;
    const result = this.world.play();
    this.judge?.end(this.world.clock);
    this.writer.end();
    return result;
  }
}

/** The end of a scenario's run. */
export const endOf = ({ duration }: Scenario): ReturnType<typeof instant> => instant(duration);

/** The numbers of the faults of its timeline across which everything waits. */
export const jamsIn = ({ timeline }: Scenario): ReadonlySet<number> =>
  new Set(timeline.flatMap(({ action }, index) => (action.kind === "partition" && action.crossing?.kind === "jam" ? [index] : [])));

/** The zone of each member: the value of its first tag. */
export const zonesOf = ({ members }: Scenario): ReadonlyMap<string, string> =>
  new Map(members.flatMap(({ name, tags }) => Object.values(tags).slice(0, 1).map((zone): [string, string] => [name, zone])));
