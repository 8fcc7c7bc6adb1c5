/** The numbers of Serf's layer, what they mean, and where they come from. */

import type { Micros } from "../words/units.ts";
import { seconds } from "../words/units.ts";

/** The parameters of Serf's layer. Lengths of time are in microseconds. */
export type SerfConfig = {
  /** How long an intent of a member that we do not know waits for the member. Serf `RecentIntentTimeout`: 5 min. */
  readonly intentsFor: Micros;
  /** The most that wait; beyond it the oldest goes. Ours: nothing that peers can fill may grow without bound. */
  readonly intentsLimit: number;
  /** For so many moments of their clock user events and queries are remembered, so that none is heard twice. Serf `EventBuffer`, `QueryBuffer`: 512. */
  readonly ringSlots: number;
  /** The most bytes that each of the two takes; beyond it the oldest moments are forgotten early, and what was said then is not heard any more. Ours. */
  readonly ringBytes: number;
  /** The longest user event of our own application, encoded, in bytes; no more than `USER_EVENT_LIMIT`. Serf `UserEventSizeLimit`: 512. */
  readonly userEventLimit: number;
  /** How long at least from one `attach` to the next: each costs what the group is large. Ours: Serf encodes its state anew for each exchange. */
  readonly attachEvery: Micros;
  /**
   * How long our intent to leave travels before we go. Who hears first that we went takes us for failed until it hears the intent. Ours: Serf waits
   * until it has told its intent often enough, 5 s at most (`BroadcastTimeout`).
   */
  readonly leaveAfter: Micros;
  /** How long at least from one network coordinate in our acks to the next; 0: acks carry none, and those of others are not read. Ours: Serf's acks always carry the latest. */
  readonly coordinateEvery: Micros;
};

/** The longest user event that anybody takes: name and payload, in bytes. Serf `UserEventSizeLimit` (the constant): 9 KiB. */
export const USER_EVENT_LIMIT = 9 * 1024;

/** The longest query that an agent asks, encoded, in bytes. Serf `QuerySizeLimit`: 1,024. */
export const QUERY_LIMIT = 1_024;

/** A Serf agent's. */
export const serfDefaults: SerfConfig = {
  intentsFor: seconds(300),
  intentsLimit: 4096,
  ringSlots: 512,
  ringBytes: 1_048_576,
  userEventLimit: 512,
  attachEvery: seconds(1),
  leaveAfter: seconds(1),
  coordinateEvery: seconds(5),
};
