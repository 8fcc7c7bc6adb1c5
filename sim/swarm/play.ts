/** Plays one world of the swarm before the jury for as long as there is something to learn. */

import { type Instant, micros, type step } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import { type Breach, type Finding, lastTroubleAt, type Oracle, oracles, playJudged } from "../oracle/index.ts";
import type { Scenario } from "../scenario/model.ts";

export type Played = {
  readonly findings: ReadonlyMap<string, Finding>;
  /** The first oracle that was violated. */
  readonly broken: (Breach & { readonly oracle: string }) | null;
  readonly events: number;
  readonly simulatedSeconds: number;
  readonly traceHash: string;
};

/** How long the group is watched at least after trouble has ended: messages under way arrive, and suspicions end. */
const AFTERMATH = micros(15_000_000);

export type PlayManner = {
  readonly recorder?: Recorder;
  readonly rule?: typeof step;
  readonly watched?: readonly Oracle[];
  readonly run?: number;
  /** Continue to the scenario's end, even if nothing is awaited? */
  readonly toTheEnd?: boolean;
  readonly fork?: { readonly at: Instant; readonly seed: string };
};

/** Plays until an oracle is violated, or nothing is awaited any more. */
export function playWorld(scenario: Scenario, { recorder, rule, watched = oracles, run = 0, fork, toTheEnd = false }: PlayManner = {}): Played {
  const calm = lastTroubleAt(scenario) + AFTERMATH;
  const { findings, result } = playJudged(scenario, run, watched, {
    ...(recorder === undefined ? {} : { recorder }),
    ...(rule === undefined ? {} : { rule }),
    ...(fork === undefined ? {} : { fork }),
    isEnough: (jury, now) => jury.isBroken() || (!toTheEnd && now >= calm && !jury.isWaiting()),
  });
  const broken = [...findings].flatMap(([oracle, { breach }]) => (breach === null ? [] : [{ oracle, ...breach }])).toSorted((one, other) => one.at - other.at);
  return { findings, broken: broken[0] ?? null, events: result.events, simulatedSeconds: result.simulatedSeconds, traceHash: result.traceHash };
}
