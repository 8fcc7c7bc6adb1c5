/** The chronicle of a run: everything that is known about the whole run, recorded while it is played, or replayed once from its beginning. */

import { differences, type Effect, type Event, type Instant, type Member, type MemberId, membersOf, NEVER, ORIGIN, sizeOfMessage, type State, subject } from "../../engine/index.ts";
import { SharedViews } from "../../sim/index.ts";
import { contentsOf, type Held, keyOf, Pending, type Recorder, type Rift } from "../../trace/index.ts";
import type { BrokenPromise, DisruptionFact, FaultFact, MemberNumber, OutageFact } from "../model/run.ts";
import { codeIn, type ExistenceWord, lineKinds, type LineWord } from "../model/words.ts";
import { Concord } from "./concord.ts";
import { CurveBook } from "./curves.ts";
import { Lines, Messages, NONE } from "./lines.ts";
import { carriesOf, kindOfMessage } from "./message-key.ts";
import { Promises } from "./promises.ts";
import { Roster } from "./roster.ts";
import { Sayings } from "./sayings.ts";
import { Skews } from "./skews.ts";
import { becomes } from "./truth.ts";
import { TruthBook } from "./truth-book.ts";

export class Chronicle implements Recorder {
  readonly roster = new Roster();
  readonly lines = new Lines();
  readonly messages = new Messages();
  readonly sayings = new Sayings();
  readonly disruptions: DisruptionFact[] = [];
  readonly faults: FaultFact[] = [];
  readonly outages: OutageFact[] = [];
  readonly broken: BrokenPromise[] = [];
  readonly curves = new CurveBook();
  readonly truths = new TruthBook();
  readonly skews = new Skews();
  private readonly truth = this.truths.now;
  private readonly concord = new Concord(this.truth, this.roster);
  private readonly pending = new Pending();
  private readonly promises = new Promises();
  /** Shares equal views, here and in cursors. */
  readonly views = new SharedViews(16_384);
  private readonly states: (State | undefined)[] = [];
  /** Streams that wait for their answers: by the member asked and the exchange's number; the asker. */
  private readonly exchanges = new Map<string, MemberNumber>();
  private readonly openFaults = new Map<number, number>();
  private readonly openOutages = new Map<MemberNumber, number>();
  until: Instant = ORIGIN;
  /** Does this recording say which members really run? If not, every known member counts as running. */
  readonly hasTruth: boolean;

  /** The numbers of faults across which everything waits, as known from the scenario. */
  private readonly jams: ReadonlySet<number>;

  constructor(hasTruth = true, jams: ReadonlySet<number> = new Set()) {
    this.hasTruth = hasTruth;
    this.jams = jams;
  }

  born(at: Instant, who: MemberId, state: State): void {
    const number = this.roster.born(who, state);
    const line = this.begin(at, number, "born");
    this.truths.change(line, (truth) => truth.become(number, "running"));
    this.endOutage(number, at);
    if (!this.hasTruth) this.meet(line, membersOf(state.view));
    this.keep(number, state);
    this.promises.holds(number, state);
  }

  disrupted(at: Instant, action: string, members: readonly MemberId[], rift?: Rift): void {
    const numbers = members.flatMap((id) => this.roster.numberOf(id) ?? []);
    const line = this.begin(at, NONE, "disrupted");
    this.disruptions.push({ line, at, action, members: numbers });
    const existence = becomes[action];
    if (existence !== undefined) {
      this.truths.change(line, (truth) => { for (const who of numbers) truth.become(who, existence); });
      for (const who of numbers) this.changeOutage(who, existence, at);
    }
    if (rift !== undefined) this.part(line, rift, action, at);
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[], state: State): void {
    const number = this.roster.numberOf(who) ?? 0;
    const line = this.begin(at, number, event.kind);
    this.skews.saw(line, number, event.now - at);
    const before = this.states[number];
    if ("message" in event) this.receive(line, number, event);
    effects.forEach((effect, place) => this.take(line, number, effect, place));
    if (!this.hasTruth && before !== undefined && before.view !== state.view) {
      this.meet(line, differences(before.view, state.view).flatMap(({ theirs }) => theirs ?? []));
    }
    this.keep(number, state);
    for (const name of this.promises.brokenBy(number, event, state, this.roster.ids.length)) {
      this.broken.push({ line, at, who: number, name, sentence: `invariant violated by ${who}: ${name}` });
    }
  }

  /** Members in a view whose own recording may be missing. */
  private meet(line: number, members: readonly Member[]): void {
    for (const member of members) {
      if (this.roster.numberOf(member.id) !== undefined) continue;
      const number = this.roster.met(member);
      this.truths.change(line, (truth) => truth.become(number, "running"));
    }
  }

  /** A chunk begins with this line, and with these states: equal to those at the end of the last chunk, unless lines are missing in between. */
  resume(first: number, at: Instant, states: readonly Held[]): void {
    if (this.lines.count < first) this.pass(first, at, states);
    for (const [who, state] of states) {
      const number = this.roster.numberOf(who);
      if (number !== undefined) this.promises.holds(number, state);
    }
  }

  /** Lines up to this number are missing: afterwards only the members' states are known again. */
  private pass(first: number, at: Instant, states: readonly Held[]): void {
    while (this.lines.count < first) this.begin(at, NONE, "missing");
    for (const [who, state] of states) {
      const number = this.roster.numberOf(who) ?? this.roster.born(who, state);
      if (this.truth.of(number) === 0) this.truths.change(first - 1, (truth) => truth.become(number, state.phase.kind === "departed" ? "departed" : "running"));
      this.keep(number, state);
    }
  }

  /** A violation of an oracle: inserted in the order of lines, whenever it was found. */
  broke(promise: BrokenPromise): void {
    const place = this.broken.findLastIndex(({ line }) => line <= promise.line);
    this.broken.splice(place + 1, 0, promise);
  }

  private keep(who: MemberNumber, state: State): void {
    const view = this.views.share(state.view);
    const kept = view === state.view ? state : { ...state, view };
    this.states[who] = kept;
    this.concord.holds(who, kept);
  }

  private begin(at: Instant, who: number, kind: LineWord): number {
    const { lines } = this;
    const line = lines.count;
    if (at > this.until || line === 0) this.curves.pass(at, this.concord.share(), this.concord.meanHealth());
    this.until = at;
    lines.at.push(at);
    lines.who.push(who);
    lines.kind.push(codeIn(lineKinds, kind));
    lines.received.push(-1);
    lines.sends.push(this.messages.count);
    return line;
  }

  private receive(line: number, who: MemberNumber, event: Extract<Event, { message: unknown }>): void {
    const source = this.roster.at(event.from);
    if (source === undefined) return;
    const isStreamed = event.kind !== "received";
    const message = this.pending.received(keyOf(source, who, kindOfMessage(event.message, isStreamed), contentsOf(event.message)));
    if (event.kind === "exchange-opened") this.exchanges.set(`${who} ${event.exchange}`, source);
    if (message < 0) return;
    const { messages } = this;
    this.lines.received.set(line, message);
    if (messages.arrivesIn.at(message) === NONE) {
      messages.arrivesIn.set(message, line);
      messages.arrivesAt.set(message, this.until);
    } else messages.twins.set(message, [...(messages.twins.get(message) ?? []), line]);
  }

  private take(line: number, who: MemberNumber, effect: Effect, place: number): void {
    switch (effect.kind) {
      case "send":     return this.send(line, who, place, this.roster.at(effect.to), effect, false);
      case "exchange": return this.send(line, who, place, this.roster.at(effect.with), { ...effect, size: sizeOfMessage(effect.message) }, true);
      case "answer": {
        const asker = this.exchanges.get(`${who} ${effect.exchange}`);
        this.exchanges.delete(`${who} ${effect.exchange}`);
        return this.send(line, who, place, asker, { ...effect, size: sizeOfMessage(effect.message) }, true);
      }
      case "announce": {
        this.sayings.add(this.until, line, who, effect.change, this.hasTruth ? this.truth : null, (id) => this.roster.numberOf(id));
        if (effect.change.kind !== "departed") return undefined;
        this.truths.change(line, (truth) => truth.become(who, "departed"));
        return this.changeOutage(who, "departed", this.until);
      }
    }
  }

  private send(line: number, who: MemberNumber, place: number, target: MemberNumber | undefined, { message, size }: Pick<Extract<Effect, { kind: "send" }>, "size"> & { readonly message: Parameters<typeof contentsOf>[0] }, isStreamed: boolean): void {
    const { messages } = this;
    const kind = kindOfMessage(message, isStreamed);
    if (target !== undefined) this.pending.sent(keyOf(who, target, kind, contentsOf(message)), messages.count, this.until);
    messages.line.push(line);
    messages.effect.push(place);
    messages.target.push(target ?? NONE);
    messages.kind.push(kind);
    messages.carries.push(carriesOf(message));
    messages.size.push(size);
    messages.aboutFrom.push(messages.abouts.length);
    if ("gossip" in message) for (const claim of message.gossip) messages.abouts.push(this.roster.numberOf(subject(claim)) ?? NONE);
    messages.arrivesAt.push(Number.NaN);
    messages.arrivesIn.push(NONE);
    this.curves.sent(size);
  }

  private part(line: number, rift: Rift, action: string, at: Instant): void {
    const isJam = rift.kind === "began" && this.jams.has(rift.fault);
    this.truths.change(line, (truth) => truth.parted(rift, { action, at, isJam }, (id) => this.roster.numberOf(id)));
    if (rift.kind === "began") {
      const fact = this.truth.forces.at(-1)?.fact;
      if (fact !== undefined) this.openFaults.set(rift.fault, this.faults.push(fact) - 1);
      return;
    }
    for (const fault of rift.faults) {
      const place = this.openFaults.get(fault);
      const fact = place === undefined ? undefined : this.faults[place];
      if (place !== undefined && fact !== undefined) this.faults[place] = { ...fact, until: at };
      this.openFaults.delete(fault);
    }
  }

  private changeOutage(who: MemberNumber, existence: ExistenceWord, at: Instant): void {
    this.endOutage(who, at);
    if (existence === "running") return;
    this.openOutages.set(who, this.outages.push({ who, existence: this.truth.of(who), since: at, until: NEVER }) - 1);
  }

  private endOutage(who: MemberNumber, at: Instant): void {
    const place = this.openOutages.get(who);
    const outage = place === undefined ? undefined : this.outages[place];
    if (place !== undefined && outage !== undefined) this.outages[place] = { ...outage, until: at };
    this.openOutages.delete(who);
  }
}
