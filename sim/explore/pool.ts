/**
 * The pool: members that are equal in everything that decides what they do are one object, and so are messages; the outcome of a step is kept instead of computed again.
 * Most steps of a small world are taken many times: what one member does does not depend on the order in which the others act.
 */

import type { Instant, State } from "../../engine/index.ts";
import type { Printer } from "./print.ts";
import type { Face, Flight, Outcome } from "./world.ts";

/** More than there are throws: messages, which also cause steps, are numbered from here. */
export const THROWS = 256;

export class Pool {
  private readonly printer: Printer;
  private readonly states = new Map<number, State>();
  private readonly flights = new Map<number, Flight>();

  constructor(printer: Printer) {
    this.printer = printer;
  }

  /** Keeps an outcome, in objects that are shared by all equal ones. */
  keep(face: Face, what: number, { took, state: next, flights }: Omit<Outcome, "face">): Outcome {
    const state = this.stateLike(next, face.now);
    const outcome = { took, state, flights: flights.map((flight) => this.flightLike(flight)), face: this.printer.faceOf(state, face.now) };
    face.outcomes.set(what, outcome);
    return outcome;
  }

  /** The shared object for messages equal to this one. */
  flightLike(flight: Flight): Flight {
    const print = this.printer.exactPrintOfFlight(flight);
    const known = this.flights.get(print);
    if (known !== undefined) return known;
    flight.memo.number = THROWS + this.flights.size;
    this.flights.set(print, flight);
    return flight;
  }

  private stateLike(state: State, now: Instant): State {
    const print = this.printer.exactPrintOf(state, now);
    const known = this.states.get(print);
    if (known === undefined) this.states.set(print, state);
    return known ?? state;
  }
}
