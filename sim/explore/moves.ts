/** What can happen in a situation, and what comes of it. */

import {
  after, exchangeId, NEVER, nextWake, start, step, viewOf, type Effect, type Event, type Instant, type Rng, type State, type View, instant, micros,
} from "../../engine/index.ts";
import { addressOf, numberOf } from "../world/address.ts";
import { noChance, throwsFor } from "./dice.ts";
import { nameOf, type Flight, type Move, type Situation, type SmallWorld } from "./world.ts";

/** A step that a member took on the way from one situation to the next. */
export type Took = {
  readonly member: number; readonly before: State; readonly event: Event; readonly effects: readonly Effect[]; readonly after: State;
  /** Did chance decide anything? */
  readonly isThrown: boolean;
};

export type Successor = { readonly move: Move; readonly situation: Situation; readonly took: Took | null };

export class Mover {
  readonly everybody: View;
  private readonly throws: readonly (readonly Rng[])[];
  private readonly rule: typeof step;

  constructor(world: SmallWorld, rule: typeof step = step) {
    this.rule = rule;
    this.everybody = viewOf(firstStates(world).map(({ self }) => self));
    this.throws = Array.from({ length: world.members }, (_, member) => throwsFor(this.everybody, nameOf(member), world.members - 1));
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
      case "delay": return { move, took: null, situation: { ...situation, delays: situation.delays - 1, flights: flights.with(move.flight, { ...flights[move.flight]!, isLate: true }) } };
      case "pass": {
        const next = states.reduce((least, state, member) => (isDown[member] === true ? least : Math.min(least, nextWake(state))), Infinity);
        return { move, took: null, situation: { ...situation, now: instant(next) } };
      }
      case "wake":
        return this.give(situation, move, move.member, { kind: "woke", now: situation.now }, this.throws[move.member]![move.dice]!);
      case "deliver": {
        const flight = flights[move.flight]!;
        return this.give({ ...situation, flights: flights.toSpliced(move.flight, 1) }, move, flight.to, eventOf(flight, situation.now), this.throws[flight.to]![0]!);
      }
    }
  }

  /** One for each throw; but one alone, if no throw is made. */
  private wakings(situation: Situation, member: number): readonly Successor[] {
    const first = this.after(situation, { kind: "wake", member, dice: 0 });
    if (first.took === null || !first.took.isThrown) return [first];
    return this.throws[member]!.map((_, dice) => (dice === 0 ? first : this.after(situation, { kind: "wake", member, dice })));
  }

  private give(situation: Situation, move: Move, member: number, event: Event, box: Rng): Successor {
    const held = situation.states[member]!;
    const before = held.rng === box ? held : { ...held, rng: box };
    const [next, effects] = this.rule(before, event);
    const state = next.rng === noChance ? next : { ...next, rng: noChance };
    const flights = [...situation.flights, ...effects.flatMap((effect) => flightOf(effect, member, event, situation))];
    return { move, situation: { ...situation, states: situation.states.with(member, state), flights }, took: { member, before, event, effects, after: next, isThrown: next.rng !== box } };
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
function flightOf(effect: Effect, from: number, event: Event, { isDown, states }: Situation): readonly Flight[] {
  switch (effect.kind) {
    case "announce": return [];
    case "send":     return sent({ kind: "datagram", from, to: numberOf(effect.to), message: effect.message, isLate: false });
    case "exchange": return sent({ kind: "request", from, to: numberOf(effect.with), message: effect.message, isLate: false });
    case "answer":   return event.kind === "exchange-opened" ? sent({ kind: "answer", from, to: numberOf(event.from), message: effect.message, isLate: false }) : [];
  }

  function sent(flight: Flight): readonly Flight[] {
    return isDown[flight.to] === true || states[flight.to] === undefined ? [] : [flight];
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
