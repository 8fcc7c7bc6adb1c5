/**
 * The pool: members that are the same in all that decides what they do are one value, and so are messages; what came of a step is kept, and not worked out again.
 * Most steps of a small world are taken again and again: what befalls one member does not ask in which order the others fare.
 */

import type { Instant, State } from "../../engine/index.ts";
import type { Printer } from "./print.ts";
import type { Face, Flight, Outcome } from "./world.ts";

/** More than there are throws: what else befalls a member is numbered from here. */
export const THROWS = 256;

export class Pool {
  private readonly printer: Printer;
  private readonly states = new Map<number, State>();
  private readonly flights = new Map<number, Flight>();

  constructor(printer: Printer) {
    this.printer = printer;
  }

  /** Keeps what came of it, in values that stand for all that are like them. */
  keep(face: Face, what: number, { took, state: next, flights }: Omit<Outcome, "face">): Outcome {
    const state = this.stateLike(next, face.now);
    const outcome = { took, state, flights: flights.map((flight) => this.flightLike(flight)), face: this.printer.faceOf(state, face.now) };
    face.outcomes.set(what, outcome);
    return outcome;
  }

  /** The one that stands for all messages like this. */
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
