/** The jury: all oracles in one run. It is a recorder, and changes nothing. */

import type { Effect, Event, Instant, MemberId, State } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Breach, Finding, Oracle, Scene, Watcher } from "./oracle.ts";

type Juror = { readonly oracle: Oracle; readonly watcher: Watcher; tested: number; breach: Breach | null };

/** All oracles of a run. */
export class Jury {
  readonly recorder: Recorder;
  private readonly oracles: readonly Oracle[];
  private readonly worldOf: () => Omit<Scene, "stateOf" | "isSlow">;
  /** Created when the first member starts: before that there is no world to look at. */
  private jurors: readonly Juror[] = [];
  private readonly numbers: ReadonlyMap<MemberId, number>;
  private readonly ids: readonly MemberId[];
  /** The last state of each member; null if it never ran. */
  private readonly states: (State | null)[];
  /** Members whose machines are slow. */
  private readonly slow = new Set<number>();
  /** Since when a change has not been settled; at the origin, everything is new. */
  private unsettledSince: Instant | null = null;
  private hasBegun = false;

  /** `worldOf` is called once the world exists. Pass `recorder` to that world. */
  constructor(oracles: readonly Oracle[], worldOf: () => Omit<Scene, "stateOf" | "isSlow">, ids: readonly MemberId[]) {
    this.oracles = oracles;
    this.worldOf = worldOf;
    this.ids = ids;
    this.numbers = new Map(ids.map((id, member) => [id, member]));
    this.states = ids.map(() => null);
    this.recorder = {
      born: (at, who, state) => this.born(at, who, state),
      stepped: (at, who, event, effects, state) => this.stepped(at, who, event, effects, state),
      disrupted: (at, kind, members) => this.disrupted(at, kind, members),
    };
  }

  /** Call it at the end of the run. Returns the findings of each oracle. */
  verdict(at: Instant): ReadonlyMap<string, Finding> {
    this.settle();
    for (const { watcher } of this.jurors) watcher.ended?.(at);
    return this.findings();
  }

  /** The findings so far. */
  findings(): ReadonlyMap<string, Finding> {
    return new Map(this.jurors.map(({ oracle, tested, breach }) => [oracle.name, { tested, breach }]));
  }

  /** Has this oracle been violated? Without a name: has any? */
  isBroken(name?: string): boolean {
    return this.jurors.some(({ oracle, breach }) => breach !== null && (name === undefined || oracle.name === name));
  }

  /** How often this oracle was tested. */
  testsOf(name: string): number {
    return this.jurors.find(({ oracle }) => oracle.name === name)?.tested ?? 0;
  }

  /** Oracles see members as they are before the step that is being recorded, which the world has already taken. */
  private seats(): readonly Juror[] {
    const { scenario, ids, truth, network } = this.worldOf();
    const scene: Scene = { scenario, ids, truth, network, stateOf: (member) => this.states[member] ?? null, isSlow: (member) => this.slow.has(member) };
    return this.oracles.map((oracle) => this.jurorFor(oracle, scene));
  }

  /** Does any oracle wait for something? */
  isWaiting(): boolean {
    this.settle();
    return this.jurors.some(({ watcher }) => watcher.isWaiting?.() === true);
  }

  private jurorFor(oracle: Oracle, scene: Scene): Juror {
    const { ids, numbers } = this;
    const juror: { -readonly [Key in keyof Juror]: Juror[Key] } = { oracle, watcher: {}, tested: 0, breach: null };
    juror.watcher = oracle.watch({
      scene,
      numberOf: (id) => numbers.get(id),
      tested: (times = 1) => void (juror.tested += times),
      broken: (at, who, why) => void (juror.breach ??= { at, who: ids[who] ?? ids[0]!, why }),
    });
    return juror;
  }

  private born(at: Instant, who: MemberId, state: State): void {
    if (this.jurors.length === 0) this.jurors = this.seats();
    this.unsettledSince ??= this.hasBegun ? null : at;
    const number = this.numbers.get(who) ?? 0;
    this.states[number] = state;
    for (const { watcher } of this.jurors) watcher.born?.(at, number, state);
  }

  private stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[], after: State): void {
    this.settle();
    const number = this.numbers.get(who) ?? 0;
    const before = this.states[number] ?? after;
    this.states[number] = after;
    const taken = { at, who: number, before, event, effects, after };
    for (const { watcher } of this.jurors) watcher.stepped?.(taken);
    // The process ends as soon as this has been recorded.
    if (after.phase.kind === "departed" && before.phase.kind !== "departed") this.unsettledSince = at;
  }

  /** A line is recorded before it takes effect: looking now would show the world as it was. */
  private disrupted(at: Instant, kind: string, members: readonly MemberId[]): void {
    this.settle();
    this.unsettledSince = at;
    const numbers = members.flatMap((id) => this.numbers.get(id) ?? []);
    if (kind === "slow") for (const number of numbers) this.slow.add(number);
    if (kind === "hasten") for (const number of numbers) this.slow.delete(number);
    for (const { watcher } of this.jurors) watcher.struck?.(kind, numbers);
  }

  private settle(): void {
    const at = this.unsettledSince;
    if (at === null) return;
    this.unsettledSince = null;
    this.hasBegun = true;
    for (const { watcher } of this.jurors) watcher.changed?.(at);
  }
}
