/** The part of the world that the timeline acts upon. */

import type { Address, Event, Instant, MemberId } from "../../engine/index.ts";
import type { Observer } from "../measure/observer.ts";
import type { Rift } from "../../trace/index.ts";
import type { ClockChange, Scenario } from "../scenario/model.ts";
import type { Rebirth } from "./birth.ts";
import type { Pace } from "./inbox.ts";
import type { Network } from "./network.ts";
import type { Truth } from "./truth.ts";

export type Stage = {
  readonly scenario: Scenario;
  readonly ids: readonly MemberId[];
  readonly network: Network;
  readonly truth: Truth;
  readonly observer: Observer;
  readonly clock: Instant;
  /** Starts a process; without a rebirth, for the first time. */
  readonly startMember: (member: number, rebirth?: Rebirth) => void;
  readonly stopMember: (member: number, as: "crashed" | "departed") => void;
  readonly pauseMember: (member: number) => void;
  readonly resumeMember: (member: number) => void;
  readonly blockMember: (member: number) => void;
  readonly unblockMember: (member: number) => void;
  readonly slowMember: (member: number, pace: Pace) => void;
  readonly hastenMember: (member: number) => void;
  readonly changeClock: (member: number, change: ClockChange) => void;
  /** Schedules the next step of the timeline's line of this index: see `Timeline.turn`. */
  readonly postpone: (at: Instant, index: number, step: number) => void;
  readonly addressFor: (member: number) => Address;
  readonly idOf: (member: number) => MemberId;
  readonly give: (member: number, event: Event) => void;
  readonly recordDisruption: (kind: string, members: readonly number[], rift?: Rift) => void;
};

/** An event that a member is to get. */
export type Given = readonly [member: number, event: Event];
