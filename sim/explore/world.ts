/** A small world, all of whose possible runs are explored: its members, what may go wrong and how often, and one situation of it. */

import type { Answer, Config, Datagram, Effect, Event, Instant, MemberId, Micros, Request, State } from "../../engine/index.ts";

/** What may happen is bounded, so that exploration ends. */
export type SmallWorld = {
  readonly name: string;
  readonly about: string;
  readonly members: number;
  readonly config: Config;
  /** When each member's first period ends; all at once if empty. */
  readonly phases: readonly Micros[];
  /** How many messages may be lost; how many delayed until their sender has stopped waiting, or longer; how many processes may end. */
  readonly losses: number;
  readonly delays: number;
  readonly crashes: number;
  /** How many members may say goodbye. */
  readonly leaves: number;
};

/** Something under way from one member to another. A `late` one was delayed: it may arrive at any later moment, or never. */
export type Flight = { readonly from: number; readonly to: number; readonly isLate: boolean; readonly memo: FlightMemo } & (
  | { readonly kind: "datagram"; readonly message: Datagram }
  | { readonly kind: "request"; readonly message: Request }
  | { readonly kind: "answer"; readonly message: Answer }
);

/** Cached facts about a message: its number in the pool (−1 for none), its print under each order, and its delayed version. */
export type FlightMemo = { number: number; readonly prints: number[]; late: Flight | null };

export const noMemo = (): FlightMemo => ({ number: -1, prints: [], late: null });

/** A member at one moment, with cached facts: its looks, its print under each order, and the outcomes of its possible steps, by the pool's numbers. */
export type Face = { readonly state: State; readonly now: Instant; readonly look: number; readonly prints: number[]; readonly outcomes: Map<number, Outcome> };

/** Everything that decides what can happen next. */
export type Situation = {
  readonly now: Instant;
  /** Each member's state; the last one if its process ended. */
  readonly states: readonly State[];
  readonly isDown: readonly boolean[];
  readonly flights: readonly Flight[];
  readonly losses: number;
  readonly delays: number;
  readonly crashes: number;
  readonly leaves: number;
  /** The faces of those states, if computed. A cache and no part of the situation: invalid if states or time differ. */
  readonly faces?: readonly Face[];
};

/** A possible move. Time passes only when nothing is under way except late messages, and no alarm is due. */
export type Move =
  | { readonly kind: "deliver" | "lose" | "delay"; readonly flight: number }
  /** Its alarm goes off, or its application makes it say goodbye; `dice` is the number of the throw, if one is needed. */
  | { readonly kind: "wake" | "leave"; readonly member: number; readonly dice: number }
  | { readonly kind: "crash"; readonly member: number }
  | { readonly kind: "pass" };

/** A step that a member took between two situations. */
export type Took = {
  readonly member: number; readonly before: State; readonly event: Event; readonly effects: readonly Effect[]; readonly after: State;
  /** Did it throw dice? */
  readonly isThrown: boolean;
  /** The violation of this step by itself, once judged. */
  readonly judged: { charge: Charge | null | undefined };
};

/** An oracle, and how it is violated. */
export type Charge = { readonly oracle: string; readonly member: number; readonly why: string };

/** The outcome of a step: the member's state, with its dice removed, and what it sent. */
export type Outcome = { readonly took: Took; readonly state: State; readonly flights: readonly Flight[]; readonly face: Face };

export type Successor = { readonly move: Move; readonly situation: Situation; readonly took: Took | null };

export const nameOf = (member: number): MemberId => `m${member + 1}` as MemberId;
