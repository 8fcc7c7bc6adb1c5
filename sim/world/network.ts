/** The network: what happens to each packet. The scenario defines the links; its timeline begins and ends faults. */

import { after, type Datagram, fold, type Instant, type Micros, micros } from "../../engine/index.ts";
import { Fates, type LossReason } from "../measure/fates.ts";
import type { Filter, Latency, Link, Place, Scenario } from "../scenario/model.ts";
import { keyedDraw, packetKey, PairCounter, purposes } from "./chance.ts";
import { type Fault, isJammed, parts, stopsHere, touches } from "./fault.ts";
import { Clogs } from "./harm/clog.ts";
import { purposesOf, purposesOfLink } from "./harm/ground.ts";
import { Harm, type Sent, type Suffering, Media } from "./harm/harm.ts";
import { latencyAt } from "./latency.ts";

export type { Fault, Sides } from "./fault.ts";

/** When a datagram arrives: never (null), once, or twice. If something harms it, perhaps again much later (`again`), and altered (`message`). */
export type Fate = { readonly first: Instant | null; readonly second: Instant | null; readonly again?: Instant; readonly message?: Datagram };

/** Everything that affects packets in one direction at a moment, for worlds that bring it about by other means. */
export type Conditions = { readonly isCut: boolean; readonly losses: readonly number[]; readonly duplicate: number; readonly latencies: readonly Latency[] };

/** How often a stream's segment is sent again before the stream fails. */
const RETRIES = 6;

/** A link and its harms, with the memory that these need: bursts, queues. */
type Wire = { readonly link: Link; readonly harm: Harm | null };

/** Decides what happens to each packet; holds the faults in force. */
export class Network {
  private seed: number;
  private readonly datagrams: PairCounter;
  private readonly streams: PairCounter;
  private readonly wires: readonly (readonly Wire[])[];
  private readonly classOf: Uint16Array;
  private readonly members: number;
  private readonly isLinkHarmful: boolean;
  private readonly retransmitAfter: Micros;
  /** Faults in force, in the order in which they began. */
  private faults: readonly Fault[] = [];
  /** What the impairments among them do besides loss, duplication and delay. */
  private harms: readonly (readonly [Fault & { readonly kind: "impair" }, Harm])[] = [];
  /** Is there anything that can hold packets up? */
  private mayStop = false;
  /** What happens to datagrams: counted here where it is decided, and in the world where it is carried out. */
  readonly fates = new Fates();
  readonly clogs: Clogs;

  constructor(scenario: Scenario, seed: number) {
    const { members, network } = scenario;
    this.seed = seed;
    this.datagrams = new PairCounter(members.length);
    this.streams = new PairCounter(members.length);
    this.retransmitAfter = network.retransmitAfter;
    this.members = members.length;
    const { classOf, wires } = classesOf(scenario);
    this.classOf = classOf;
    this.wires = wires;
    this.isLinkHarmful = wires.some((row) => row.some(({ harm }) => harm !== null));
    this.clogs = new Clogs((source, target) => this.stopsIn(source, target), this.fates);
  }

  /** From now on another seed decides what happens to packets. */
  reseed(seed: number): void {
    this.seed = seed;
  }

  /** Can anything here depend on the content or size of a datagram? */
  get isHarmful(): boolean {
    return this.isLinkHarmful || this.harms.length > 0;
  }

  /** May anything have held packets up? */
  get mayHold(): boolean {
    return this.mayStop;
  }

  get faultsInForce(): readonly Fault[] {
    return this.faults;
  }

  begin(fault: Fault): void {
    this.faults = [...this.faults, fault];
    if (fault.kind === "impair" && fault.harms !== undefined) this.harms = [...this.harms, [fault, new Harm(fault.harms, purposesOf(fault.of), new Media(this.members))]];
    this.mayStop ||= fault.kind === "clog" || isJammed(fault);
  }

  /** Ends the faults that this disruption began, or all if null. The packets that they held go on. */
  end(of: number | null): void {
    this.faults = of === null ? [] : this.faults.filter((fault) => fault.of !== of);
    this.harms = this.harms.filter(([fault]) => this.faults.includes(fault));
    if (this.mayStop) this.clogs.release();
  }

  /** Decides what happens to a datagram sent now. `sent`: its content, for harms that depend on it. */
  fateOf(source: number, target: number, now: Instant, sent?: Sent): Fate {
    const key = packetKey(this.seed, source, target, this.datagrams.next(source, target));
    const { link, harm } = this.wireBetween(source, target);
    if (this.faults.length > 0 && this.isCut(source, target)) return this.lost("partition");
    const harmed = sent !== undefined && (harm !== null || this.harms.length > 0) ? this.suffer(harm, { source, target, now, key }, sent) : unharmed;
    if (typeof harmed === "string") return this.lost(harmed);
    if (this.faults.length > 0 && this.isLostToImpairment(key, source, target)) return this.lost("loss");
    if (link.loss > 0 && keyedDraw(key, purposes.loss) < link.loss) return this.lost("loss");
    const first = after(now, this.delay(link, key, purposes.latency, source, target));
    const duplicate = Math.max(link.duplicate, this.impairedDuplication(source, target));
    const isDouble = duplicate > 0 && keyedDraw(key, purposes.duplication) < duplicate;
    const second = isDouble ? after(now, this.delay(link, key, purposes.secondLatency, source, target)) : null;
    if (isDouble) this.fates.happened("duplicated");
    return harmed === unharmed ? { first, second } : this.harmedFate(harmed, first, second);
  }

  /**
   * When a leg of a stream arrives: like a datagram, but lost segments are sent again after growing waits; null if it never arrives.
   * A leg is what must have arrived before the other side can go on. Its bytes take their time, and keep the pipe busy from `sentAt` on, when
   * the stream was opened or answered: a pipe cannot be reserved for the future.
   */
  legArrivesAt(source: number, target: number, now: Instant, bytes = 0, sentAt = now): Instant | null {
    const key = packetKey(this.seed ^ purposes.stream, source, target, this.streams.next(source, target));
    const { link, harm } = this.wireBetween(source, target);
    if (this.isCut(source, target)) return null;
    const met = harm === null && this.harms.length === 0 ? none : this.harmsOn(harm, source, target);
    let wait = met.reduce((sum, each) => sum + (bytes === 0 ? 0 : each.carries({ source, target, now: sentAt, key, size: bytes })), 0);
    for (let attempt = 0; attempt <= RETRIES; attempt++) {
      const again = packetKey(key, source, target, attempt);
      const segment = { source, target, now, key: again, size: bytes };
      const isLost = keyedDraw(again, purposes.loss) < link.loss || this.isLostToImpairment(again, source, target) || met.some((each) => each.losesSegment(segment));
      if (!isLost) return after(now, micros(wait + this.delay(link, again, purposes.latency, source, target)));
      wait += this.retransmitAfter * (1 << attempt);
    }
    return null;
  }

  /** Is every packet in this direction lost, because of a scripted fault? */
  isCut(source: number, target: number): boolean {
    for (const fault of this.faults) {
      if (fault.kind === "partition" && fault.crossing === undefined && parts(fault, source, target)) return true;
      if (fault.kind === "cut" && touches(fault, source, target)) return true;
    }
    return false;
  }

  /** Does a cut, or a partition that loses everything, break a stream between these two? */
  breaks(one: number, other: number): boolean {
    return this.faults.length > 0 && (this.isCut(one, other) || this.isCut(other, one));
  }

  /** Does a scripted fault, in one direction at least, keep questions and answers from passing between the two? A clog does not: what it holds arrives later. */
  separates(one: number, other: number): boolean {
    return this.breaks(one, other) || (this.mayStop && this.faults.some((fault) => isJammed(fault) && (parts(fault, one, other) || parts(fault, other, one))));
  }

  /** Clogs or opens the links of one member, for a fault that does so one member after another. */
  turnValve(of: number, member: number, isShut: boolean): void {
    for (const fault of this.faults) if (fault.kind === "clog" && fault.of === of) fault.from[member] = isShut ? 1 : 0;
    if (!isShut) this.clogs.release();
  }

  conditions(source: number, target: number): Conditions {
    const { link } = this.wireBetween(source, target);
    const met = this.faults.flatMap((fault) => (fault.kind === "impair" && touches(fault, source, target) ? [fault] : []));
    return {
      isCut: this.isCut(source, target),
      losses: [link.loss, ...met.map(({ loss }) => loss)],
      duplicate: Math.max(link.duplicate, this.impairedDuplication(source, target)),
      latencies: [link.latency, ...this.faults.flatMap((fault) => slowing(fault, source, target) ?? [])],
    };
  }

  private lost(why: LossReason): Fate {
    this.fates.lost(why);
    return lost;
  }

  /** What holds packets up in this direction, if anything. */
  private stopsIn(source: number, target: number): { readonly capacity: number | null } | null {
    if (!this.mayStop) return null;
    for (const fault of this.faults) if (stopsHere(fault, source, target)) return { capacity: fault.kind === "clog" ? fault.capacity : null };
    return null;
  }

  private harmsOn(harm: Harm | null, source: number, target: number): readonly Harm[] {
    const met = this.harms.flatMap(([fault, each]) => (touches(fault, source, target) ? [each] : []));
    return harm === null ? met : [harm, ...met];
  }

  /** Applies all harms to a datagram, one after another. */
  private suffer(harm: Harm | null, packet: Parameters<Harm["befall"]>[2], sent: Sent): Suffering | LossReason {
    const met = this.harmsOn(harm, packet.source, packet.target);
    if (met.length === 0) return unharmed;
    const suffering: Suffering = { delay: 0, replayedAfter: null, message: null };
    for (const each of met) {
      const why = each.befall(suffering, sent, packet, this.fates);
      if (why !== null) return why;
    }
    return suffering;
  }

  private harmedFate({ delay, replayedAfter, message }: Suffering, first: Instant, second: Instant | null): Fate {
    const late = (arrival: Instant): Instant => after(arrival, micros(delay));
    if (replayedAfter !== null) this.fates.happened("replayed");
    return {
      first: late(first),
      second: second === null ? null : late(second),
      ...(replayedAfter === null ? {} : { again: after(late(first), micros(replayedAfter)) }),
      ...(message === null ? {} : { message }),
    };
  }

  private wireBetween(source: number, target: number): Wire {
    return this.wires[this.classOf[source]!]![this.classOf[target]!]!;
  }

  private delay(link: Link, key: number, purpose: number, source: number, target: number): Micros {
    let delay: number = latencyAt(link.latency, keyedDraw(key, purpose));
    // A second copy has separate draws for everything that delays it.
    const dice = purpose === purposes.secondLatency ? fold(key, purpose) : key;
    for (const fault of this.faults) {
      const slower = slowing(fault, source, target);
      if (slower !== null) delay += latencyAt(slower, keyedDraw(dice, purposes.impairment + 2 * fault.of + 1));
    }
    return micros(delay);
  }

  private isLostToImpairment(key: number, source: number, target: number): boolean {
    for (const fault of this.faults) {
      if (fault.kind === "impair" && touches(fault, source, target) && keyedDraw(key, purposes.impairment + 2 * fault.of) < fault.loss) return true;
    }
    return false;
  }

  private impairedDuplication(source: number, target: number): number {
    let most = 0;
    for (const fault of this.faults) if (fault.kind === "impair" && touches(fault, source, target)) most = Math.max(most, fault.duplicate);
    return most;
  }
}

const lost: Fate = { first: null, second: null };
const unharmed: Suffering = { delay: 0, replayedAfter: null, message: null };
const none: readonly Harm[] = [];

/** By how much a fault delays packets in this direction; null for not at all. */
function slowing(fault: Fault, source: number, target: number): Latency | null {
  if (fault.kind === "impair") return fault.delay !== null && touches(fault, source, target) ? fault.delay : null;
  return fault.kind === "partition" && fault.crossing?.kind === "slow" && parts(fault, source, target) ? fault.crossing.by : null;
}

/** Does a member fit a filter? The answer never changes during a run. */
export function fits(place: Place, filter: Filter): boolean {
  switch (filter.kind) {
    case "all":   return true;
    case "names": return filter.names.includes(place.name);
    case "tag":   return place.tags[filter.tag] === filter.value;
  }
}

/** Members that the same exceptions apply to form a class; a link is looked up by two classes, not by two members. */
function classesOf(scenario: Scenario): { readonly classOf: Uint16Array; readonly wires: readonly (readonly Wire[])[] } {
  const { members, network } = scenario;
  const filters = network.links.flatMap(({ from, to }) => [from, to]);
  const classes = new Map<string, number>();
  const examples: Place[] = [];
  const classOf = new Uint16Array(members.length);
  members.forEach((place, index) => {
    const likeness = filters.map((filter) => (fits(place, filter) ? "x" : ".")).join("");
    const known = classes.get(likeness);
    classOf[index] = known ?? examples.length;
    if (known === undefined) classes.set(likeness, examples.push(place) - 1);
  });
  const media = new Media(members.length);
  const wireOf = (link: Link): Wire => ({ link, harm: link.harms === undefined ? null : new Harm(link.harms, purposesOfLink, media) });
  const usual = wireOf(network.link);
  const exceptions = network.links.map(({ from, to, link }) => ({ from, to, wire: wireOf(link) }));
  const between = (from: Place, to: Place): Wire => exceptions.find((exception) => fits(from, exception.from) && fits(to, exception.to))?.wire ?? usual;
  return { classOf, wires: examples.map((from) => examples.map((to) => between(from, to))) };
}
