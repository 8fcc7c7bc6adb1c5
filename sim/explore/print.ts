/**
 * Prints: two situations with one print are one and the same, as far as anything that can happen is concerned. Times count from now, seqs from their owner's
 * last one, and members have no names but their places in an order that the situation itself gives (symmetry).
 */

import {
  claimed, find, firstName, firstRank, fold, lookUp, NEVER, nextLiving, rankOf, rumourOf, sizeOf, strikeFirst, claimsWaiting, subject,
  type Address, type Claim, type Errand, type Instant, type MemberId, type Message, type State, type View, type Walk,
} from "../../engine/index.ts";
import { numberOf } from "../world/address.ts";
import { nameOf, type Flight, type Situation } from "./world.ts";

/** Two lanes of 32 bits. */
class Lanes {
  high = 0x6a09e667;
  low = 0x3c6ef372;

  add(value: number): void {
    this.high = fold(this.high, value | 0);
    this.low = Math.imul(this.low ^ (value | 0), 0x85ebca6b) + 0x27d4eb2f ^ (this.low >>> 15);
  }

  /** 53 bits of them: a million situations share a print with a probability of 1 in 20,000. */
  get print(): number {
    return (this.high >>> 0) * 0x20_0000 + (fold(this.low, this.high) >>> 11);
  }
}

/** The place of each member in the situation's own order. */
type Places = readonly number[];

export class Printer {
  private readonly everybody: View;
  /** What each view holds of each member, and whom each pass has still to come to: asked again and again of the same values. */
  private readonly standings = new WeakMap<View, readonly number[]>();
  private readonly ahead = new WeakMap<Walk, readonly number[]>();

  /** `everybody` is a view in which all are alive: it says in which order a pass would come to them. */
  constructor(everybody: View) {
    this.everybody = everybody;
  }

  /** The least print under all orders of members that look alike. */
  printOf(situation: Situation): number {
    const looks = situation.states.map((state, member) => this.lookOf(situation, state, member));
    const order = inOrder(looks);
    if (!areAnyAlike(order, looks)) return this.printIn(situation, placesOf(order));
    let least = Infinity;
    for (const candidate of ordersOf(order, looks)) least = Math.min(least, this.printIn(situation, placesOf(candidate)));
    return least;
  }

  /** What can be said of a member without naming another. */
  private lookOf({ now, isDown, flights }: Situation, { probe, self, health, gossip, sync }: State, member: number): number {
    const lanes = new Lanes();
    lanes.add(isDown[member] === true ? 1 : 0);
    lanes.add(self.incarnation * 16 + health);
    lanes.add(relative(probe.periodEndsAt, now));
    lanes.add(relative(gossip.at, now));
    lanes.add(relative(sync.syncAt, now));
    lanes.add(probe.attempt === null ? -1 : relative(probe.attempt.failsAt, now));
    let traffic = 0;
    for (const { from, to } of flights) traffic += (from === member ? 64 : 0) + (to === member ? 1 : 0);
    lanes.add(traffic);
    return lanes.print;
  }

  private printIn(situation: Situation, places: Places): number {
    const { now, states, isDown, flights, losses, delays, crashes } = situation;
    const lanes = new Lanes();
    lanes.add(losses);
    lanes.add(delays);
    lanes.add(crashes);
    const order = orderFrom(places);
    for (const member of order) {
      lanes.add(isDown[member] === true ? 1 : 0);
      if (isDown[member] === true) lanes.add(states[member]!.self.incarnation);
      else this.addState(lanes, states[member]!, now, places, order, states);
    }
    const prints = flights.map((flight) => this.flightPrint(flight, places, states)).toSorted((one, other) => one - other);
    for (const print of prints) {
      lanes.add(print);
      lanes.add(print / 4_294_967_296);
    }
    return lanes.print;
  }

  private addState(lanes: Lanes, state: State, now: Instant, places: Places, order: readonly number[], states: readonly State[]): void {
    const { probe, self, health, suspicions, rumours, gossip, errands, tombstones, sync, phase, view, config } = state;
    lanes.add(self.incarnation);
    lanes.add(health);
    lanes.add(phase.kind.length);
    lanes.add(relative(probe.periodEndsAt, now));
    lanes.add(relative(gossip.at, now));
    lanes.add(config.gossipEvery === 0 ? 0 : modulo(gossip.phase - now, config.gossipEvery));
    lanes.add(relative(sync.syncAt, now));
    lanes.add(relative(sync.reconnectAt, now));
    lanes.add(relative(sync.joinAgainAt, now));
    lanes.add(sync.joining.length);
    const standings = this.standingsIn(view);
    for (const other of order) {
      lanes.add(standings[other]!);
      if (suspicions === null && tombstones === null) continue;
      const id = nameOf(other);
      const suspicion = lookUp(suspicions, id);
      if (suspicion !== undefined) {
        lanes.add(relative(rankOf(suspicions, id)!, now));
        lanes.add(relative(suspicion.since, now));
        lanes.add(suspicion.wanted);
        lanes.add(suspicion.least);
        lanes.add(suspicion.most);
        lanes.add(placeIn(places, suspicion.by));
        lanes.add(suspicion.confirmedBy.reduce((sum, by) => sum + (1 << placeIn(places, by)), 0));
      }
      const goesAt = rankOf(tombstones, id);
      if (goesAt !== undefined) lanes.add(relative(goesAt, now));
    }
    this.addWalk(lanes, probe.walk, places);
    const { attempt } = probe;
    if (attempt !== null) {
      lanes.add(relative(attempt.startedAt, now));
      lanes.add(relative(attempt.askRelaysAt, now));
      lanes.add(relative(attempt.failsAt, now));
      lanes.add(placeIn(places, attempt.target));
      lanes.add(attempt.incarnation);
      lanes.add(attempt.nacksWanted);
      lanes.add(attempt.nacks);
      lanes.add(attempt.isStreamAnswered ? 1 : 0);
      lanes.add(attempt.relays.reduce((sum, id) => sum + (1 << placeIn(places, id)), 0));
    }
    for (const claim of claimsWaiting(rumours)) {
      this.addClaim(lanes, claim, places);
      lanes.add(rumourOf(rumours, subject(claim))?.told ?? 0);
    }
    for (let rest = errands; rest !== null; rest = strikeFirst(rest)) this.addErrand(lanes, rest.item, relative(firstRank(rest, NEVER), now), now, places, states);
  }

  private addErrand(lanes: Lanes, { target, sentAt, until, client }: Errand, due: number, now: Instant, places: Places, states: readonly State[]): void {
    lanes.add(due);
    lanes.add(placeIn(places, target));
    lanes.add(relative(sentAt, now));
    lanes.add(relative(until, now));
    if (client.kind === "application") return;
    const whose = memberAt(client.address);
    lanes.add(placeIn(places, nameOf(whose)));
    lanes.add(questionOf(states[whose], client.theirSeq));
    lanes.add(client.wantsNack ? 1 : 0);
  }

  /** Whom the pass has still to come to, were all alive: whoever is not is passed over. */
  private addWalk(lanes: Lanes, walk: Walk, places: Places): void {
    if (walk.firstId === null) return lanes.add(walk.key);
    for (const member of this.aheadOf(walk)) lanes.add(places[member]!);
    lanes.add(-2);
  }

  private aheadOf(walk: Walk): readonly number[] {
    const known = this.ahead.get(walk);
    if (known !== undefined) return known;
    const ahead: number[] = [];
    for (let [member, rest] = nextLiving(this.everybody, walk); member !== undefined; [member, rest] = nextLiving(this.everybody, rest)) ahead.push(memberOf(member.id));
    this.ahead.set(walk, ahead);
    return ahead;
  }

  private standingsIn(view: View): readonly number[] {
    const known = this.standings.get(view);
    if (known !== undefined) return known;
    const standings = Array.from({ length: sizeOf(this.everybody) }, (_, member) => standingIn(view, member));
    this.standings.set(view, standings);
    return standings;
  }

  private addClaim(lanes: Lanes, claim: Claim, places: Places): void {
    lanes.add(statuses.indexOf(claim.kind) * 64 + placeIn(places, subject(claim)));
    lanes.add(claimed(claim));
    if (claim.kind !== "alive") lanes.add(placeIn(places, claim.from));
  }

  private flightPrint(flight: Flight, places: Places, states: readonly State[]): number {
    const { from, to, kind, isLate, message } = flight;
    const lanes = new Lanes();
    lanes.add(places[from] ?? -1);
    lanes.add(places[to] ?? -1);
    lanes.add(kind.length);
    lanes.add(isLate ? 1 : 0);
    this.addMessage(lanes, message, from, to, places, states);
    return lanes.print;
  }

  private addMessage(lanes: Lanes, message: Message, from: number, to: number, places: Places, states: readonly State[]): void {
    lanes.add(message.kind.length * 32 + message.kind.charCodeAt(0));
    // A seq is its asker's: of who sends a ping, of who gets an answer, of whom a request to relay names.
    const asker = message.kind === "ping" || message.kind === "ping-req" ? from : to;
    if ("seq" in message) lanes.add(questionOf(states[asker], message.seq));
    if (message.kind === "ping-req") {
      lanes.add(placeIn(places, message.target));
      lanes.add(placeIn(places, message.source));
      lanes.add(message.wantsNack ? 1 : 0);
    }
    if ("gossip" in message) for (const claim of message.gossip) this.addClaim(lanes, claim, places);
    if ("view" in message) {
      const standings = this.standingsIn(message.view);
      for (const other of orderFrom(places)) lanes.add(standings[other]!);
    }
    if (message.kind === "compare") for (const { high, low } of message.digests) lanes.add(high ^ low);
    if (message.kind === "push-pull") lanes.add(message.join ? 1 : 0);
  }
}

const statuses = ["alive", "suspect", "dead", "left"];

const standingIn = (view: View, member: number): number => {
  const held = find(view, nameOf(member));
  return held === undefined ? -1 : held.incarnation * 16 + statuses.indexOf(held.status);
};

/** From now; −1 for never. What is so far away that nobody will live to see it is just far: it never comes nearer. */
const relative = (at: number, now: Instant): number => (at === NEVER ? -1 : at - now > FAR ? FAR : at - now);
const FAR = 1_800_000_000;

/** Which of its questions a seq stands for: its probe, or the how-manieth of its errands; −1 for none any more, and then it never will again. */
function questionOf(asker: State | undefined, seq: number): number {
  if (asker === undefined) return -1;
  if (asker.probe.attempt?.seq === seq) return 0;
  let place = 1;
  for (let rest = asker.errands; rest !== null; rest = strikeFirst(rest), place++) if (Number(firstName(rest)) === seq) return place;
  return -1;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

const placeIn = (places: Places, id: MemberId): number => places[memberOf(id)] ?? -1;

/** Of nine members at most: m1 to m9. */
const memberOf = (id: MemberId): number => id.charCodeAt(1) - 49;
const memberAt = (where: Address): number => numberOf(where);

/** From the place of each to who stands where, and back. */
function orderFrom(places: Places): readonly number[] {
  const order: number[] = [];
  places.forEach((place, member) => (order[place] = member));
  return order;
}

function placesOf(order: readonly number[]): Places {
  const places: number[] = [];
  order.forEach((member, place) => (places[member] = place));
  return places;
}

/** Members by their looks. */
function inOrder(looks: readonly number[]): readonly number[] {
  const order = looks.map((_, member) => member);
  return order.toSorted((one, other) => (looks[one] ?? 0) - (looks[other] ?? 0));
}

const areAnyAlike = (order: readonly number[], looks: readonly number[]): boolean => order.some((member, place) => place > 0 && looks[member] === looks[order[place - 1]!]);

/** All orders in which only those change places that look alike. */
function ordersOf(order: readonly number[], looks: readonly number[]): readonly (readonly number[])[] {
  let orders: readonly (readonly number[])[] = [[]];
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && looks[order[to]!] === looks[order[from]!]) to++;
    const alike = permutations(order.slice(from, to));
    orders = orders.flatMap((before) => alike.map((these) => [...before, ...these]));
    from = to;
  }
  return orders;
}

const permutations = (items: readonly number[]): readonly (readonly number[])[] =>
  items.length <= 1 ? [items] : items.flatMap((item, place) => permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]));
