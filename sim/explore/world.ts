/** A small world, of which every possible run is looked at: who is in it, what may go wrong in it and how often, and one state of it. */

import type { Answer, Config, Datagram, Effect, Event, Instant, MemberId, Micros, Request, State } from "../../engine/index.ts";

/** What may happen is bounded, so that there is an end to it. */
export type SmallWorld = {
  readonly name: string;
  readonly about: string;
  readonly members: number;
  readonly config: Config;
  /** When each member's first period ends; in step, if nothing is said. */
  readonly phases: readonly Micros[];
  /** How many messages may be lost; how many held up until their sender has stopped waiting, or for longer; how many processes may end. */
  readonly losses: number;
  readonly delays: number;
  readonly crashes: number;
  /** How many members may say goodbye. */
  readonly leaves: number;
};

/** Something under way from one member to another. One that is `late` was held up: it may arrive at any later moment, or never. */
export type Flight = { readonly from: number; readonly to: number; readonly isLate: boolean; readonly memo: FlightMemo } & (
  | { readonly kind: "datagram"; readonly message: Datagram }
  | { readonly kind: "request"; readonly message: Request }
  | { readonly kind: "answer"; readonly message: Answer }
);

/** What was worked out of a message: its number in the pool (−1 for none), its print under each order, and itself held up. */
export type FlightMemo = { number: number; readonly prints: number[]; late: Flight | null };

export const noMemo = (): FlightMemo => ({ number: -1, prints: [], late: null });

/** A member at one moment, and what was worked out of it: its looks, its print under each order, and what comes of what may befall it, by the pool's numbers. */
export type Face = { readonly state: State; readonly now: Instant; readonly look: number; readonly prints: number[]; readonly outcomes: Map<number, Outcome> };

/** Everything that decides what can happen next. */
export type Situation = {
  readonly now: Instant;
  /** What each holds; the last of those whose processes ended. */
  readonly states: readonly State[];
  readonly isDown: readonly boolean[];
  readonly flights: readonly Flight[];
  readonly losses: number;
  readonly delays: number;
  readonly crashes: number;
  readonly leaves: number;
  /** The faces of those states, where they were looked at. A help, and no part of it: where the states or the time are others, it counts for nothing. */
  readonly faces?: readonly Face[];
};

/** Something that can happen. Times pass only when nothing is under way that is not late, and nobody's alarm is due. */
export type Move =
  | { readonly kind: "deliver" | "lose" | "delay"; readonly flight: number }
  /** Its alarm goes off, or its application wants it to say goodbye; chance, where that needs any, is this throw. */
  | { readonly kind: "wake" | "leave"; readonly member: number; readonly dice: number }
  | { readonly kind: "crash"; readonly member: number }
  | { readonly kind: "pass" };

/** A step that a member took on the way from one situation to the next. */
export type Took = {
  readonly member: number; readonly before: State; readonly event: Event; readonly effects: readonly Effect[]; readonly after: State;
  /** Did chance decide anything? */
  readonly isThrown: boolean;
  /** What it breaks by itself, once that has been judged. */
  readonly judged: { charge: Charge | null | undefined };
};

/** An oracle, and why it is broken. */
export type Charge = { readonly oracle: string; readonly member: number; readonly why: string };

/** What came of a step: the member, left with no chance, and what it sent. */
export type Outcome = { readonly took: Took; readonly state: State; readonly flights: readonly Flight[]; readonly face: Face };

export type Successor = { readonly move: Move; readonly situation: Situation; readonly took: Took | null };

export const nameOf = (member: number): MemberId => `m${member + 1}` as MemberId;
