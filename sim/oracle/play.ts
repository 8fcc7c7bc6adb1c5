/** Plays a run before the jury. */

import { after, instant, micros, type Instant, type step } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { RunResult } from "../measure/result.ts";
import type { Scenario } from "../scenario/model.ts";
import { World } from "../world/world.ts";
import { Jury } from "./jury.ts";
import type { Finding, Oracle } from "./oracle.ts";

/** A run that oracles watched. */
export type Judged = {
  readonly result: RunResult;
  /** By oracle name, in the order of the oracles. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** When we stopped watching: before the scenario's end if nothing more could be learnt. */
  readonly endedAt: Instant;
};

export type Manner = {
  /** Called after each stretch of the run: has enough been seen? */
  readonly isEnough?: (jury: Jury, now: Instant) => boolean;
  /** A second recorder. */
  readonly recorder?: Recorder;
  /** From this moment on, all randomness comes from another seed. */
  readonly fork?: { readonly at: Instant; readonly seed: string };
  /** Replaces the engine in tests, to show that an oracle can be violated. */
  readonly rule?: typeof step;
};

/** The length of a stretch. */
const STRETCH = micros(2_000_000);

/** Plays a run and lets these oracles judge it. */
export function playJudged(scenario: Scenario, run: number, oracles: readonly Oracle[], { isEnough, recorder, rule, fork }: Manner = {}): Judged {
  let world: World | null = null;
  const ids = scenario.members.map(({ name }) => name as World["ids"][number]);
  const jury = new Jury(oracles, () => world!, ids);
  world = new World(scenario, run, recorder === undefined ? jury.recorder : both(recorder, jury.recorder), rule);
  const end = instant(scenario.duration);
  let now = fork?.at ?? instant(0);
  if (fork !== undefined) {
    world.playTo(fork.at);
    world.reseed(fork.seed);
  }
  while (now < end) {
    now = instant(Math.min(end, after(now, STRETCH)));
    world.playTo(now);
    if (isEnough?.(jury, now) === true) break;
  }
  return { findings: jury.verdict(now), result: world.results(), endedAt: now };
}

/** Passes everything to both recorders, one after the other. */
export const both = (one: Recorder, other: Recorder): Recorder => ({
  born(at, who, state) {
    one.born?.(at, who, state);
    other.born?.(at, who, state);
  },
  stepped(at, who, event, effects, state) {
    one.stepped?.(at, who, event, effects, state);
    other.stepped?.(at, who, event, effects, state);
  },
  disrupted(at, kind, members, rift) {
    one.disrupted?.(at, kind, members, rift);
    other.disrupted?.(at, kind, members, rift);
  },
});
