/** What can happen in a situation, and what comes of it. */

import {
  after, exchangeId, NEVER, nextWake, start, step, viewOf, type Effect, type Event, type Instant, type Rng, type State, type View, instant, micros,
} from "../../engine/index.ts";
import { addressOf, numberOf } from "../world/address.ts";
import { noChance, throwsFor } from "./dice.ts";
import { Pool } from "./pool.ts";
import { Printer } from "./print.ts";
import { nameOf, type Flight, type Move, type Outcome, type Situation, type SmallWorld, type Successor } from "./world.ts";

export class Mover {
  readonly everybody: View;
  readonly printer: Printer;
  private readonly throws: readonly (readonly Rng[])[];
  private readonly rule: typeof step;
  private readonly pool: Pool | null;

  /** With a pool, equal steps are taken once; what a path tells to a recorder is told without, step by step. */
  constructor(world: SmallWorld, rule: typeof step = step, isPooled = false) {
    this.rule = rule;
    this.everybody = viewOf(firstStates(world).map(({ self }) => self));
    this.throws = Array.from({ length: world.members }, (_, member) => throwsFor(this.everybody, nameOf(member), world.members - 1));
    this.printer = new Printer(this.everybody);
    this.pool = isPooled ? new Pool(this.printer) : null;
  }

  /** Everything that can happen next. */
  successors(situation: Situation): readonly Successor[] {
    const { now, states, isDown, flights, losses, delays, crashes } = situation;
    const found: Successor[] = [];
    let isUnderWay = false;
    flights.forEach((flight, place) => {
      isUnderWay ||= !flight.isLate;
      found.push(this.after(situation, { kind: "deliver", flight: place }));
      if (losses > 0 && !flight.isLate) found.push(this.after(situation, { kind: "lose", flight: place }));
      if (delays > 0 && !flight.isLate) found.push(this.after(situation, { kind: "delay", flight: place }));
    });
    const due = isUnderWay ? [] : states.flatMap((state, member) => (isDown[member] !== true && nextWake(state) <= now ? [member] : []));
    for (const member of due) found.push(...this.wakings(situation, member));
    if (crashes > 0) states.forEach((_, member) => { if (isDown[member] !== true) found.push(this.after(situation, { kind: "crash", member })); });
    if (!isUnderWay && due.length === 0) found.push(this.after(situation, { kind: "pass" }));
    return found;
  }

  /** What comes of a move. */
  after(situation: Situation, move: Move): Successor {
    const { states, isDown, flights } = situation;
    switch (move.kind) {
      case "crash": return { move, took: null, situation: { ...situation, crashes: situation.crashes - 1, isDown: isDown.with(move.member, true), flights: flights.filter(({ to }) => to !== move.member) } };
      case "lose":  return { move, took: null, situation: { ...situation, losses: situation.losses - 1, flights: flights.toSpliced(move.flight, 1) } };
      case "delay": return { move, took: null, situation: { ...situation, delays: situation.delays - 1, flights: flights.with(move.flight, this.heldUp(flights[move.flight]!)) } };
      case "pass": {
        const next = states.reduce((least, state, member) => (isDown[member] === true ? least : Math.min(least, nextWake(state))), Infinity);
        return { move, took: null, situation: { ...situation, now: instant(next) } };
      }
      case "wake":
        return this.give(situation, move, move.member, move.dice, flights);
      case "deliver": {
        const flight = flights[move.flight]!;
        return this.give(situation, move, flight.to, flight, flights.toSpliced(move.flight, 1));
      }
    }
  }

  /** One for each throw; but one alone, if no throw is made. */
  private wakings(situation: Situation, member: number): readonly Successor[] {
    const first = this.after(situation, { kind: "wake", member, dice: 0 });
    if (first.took === null || !first.took.isThrown) return [first];
    return this.throws[member]!.map((_, dice) => (dice === 0 ? first : this.after(situation, { kind: "wake", member, dice })));
  }

  private heldUp(flight: Flight): Flight {
    const late: Flight = { ...flight, isLate: true };
    return this.pool?.flightLike(late) ?? late;
  }

  /** A member takes a step: `what` arrives, or it wakes with this throw. `left` is what is still under way. */
  private give(situation: Situation, move: Move, member: number, what: Flight | number, left: readonly Flight[]): Successor {
    const { now, states, isDown } = situation;
    const held = states[member]!;
    const { took, state, flights } = this.pool?.known(held, now, what) ?? this.workOut(held, member, what, now, states.length);
    const sent = isDown.includes(true) ? flights.filter(({ to }) => isDown[to] !== true) : flights;
    const { losses, delays, crashes } = situation;
    return { move, took, situation: { now, states: states.with(member, state), isDown, flights: sent.length === 0 ? left : left.concat(sent), losses, delays, crashes } };
  }

  private workOut(held: State, member: number, what: Flight | number, now: Instant, members: number): Outcome {
    const box = this.throws[member]![typeof what === "number" ? what : 0]!;
    const event: Event = typeof what === "number" ? { kind: "woke", now } : eventOf(what, now);
    const before = held.rng === box ? held : { ...held, rng: box };
    const [next, effects] = this.rule(before, event);
    const state = next.rng === noChance ? next : { ...next, rng: noChance };
    const flights = effects.flatMap((effect) => flightOf(effect, member, event)).filter(({ to }) => to < members);
    const outcome: Outcome = { took: { member, before, event, effects, after: next, isThrown: next.rng !== box }, state, flights };
    return this.pool?.keep(held, now, what, outcome) ?? outcome;
  }
}

function eventOf(flight: Flight, now: Instant): Event {
  const from = addressOf(flight.from);
  switch (flight.kind) {
    case "datagram": return { kind: "received", now, from, message: flight.message };
    case "request":  return { kind: "exchange-opened", now, from, exchange: exchangeId(flight.from + 1), message: flight.message };
    case "answer":   return { kind: "exchange-answered", now, from, message: flight.message };
  }
}

/** What is under way because of an effect; nothing, to where no process is. */
function flightOf(effect: Effect, from: number, event: Event): readonly Flight[] {
  switch (effect.kind) {
    case "announce": return [];
    case "send":     return [{ kind: "datagram", from, to: numberOf(effect.to), message: effect.message, isLate: false }];
    case "exchange": return [{ kind: "request", from, to: numberOf(effect.with), message: effect.message, isLate: false }];
    case "answer":   return event.kind === "exchange-opened" ? [{ kind: "answer", from, to: numberOf(event.from), message: effect.message, isLate: false }] : [];
  }
}

/** All know all, each at its phase of the period. */
export function firstSituation(world: SmallWorld): Situation {
  const { losses, delays, crashes } = world;
  const known = viewOf(firstStates(world).map(({ self }) => self));
  const states = firstStates(world).map((state, member): State => {
    const born = start({ config: world.config, id: state.self.id, address: state.self.address, now: instant(0), seed: 1, view: known });
    const periodEndsAt = after(instant(0), world.phases[member] ?? world.config.periodEvery);
    // Exchanges and calls come after one another, on a grid: what is left to chance at birth is no part of what is explored.
    const syncAt = world.config.syncEvery === 0 ? NEVER : instant(world.config.syncEvery + GRID * (2 * member + 1));
    const reconnectAt = world.config.reconnectEvery === 0 ? NEVER : instant(world.config.reconnectEvery + GRID * (2 * member + 2));
    return { ...born, rng: noChance, probe: { ...born.probe, periodEndsAt }, gossip: { ...born.gossip, phase: instant(0) }, sync: { ...born.sync, syncAt, reconnectAt } };
  });
  return { now: instant(0), states, isDown: states.map(() => false), flights: [], losses, delays, crashes };
}

const GRID = 10_000;

const firstStates = ({ members, config }: SmallWorld): readonly State[] =>
  Array.from({ length: members }, (_, member) => start({ config, id: nameOf(member), address: addressOf(member), now: instant(micros(0)), seed: 1 }));
