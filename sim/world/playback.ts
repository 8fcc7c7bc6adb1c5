/** Measures a run that was played elsewhere, from its trace: it is fed line by line, and measured as the simulator measures its own runs. */

import { address, assert, type Effect, type Event, type Instant, instant, type MemberId, nextWake, sizeOfMessage, type State } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { RunResult } from "../measure/result.ts";
import type { Scenario } from "../scenario/model.ts";
import { Fingerprint, stepHash } from "./fingerprint.ts";
import { Script } from "./script.ts";

/** Lines of such a trace that are not in the timeline: the origin, before which nothing counts, and a member that has departed. */
export const marks = { origin: "origin", departed: "departed" } as const;

/** Which run it was: its number, and the seed by which the timeline chose members. */
export type Played = { readonly scenario: Scenario; readonly run: number; readonly seed: string };

const nobodysAddress = address("");
const idle = (): void => {};

/**
 * Takes a trace on a single clock, with the timeline's lines and the marks in it. It chooses the members that each line affects again, and asserts that they are
 * those in the trace: so a trace of another scenario is detected. Whatever comes after the scenario's end is ignored.
 */
export class Playback implements Recorder {
  private readonly run: Played;
  private readonly script: Script;
  private readonly states: (State | null)[];
  private readonly order: readonly number[];
  private origin: Instant | null = null;
  private happened = 0;
  private struck: readonly MemberId[] = [];
  private events = 0;
  private readonly print = new Fingerprint();

  constructor(run: Played) {
    this.run = run;
    this.states = run.scenario.members.map(() => null);
    this.script = new Script({
      scenario: run.scenario,
      seed: run.seed,
      views: (member) => this.states[member]?.view ?? null,
      hands: {
        start: idle, crash: idle, pause: idle, resume: idle, give: idle, addressFor: () => nobodysAddress,
        note: (_, members) => (this.struck = members),
      },
    });
    this.order = this.script.order;
  }

  born(at: Instant, who: MemberId, state: State): void {
    this.holds(this.numbered(who), state, this.momentOf(at));
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[], state: State): void {
    const [member, now] = [this.numbered(who), this.momentOf(at)];
    // A killed process may have written its last lines after the moment of its death.
    if (now !== null && !this.script.truth.isPresent(member)) return;
    this.holds(member, state, now);
    if (now === null) return;
    this.events++;
    this.print.add(stepHash(now, member, event, effects, state, nextWake(state)));
    const { load } = this.script.observer;
    if (event.kind === "exchange-opened") load.stream(event.message.kind, sizeOfMessage(event.message));
    for (const effect of effects) this.count(member, effect, now);
  }

  disrupted(at: Instant, kind: string, members: readonly MemberId[]): void {
    if (kind === marks.origin) return this.begin(at);
    const now = this.momentOf(at);
    if (now === null) return;
    if (kind === marks.departed) {
      for (const who of members) this.script.depart(this.numbered(who), now);
      return;
    }
    // Lines that did not come about are not in the trace.
    while (this.happened < this.order.length && !this.script.happen(this.order[this.happened++]!, now)) continue;
    assert(this.struck.join(" ") === members.join(" "), `a timeline that strikes whom it struck: ${kind} ${members.join(" ")}, not ${this.struck.join(" ")}`);
  }

  /** Figures of the whole run, up to the scenario's end. */
  results(): RunResult {
    assert(this.origin !== null, "a trace that says when the run began");
    const { run: { run, seed, scenario: { duration } }, events } = this;
    this.script.pass(instant(duration));
    return this.script.observer.results({ run, seed, traceHash: this.print.text, events }, duration);
  }

  private begin(at: Instant): void {
    assert(this.origin === null, "a run that begins once");
    this.origin = at;
    this.script.begin();
    for (const member of this.script.present) {
      const state = this.states[member];
      if (state === null || state === undefined) continue;
      this.script.observer.holds(member, state.view, 0);
      this.script.observer.health.becomes(member, state.health);
    }
  }

  /** The time since the origin; null before the origin or after the end. */
  private momentOf(at: Instant): Instant | null {
    if (this.origin === null || at < this.origin || at - this.origin > this.run.scenario.duration) return null;
    const now = instant(at - this.origin);
    this.script.pass(now);
    return this.script.clock;
  }

  private holds(member: number, state: State, now: Instant | null): void {
    const before = this.states[member];
    this.states[member] = state;
    if (now === null) return;
    const { observer } = this.script;
    if (before?.view !== state.view) observer.holds(member, state.view, now);
    if (before?.health !== state.health) observer.health.becomes(member, state.health);
  }

  private count(member: number, effect: Effect, now: Instant): void {
    const { observer } = this.script;
    switch (effect.kind) {
      case "send":     return observer.load.datagram(effect.message.kind, effect.size);
      case "exchange": return observer.load.opened();
      case "answer":   return observer.load.stream(effect.message.kind, sizeOfMessage(effect.message));
      case "announce": return observer.announced(member, effect.change, now);
    }
  }

  private numbered(who: MemberId): number {
    const member = this.script.numberOf.get(who);
    assert(member !== undefined, `a member of the scenario: ${who}`);
    return member;
  }
}
