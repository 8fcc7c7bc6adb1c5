/** A recorder that checks every step of every member in a run, and remembers what happened. */

import { brokenBetween, brokenIn, differences, type MemberId, type State } from "../../engine/index.ts";
import type { Recorder } from "../../sim/index.ts";

export type Watch = {
  readonly recorder: Recorder;
  /** What was broken, by whom and when; empty, if we are right about ourselves. */
  readonly broken: readonly string[];
  /** The last state of each member. */
  readonly states: ReadonlyMap<MemberId, State>;
  /** The kinds of what was announced. */
  readonly announced: ReadonlySet<string>;
};

export function watch(): Watch {
  const broken: string[] = [];
  const states = new Map<MemberId, State>();
  const announced = new Set<string>();
  /** The highest incarnation that each member ever gave itself. */
  const lives = new Map<MemberId, number>();
  const note = (at: number, who: MemberId, names: readonly string[]): void => { for (const name of names) broken.push(`${at} ${who}: ${name}`); };
  const live = ({ self }: State): void => { lives.set(self.id, Math.max(self.incarnation, lives.get(self.id) ?? 0)); };
  return {
    broken, states, announced,
    recorder: {
      born(at, who, state) {
        live(state);
        states.set(who, state);
        note(at, who, brokenIn(state));
      },
      stepped(at, who, event, effects, state) {
        const before = states.get(who);
        live(state);
        states.set(who, state);
        for (const effect of effects) if (effect.kind === "announce") announced.add(effect.change.kind);
        if (before === undefined) return note(at, who, ["a step before birth"]);
        note(at, who, [...brokenIn(state), ...brokenBetween(before, event, state), ...inventedLives(before, state, lives)]);
      },
    },
  };
}

/** Incarnations that their owners have never had. */
function inventedLives(before: State, after: State, lives: ReadonlyMap<MemberId, number>): readonly string[] {
  const changed = before.view === after.view ? [] : differences(before.view, after.view);
  return changed.flatMap(({ theirs }) =>
    theirs !== undefined && theirs.incarnation > (lives.get(theirs.id) ?? 0) ? [`${theirs.id} never had a life ${theirs.incarnation}`] : []);
}
