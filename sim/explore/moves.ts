/** What can happen in a situation, and the situations that result. */

import {
  after, exchangeId, NEVER, nextWake, start, step, viewOf, type Effect, type Event, type Instant, type Rng, type State, type View, instant, micros,
} from "../../engine/index.ts";
import { addressOf, numberOf } from "../world/address.ts";
import { noChance, throwsFor } from "./dice.ts";
import { Pool, THROWS } from "./pool.ts";
import { Printer } from "./print.ts";
import { nameOf, noMemo, type Face, type Flight, type Move, type Outcome, type Situation, type SmallWorld, type Successor } from "./world.ts";

export class Mover {
  readonly everybody: View;
  readonly printer: Printer;
  private readonly throws: readonly (readonly Rng[])[];
  private readonly rule: typeof step;
  private readonly pool: Pool | null;

  /** With a pool, equal steps are computed once; retelling a path to a recorder needs each step, and uses none. */
  constructor(world: SmallWorld, rule: typeof step = step, isPooled = false) {
    this.rule = rule;
    this.everybody = viewOf(firstStates(world).map(({ self }) => self));
    this.throws = Array.from({ length: world.members }, (_, member) => throwsFor(this.everybody, nameOf(member), world.members - 1));
    this.printer = new Printer(this.everybody);
    this.pool = isPooled ? new Pool(this.printer) : null;
  }

  /** All situations that can come next. */
  successors(bare: Situation): readonly Successor[] {
    const situation: Situation = { ...bare, faces: this.printer.facesOf(bare) };
    const { now, states, isDown, flights, losses, delays, crashes, leaves } = situation;
    const found: Successor[] = [];
    let isUnderWay = false;
    for (let flight = 0; flight < flights.length; flight++) {
      const { isLate } = flights[flight]!;
      isUnderWay ||= !isLate;
      found.push(this.after(situation, { kind: "deliver", flight }));
      if (losses > 0 && !isLate) found.push(this.after(situation, { kind: "lose", flight }));
      if (delays > 0 && !isLate) found.push(this.after(situation, { kind: "delay", flight }));
    }
    let isDue = false;
    for (let member = 0; member < states.length; member++) {
      if (isUnderWay || isDown[member] === true || nextWake(states[member]!) > now) continue;
      isDue = true;
      this.thrown(situation, "wake", member, found);
    }
    if (crashes > 0) for (let member = 0; member < states.length; member++) if (isDown[member] !== true) found.push(this.after(situation, { kind: "crash", member }));
    if (leaves > 0) for (let member = 0; member < states.length; member++) if (isDown[member] !== true && states[member]!.phase.kind === "member") this.thrown(situation, "leave", member, found);
    if (!isUnderWay && !isDue) found.push(this.after(situation, { kind: "pass" }));
    return found;
  }

  /** The situation after a move. */
  after(situation: Situation, move: Move): Successor {
    const { states, isDown, flights, losses, delays, crashes } = situation;
    switch (move.kind) {
      case "crash": return { move, took: null, situation: { ...situation, crashes: crashes - 1, isDown: isDown.with(move.member, true), flights: flights.filter(({ to }) => to !== move.member) } };
      case "lose":  return { move, took: null, situation: { ...situation, losses: losses - 1, flights: flights.toSpliced(move.flight, 1) } };
      case "delay": return { move, took: null, situation: { ...situation, delays: delays - 1, flights: flights.with(move.flight, this.heldUp(flights[move.flight]!)) } };
      case "pass": {
        const next = states.reduce((least, state, member) => (isDown[member] === true ? least : Math.min(least, nextWake(state))), Infinity);
        return { move, took: null, situation: { ...situation, now: instant(next) } };
      }
      case "wake":  return this.give(situation, move, move.member, move.dice, flights);
      case "leave": return this.give(situation, move, move.member, GOODBYE + move.dice, flights);
      case "deliver": {
        const flight = flights[move.flight]!;
        return this.give(situation, move, flight.to, flight, flights.length === 1 ? nobodys : flights.toSpliced(move.flight, 1));
      }
    }
  }

  /** One successor for each throw; a single one if the step throws no dice. */
  private thrown(situation: Situation, kind: "wake" | "leave", member: number, found: Successor[]): void {
    const first = this.after(situation, { kind, member, dice: 0 });
    found.push(first);
    if (first.took?.isThrown !== true) return;
    for (let dice = 1; dice < this.throws[member]!.length; dice++) found.push(this.after(situation, { kind, member, dice }));
  }

  private heldUp(flight: Flight): Flight {
    if (flight.memo.late !== null) return flight.memo.late;
    const late: Flight = { ...flight, isLate: true, memo: noMemo() };
    return (flight.memo.late = this.pool?.flightLike(late) ?? late);
  }

  /** A member takes a step: `what` is what arrives, or the throw with which it wakes or says goodbye. `left`: what remains under way. */
  private give(situation: Situation, move: Move, member: number, what: Flight | number, left: readonly Flight[]): Successor {
    const { now, states, isDown, losses, delays, crashes, leaves } = situation;
    const faces = this.printer.facesOf(situation);
    const held = faces[member]!;
    const outcome = (this.pool === null ? undefined : held.outcomes.get(numberOfWhat(what))) ?? this.workOut(held, member, what, states.length);
    const { took, state, flights, face } = outcome;
    // A process ends when its farewell has been told, or when it accepts the news of its own death.
    const isOver = state.phase.kind === "departed";
    const down = isOver ? isDown.with(member, true) : isDown;
    const sent = down.includes(true) ? flights.filter(({ to }) => down[to] !== true) : flights;
    const still = isOver ? left.filter(({ to }) => to !== member) : left;
    return {
      move, took,
      situation: {
        now, states: states.with(member, state), isDown: down, flights: sent.length === 0 ? still : still.length === 0 ? sent : still.concat(sent),
        losses, delays, crashes, leaves: move.kind === "leave" ? leaves - 1 : leaves, faces: faces.with(member, face),
      },
    };
  }

  private workOut(held: Face, member: number, what: Flight | number, members: number): Outcome {
    const { state: holds, now } = held;
    const box = this.throws[member]![typeof what === "number" ? what % GOODBYE : 0]!;
    const event: Event = typeof what !== "number" ? eventOf(what, now) : { kind: what < GOODBYE ? "woke" : "asked-to-leave", now };
    const before = holds.rng === box ? holds : { ...holds, rng: box };
    const [next, effects] = this.rule(before, event);
    const state = next.rng === noChance ? next : { ...next, rng: noChance };
    const flights = effects.flatMap((effect) => flightOf(effect, member, event)).filter(({ to }) => to < members);
    const took = { member, before, event, effects, after: next, isThrown: next.rng !== box, judged: { charge: undefined } };
    return this.pool?.keep(held, numberOfWhat(what), { took, state, flights }) ?? { took, state, flights, face: this.printer.faceOf(state, now) };
  }
}

const nobodys: readonly Flight[] = [];

/** Goodbyes are numbered after the throws of wakings. */
const GOODBYE = THROWS / 2;

const numberOfWhat = (what: Flight | number): number => (typeof what === "number" ? what : what.memo.number);

function eventOf(flight: Flight, now: Instant): Event {
  const from = addressOf(flight.from);
  switch (flight.kind) {
    case "datagram": return { kind: "received", now, from, message: flight.message };
    case "request":  return { kind: "exchange-opened", now, from, exchange: exchangeId(flight.from + 1), message: flight.message };
    case "answer":   return { kind: "exchange-answered", now, from, message: flight.message };
  }
}

/** What an effect puts under way; nothing to a member without a process. */
function flightOf(effect: Effect, from: number, event: Event): readonly Flight[] {
  switch (effect.kind) {
    case "announce": return [];
    case "send":     return [{ kind: "datagram", from, to: numberOf(effect.to), message: effect.message, isLate: false, memo: noMemo() }];
    case "exchange": return [{ kind: "request", from, to: numberOf(effect.with), message: effect.message, isLate: false, memo: noMemo() }];
    case "answer":   return event.kind === "exchange-opened" ? [{ kind: "answer", from, to: numberOf(event.from), message: effect.message, isLate: false, memo: noMemo() }] : [];
  }
}

/** All members know each other, each at its phase of the period. */
export function firstSituation(world: SmallWorld): Situation {
  const { losses, delays, crashes, leaves } = world;
  const known = viewOf(firstStates(world).map(({ self }) => self));
  const states = firstStates(world).map((state, member): State => {
    const born = start({ config: world.config, id: state.self.id, address: state.self.address, now: instant(0), seed: 1, view: known });
    const periodEndsAt = after(instant(0), world.phases[member] ?? world.config.periodEvery);
    // Exchanges and calls are staggered on a grid: random start times are not part of what is explored.
    const syncAt = world.config.syncEvery === 0 ? NEVER : instant(world.config.syncEvery + GRID * (2 * member + 1));
    const reconnectAt = world.config.reconnectEvery === 0 ? NEVER : instant(world.config.reconnectEvery + GRID * (2 * member + 2));
    return { ...born, rng: noChance, probe: { ...born.probe, periodEndsAt }, gossip: { ...born.gossip, phase: instant(0) }, sync: { ...born.sync, syncAt, reconnectAt } };
  });
  return { now: instant(0), states, isDown: states.map(() => false), flights: [], losses, delays, crashes, leaves };
}

const GRID = 10_000;

const firstStates = ({ members, config }: SmallWorld): readonly State[] =>
  Array.from({ length: members }, (_, member) => start({ config, id: nameOf(member), address: addressOf(member), now: instant(micros(0)), seed: 1 }));
