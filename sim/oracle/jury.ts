/** The jury: all oracles in one run. It sits where a recorder sits, and changes nothing. */

import type { Effect, Event, Instant, MemberId, State } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Breach, Finding, Oracle, Scene, Watcher } from "./oracle.ts";

type Juror = { readonly oracle: Oracle; readonly watcher: Watcher; tested: number; breach: Breach | null };

/** All oracles of a run. */
export class Jury {
  readonly recorder: Recorder;
  private readonly oracles: readonly Oracle[];
  private readonly worldOf: () => Omit<Scene, "stateOf" | "isSlow">;
  /** They take their seats when the first member is born: before that there is no world to look at. */
  private jurors: readonly Juror[] = [];
  private readonly numbers: ReadonlyMap<MemberId, number>;
  private readonly ids: readonly MemberId[];
  /** The last state of each member, and null for who never ran. */
  private readonly states: (State | null)[];
  /** Those whose machines are slow. */
  private readonly slow = new Set<number>();
  /** When something changed that has not settled yet; at the origin, everything. */
  private unsettledSince: Instant | null = null;
  private hasBegun = false;

  /** `oracles` watch this world, which is asked for when it exists. Hand `recorder` to it. */
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

  /** The run is over. Answers with what each oracle found. */
  verdict(at: Instant): ReadonlyMap<string, Finding> {
    this.settle();
    for (const { watcher } of this.jurors) watcher.ended?.(at);
    return this.findings();
  }

  /** What was found so far. */
  findings(): ReadonlyMap<string, Finding> {
    return new Map(this.jurors.map(({ oracle, tested, breach }) => [oracle.name, { tested, breach }]));
  }

  /** Has this one been broken? Any, without a name. */
  isBroken(name?: string): boolean {
    return this.jurors.some(({ oracle, breach }) => breach !== null && (name === undefined || oracle.name === name));
  }

  /** How often this one was put to the test. */
  testsOf(name: string): number {
    return this.jurors.find(({ oracle }) => oracle.name === name)?.tested ?? 0;
  }

  /** Members are shown as they are before the step that is being recorded, which the world has taken already. */
  private seats(): readonly Juror[] {
    const { scenario, ids, truth, network } = this.worldOf();
    const scene: Scene = { scenario, ids, truth, network, stateOf: (member) => this.states[member] ?? null, isSlow: (member) => this.slow.has(member) };
    return this.oracles.map((oracle) => this.jurorFor(oracle, scene));
  }

  /** Does any of them wait for something? */
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

  /** What happens is recorded before it takes effect: who looks now would see the world as it was. */
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
