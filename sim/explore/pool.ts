/**
 * The pool: members that are the same in all that decides what they do are one value, and so are messages; what came of a step is kept, and not worked out again.
 * Most steps of a small world are taken again and again: what befalls one member does not ask in which order the others fare.
 */

import type { Instant, State } from "../../engine/index.ts";
import type { Printer } from "./print.ts";
import type { Flight, Outcome } from "./world.ts";

/** More than there are throws. */
const THROWS = 256;

export class Pool {
  private readonly printer: Printer;
  private readonly states = new Map<number, State>();
  private readonly flights = new Map<number, Flight>();
  private readonly numbers = new Map<Flight, number>();
  private readonly outcomes = new Map<State, Map<Instant, Map<number, Outcome>>>();

  constructor(printer: Printer) {
    this.printer = printer;
  }

  /** What came of it when this was delivered to a member as it is, or when it woke with this throw; undefined if nobody worked it out yet. */
  known(state: State, now: Instant, what: Flight | number): Outcome | undefined {
    return this.outcomes.get(state)?.get(now)?.get(typeof what === "number" ? what : this.numberOf(what));
  }

  /** Keeps what came of it, in values that stand for all that are like them. */
  keep(state: State, now: Instant, what: Flight | number, { took, state: next, flights }: Outcome): Outcome {
    const outcome = { took, state: this.stateLike(next, now), flights: flights.map((flight) => this.flightLike(flight)) };
    const moments = this.outcomes.get(state) ?? new Map<Instant, Map<number, Outcome>>();
    const kept = moments.get(now) ?? new Map<number, Outcome>();
    this.outcomes.set(state, moments.set(now, kept.set(typeof what === "number" ? what : this.numberOf(what), outcome)));
    return outcome;
  }

  /** The one that stands for all messages like this. */
  flightLike(flight: Flight): Flight {
    const print = this.printer.exactPrintOfFlight(flight);
    const known = this.flights.get(print);
    if (known === undefined) this.flights.set(print, flight);
    return known ?? flight;
  }

  private stateLike(state: State, now: Instant): State {
    const print = this.printer.exactPrintOf(state, now);
    const known = this.states.get(print);
    if (known === undefined) this.states.set(print, state);
    return known ?? state;
  }

  private numberOf(flight: Flight): number {
    let number = this.numbers.get(flight);
    if (number === undefined) this.numbers.set(flight, (number = THROWS + this.numbers.size));
    return number;
  }
}
