/**
 * Prints: situations with the same print are equivalent for everything that can happen next. Times count from now, seqs are replaced by the questions
 * that they belong to, and members by their places in an order that the situation itself determines (symmetry).
 */

import { firstName, firstOfAgenda, fold, sizeOf, strikeFirst, type Instant, type State, type View } from "../../engine/index.ts";
import { numberOf } from "../world/address.ts";
import { Lanes } from "./lanes.ts";
import { Orders, type Order } from "./order.ts";
import { Portraits, questionOf, relative } from "./portrait.ts";
import type { Face, Flight, Situation } from "./world.ts";

export class Printer {
  private readonly portraits: Portraits;
  private readonly orders: Orders;
  /** A cache: states and messages are immutable, and most of a situation is shared with the one before. */
  private readonly faces = new WeakMap<State, Map<Instant, Face>>();
  private readonly looks: number[] = [];

  /** `everybody` is a view in which all are alive. */
  constructor(everybody: View) {
    this.portraits = new Portraits(everybody);
    this.orders = new Orders(sizeOf(everybody));
  }

  /** The smallest print over all orders of members that look alike. */
  printOf(situation: Situation): number {
    const faces = this.facesOf(situation);
    const orders = this.orders.byLooks(looksOf(situation, faces, this.looks));
    const [only] = orders;
    if (orders.length === 1) return this.printIn(situation, faces, only!);
    let least = Infinity;
    for (const order of orders) least = Math.min(least, this.printIn(situation, faces, order));
    return least;
  }

  /** Members with equal exact prints are equal in everything that decides what they do, including names and seqs. */
  exactPrintOf(state: State, now: Instant): number {
    const lanes = new Lanes();
    this.portraits.addState(lanes, state, now, this.orders.plain);
    lanes.add(numberOf(state.self.address));
    lanes.addWhole(now);
    lanes.add(state.seq);
    lanes.add(state.probe.attempt?.seq ?? -1);
    for (let rest = state.errands; rest !== null; rest = strikeFirst(rest)) {
      lanes.add(Number(firstName(rest)));
      const { client } = firstOfAgenda(rest)!;
      if (client.kind === "peer") lanes.add(client.theirSeq);
    }
    return lanes.print;
  }

  /** The same for messages under way. */
  exactPrintOfFlight(flight: Flight): number {
    const lanes = new Lanes();
    this.portraits.addFlight(lanes, flight, this.orders.plain);
    lanes.add("seq" in flight.message ? flight.message.seq : -1);
    return lanes.print;
  }

  /** The faces of all members at that moment. */
  facesOf({ states, now, faces }: Situation): readonly Face[] {
    return faces !== undefined && areFacesOf(faces, states, now) ? faces : states.map((state) => this.faceOf(state, now));
  }

  faceOf(state: State, now: Instant): Face {
    let moments = this.faces.get(state);
    if (moments === undefined) this.faces.set(state, (moments = new Map()));
    let face = moments.get(now);
    if (face === undefined) moments.set(now, (face = { state, now, look: lookOf(state, now), prints: [], outcomes: new Map() }));
    return face;
  }

  private printIn({ now, states, isDown, flights, losses, delays, crashes, leaves }: Situation, faces: readonly Face[], order: Order): number {
    const lanes = new Lanes();
    lanes.add(((leaves * 128 + losses) * 128 + delays) * 8 + crashes);
    for (const member of order.order) {
      if (isDown[member] === true) {
        lanes.add(-3);
        lanes.add(states[member]!.self.incarnation);
      } else {
        lanes.addWhole(this.statePrint(states[member]!, faces[member]!, now, order));
        addQuestions(lanes, states[member]!, states);
      }
    }
    let [high, low] = [0, 0];
    for (const flight of flights) {
      const print = this.flightPrint(flight, order);
      const upper = fold(fold(print / 0x20_0000, print), questionAsked(flight, states));
      // Messages are unordered, so their prints are summed.
      high = (high + upper) | 0;
      low = (low + Math.imul(fold(upper, print), 0x85ebca6b)) | 0;
    }
    lanes.add(high);
    lanes.add(low);
    return lanes.print;
  }

  private statePrint(state: State, face: Face, now: Instant, order: Order): number {
    const known = face.prints[order.number];
    if (known !== undefined) return known;
    const lanes = new Lanes();
    this.portraits.addState(lanes, state, now, order);
    return (face.prints[order.number] = lanes.print);
  }

  private flightPrint(flight: Flight, order: Order): number {
    const { prints } = flight.memo;
    const known = prints[order.number];
    if (known !== undefined) return known;
    const lanes = new Lanes();
    this.portraits.addFlight(lanes, flight, order);
    return (prints[order.number] = lanes.print);
  }
}

function areFacesOf(faces: readonly Face[], states: readonly State[], now: Instant): boolean {
  for (let member = 0; member < states.length; member++) if (faces[member]!.state !== states[member] || faces[member]!.now !== now) return false;
  return true;
}

/** Adds the questions of other members for which this member has errands. */
function addQuestions(lanes: Lanes, { errands }: State, states: readonly State[]): void {
  for (let rest = errands; rest !== null; rest = strikeFirst(rest)) {
    const { client } = firstOfAgenda(rest)!;
    if (client.kind === "peer") lanes.add(questionOf(states[numberOf(client.address)], client.theirSeq));
  }
}

/** The question that a message's seq belongs to. A seq belongs to its asker: the sender of a ping, the receiver of an answer, or the member that a ping to relay names. */
function questionAsked({ from, to, message }: Flight, states: readonly State[]): number {
  if (!("seq" in message)) return -2;
  return questionOf(states[message.kind === "ping" || message.kind === "ping-req" ? from : to], message.seq);
}

/** Everything about a member that needs no other member's name. */
function lookOf({ probe, self, health, gossip, sync }: State, now: Instant): number {
  const lanes = new Lanes();
  lanes.add(self.incarnation * 16 + health);
  lanes.add(relative(probe.periodEndsAt, now));
  lanes.add(relative(gossip.at, now));
  lanes.add(relative(sync.syncAt, now));
  lanes.add(probe.attempt === null ? -1 : relative(probe.attempt.failsAt, now));
  return Math.floor(lanes.print / 8_192);
}

/** The same with whether it runs (nothing else counts if it does not), and how much is under way from it and to it. */
function looksOf({ isDown, states, flights }: Situation, faces: readonly Face[], looks: number[]): readonly number[] {
  for (let member = 0; member < faces.length; member++) {
    looks[member] = isDown[member] === true ? states[member]!.self.incarnation * 8_192 + 4_096 : faces[member]!.look * 8_192;
  }
  for (const { from, to } of flights) {
    looks[from] = looks[from]! + 64;
    looks[to] = looks[to]! + 1;
  }
  return looks;
}
