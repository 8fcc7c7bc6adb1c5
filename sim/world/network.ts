/** The network: what becomes of each packet. Links are as the scenario made them; faults come and go with its timeline. */

import { after, type Instant, type Micros, micros } from "../../engine/index.ts";
import type { Filter, Latency, Link, Place, Scenario } from "../scenario/model.ts";
import { keyedDraw, packetKey, PairCounter, purposes } from "./chance.ts";
import { latencyAt } from "./latency.ts";

/** Which members a fault has on which side: an entry per member, 0 for none. */
export type Sides = Uint8Array;

/** A fault that the timeline began and has not ended. */
export type Fault =
  /** Nothing passes between members on different sides. Who is on none still reaches everybody. */
  | { readonly kind: "partition"; readonly of: number; readonly sides: Sides }
  /** Nothing passes from `from` to `to`. */
  | (Directed & { readonly kind: "cut"; readonly of: number })
  /** What passes from `from` to `to` suffers more. */
  | (Directed & { readonly kind: "impair"; readonly of: number; readonly loss: number; readonly duplicate: number; readonly delay: Latency | null });

/** From some to others, or between the two. */
type Directed = { readonly from: Sides; readonly to: Sides; readonly bothWays: boolean };

/** When a datagram arrives: never (null), once, or twice. */
export type Fate = { readonly first: Instant | null; readonly second: Instant | null };

/** All that a packet in one direction meets at a moment, for those who bring it about by other means. */
export type Conditions = { readonly isCut: boolean; readonly losses: readonly number[]; readonly duplicate: number; readonly latencies: readonly Latency[] };

/** How often a stream's segment is sent again before the stream fails. */
const RETRIES = 6;

export class Network {
  private seed: number;
  private readonly datagrams: PairCounter;
  private readonly streams: PairCounter;
  private readonly links: readonly (readonly Link[])[];
  private readonly classOf: Uint16Array;
  private readonly retransmitAfter: Micros;
  /** Those in force, in the order in which they began. */
  private faults: readonly Fault[] = [];

  constructor(scenario: Scenario, seed: number) {
    const { members, network } = scenario;
    this.seed = seed;
    this.datagrams = new PairCounter(members.length);
    this.streams = new PairCounter(members.length);
    this.retransmitAfter = network.retransmitAfter;
    const { classOf, links } = classesOf(scenario);
    this.classOf = classOf;
    this.links = links;
  }

  /** From now on what becomes of packets is decided by another chance. */
  reseed(seed: number): void {
    this.seed = seed;
  }

  get faultsInForce(): readonly Fault[] {
    return this.faults;
  }

  begin(fault: Fault): void {
    this.faults = [...this.faults, fault];
  }

  /** Ends the faults that this disruption began; all, without one. */
  end(of: number | null): void {
    this.faults = of === null ? [] : this.faults.filter((fault) => fault.of !== of);
  }

  /** What becomes of a datagram sent now. */
  fateOf(source: number, target: number, now: Instant): Fate {
    const key = packetKey(this.seed, source, target, this.datagrams.next(source, target));
    const link = this.linkBetween(source, target);
    if (this.faults.length > 0 && (this.isCut(source, target) || this.isLostToImpairment(key, source, target))) return lost;
    if (link.loss > 0 && keyedDraw(key, purposes.loss) < link.loss) return lost;
    const first = after(now, this.delay(link, key, purposes.latency, source, target));
    const duplicate = Math.max(link.duplicate, this.impairedDuplication(source, target));
    if (duplicate === 0 || keyedDraw(key, purposes.duplication) >= duplicate) return { first, second: null };
    return { first, second: after(now, this.delay(link, key, purposes.secondLatency, source, target)) };
  }

  /**
   * When a leg of a stream arrives: like a datagram, but what is lost is sent again, later and later; null when it never does.
   * A leg is what must have arrived before the other side can go on.
   */
  legArrivesAt(source: number, target: number, now: Instant): Instant | null {
    const key = packetKey(this.seed ^ purposes.stream, source, target, this.streams.next(source, target));
    const link = this.linkBetween(source, target);
    if (this.isCut(source, target)) return null;
    let wait = 0;
    for (let attempt = 0; attempt <= RETRIES; attempt++) {
      const again = packetKey(key, source, target, attempt);
      const isLost = keyedDraw(again, purposes.loss) < link.loss || this.isLostToImpairment(again, source, target);
      if (!isLost) return after(now, micros(wait + this.delay(link, again, purposes.latency, source, target)));
      wait += this.retransmitAfter * (1 << attempt);
    }
    return null;
  }

  /** Does a scripted fault keep everything from passing in this direction? */
  isCut(source: number, target: number): boolean {
    for (const fault of this.faults) {
      if (fault.kind === "partition" && fault.sides[source] !== fault.sides[target] && fault.sides[source] !== 0 && fault.sides[target] !== 0) return true;
      if (fault.kind === "cut" && touches(fault, source, target)) return true;
    }
    return false;
  }

  /** Can no question and answer pass between the two, because a scripted fault stands in one direction at least? */
  separates(one: number, other: number): boolean {
    return this.faults.length > 0 && (this.isCut(one, other) || this.isCut(other, one));
  }

  conditions(source: number, target: number): Conditions {
    const link = this.linkBetween(source, target);
    const met = this.faults.flatMap((fault) => (fault.kind === "impair" && touches(fault, source, target) ? [fault] : []));
    return {
      isCut: this.isCut(source, target),
      losses: [link.loss, ...met.map(({ loss }) => loss)],
      duplicate: Math.max(link.duplicate, this.impairedDuplication(source, target)),
      latencies: [link.latency, ...met.flatMap(({ delay }) => (delay === null ? [] : [delay]))],
    };
  }

  private linkBetween(source: number, target: number): Link {
    return this.links[this.classOf[source]!]![this.classOf[target]!]!;
  }

  private delay(link: Link, key: number, purpose: number, source: number, target: number): Micros {
    let delay: number = latencyAt(link.latency, keyedDraw(key, purpose));
    for (const fault of this.faults) {
      if (fault.kind !== "impair" || fault.delay === null || !touches(fault, source, target)) continue;
      delay += latencyAt(fault.delay, keyedDraw(key, purposes.impairment + 2 * fault.of + 1));
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

/** Does a packet in this direction meet the fault? */
const touches = ({ from, to, bothWays }: Directed, source: number, target: number): boolean =>
  (from[source] !== 0 && to[target] !== 0) || (bothWays && from[target] !== 0 && to[source] !== 0);

/** Does a member fit a description that never changes? */
export function fits(place: Place, filter: Filter): boolean {
  switch (filter.kind) {
    case "all":   return true;
    case "names": return filter.names.includes(place.name);
    case "tag":   return place.tags[filter.tag] === filter.value;
  }
}

/** Members whom no exception tells apart are of one class; a link is looked up by two classes, not by two members. */
function classesOf(scenario: Scenario): { readonly classOf: Uint16Array; readonly links: readonly (readonly Link[])[] } {
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
  const linkOf = (from: Place, to: Place): Link =>
    network.links.find((exception) => fits(from, exception.from) && fits(to, exception.to))?.link ?? network.link;
  return { classOf, links: examples.map((from) => examples.map((to) => linkOf(from, to))) };
}
