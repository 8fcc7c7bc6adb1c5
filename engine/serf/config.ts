/** The numbers of Serf's layer, what they mean, and where they come from. */

import type { Micros } from "../words/units.ts";
import { seconds } from "../words/units.ts";

/** The parameters of Serf's layer. Lengths of time are in microseconds. */
export type SerfConfig = {
  /** How long an intent about an unknown member waits for the member. Serf `RecentIntentTimeout`: 5 min. */
  readonly intentsFor: Micros;
  /** The most intents that wait; beyond it the oldest is dropped. Ours: nothing that peers can fill may grow without bound. */
  readonly intentsLimit: number;
  /** For how many Lamport times user events and queries are remembered, so that none is processed twice. Serf `EventBuffer`, `QueryBuffer`: 512. */
  readonly ringSlots: number;
  /** The most bytes that each of the two takes; beyond it the oldest Lamport times are forgotten early, and messages from then are ignored. Ours. */
  readonly ringBytes: number;
  /** The longest user event of our own application, encoded, in bytes; no more than `USER_EVENT_LIMIT`. Serf `UserEventSizeLimit`: 512. */
  readonly userEventLimit: number;
  /** The least time from one `attach` to the next: the cost of each is proportional to the group. Ours: Serf encodes its state anew for each exchange. */
  readonly attachEvery: Micros;
  /**
   * How long our intent to leave travels before we leave. A member that hears of our leaving first takes us for failed until it hears the intent. Ours: Serf waits
   * until it has told its intent often enough, 5 s at most (`BroadcastTimeout`).
   */
  readonly leaveAfter: Micros;
  /** The least time between two changes of the network coordinate in our acks; 0: acks carry none, and those of others are ignored. Ours: Serf's acks always carry the latest. */
  readonly coordinateEvery: Micros;
};

/** The longest user event that members accept: name and payload, in bytes. Serf `UserEventSizeLimit` (the constant): 9 KiB. */
export const USER_EVENT_LIMIT = 9 * 1024;

/** The longest query that an agent sends, encoded, in bytes. Serf `QuerySizeLimit`: 1,024. */
export const QUERY_LIMIT = 1_024;

/** The numbers of a Serf agent. */
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
