/** Everything that can happen to Serf's layer. Each input carries its moment, from the same origin as the engine's events. */

import type { Change } from "../messages/effect.ts";
import type { Bytes, Instant, MemberId } from "../words/units.ts";
import type { Query } from "./message.ts";

/** Whatever can happen to Serf's layer. */
export type SerfInput =
  /** The engine announced this. */
  | { readonly kind: "announced"; readonly now: Instant; readonly change: Change }
  /** The alarm went off: see `nextSerfWake`. Early is harmless. */
  | { readonly kind: "woke"; readonly now: Instant }
  /** The application asked to join, and the engine was told so. `oldEvents`: are user events from before the join processed? */
  | { readonly kind: "asked-to-join"; readonly now: Instant; readonly oldEvents: "heard" | "ignored" }
  /** The application wants to leave. The engine is told later, by the output `leave`. */
  | { readonly kind: "asked-to-leave"; readonly now: Instant }
  /** The application wants a failed member to count as left, and with `prune` to be forgotten at once. */
  | { readonly kind: "asked-to-remove"; readonly now: Instant; readonly member: MemberId; readonly prune: boolean }
  /** The application sends this user event to all members. */
  | { readonly kind: "asked-to-tell"; readonly now: Instant; readonly name: string; readonly payload: Bytes; readonly coalesce: boolean }
  /** The application sends this query, which `queryOf` made from the same state; `encodeSerf` gives its length, at most `QUERY_LIMIT`. */
  | { readonly kind: "asked-to-ask"; readonly now: Instant; readonly query: Query }
  /** The application answers a query that was announced to it. */
  | { readonly kind: "asked-to-answer"; readonly now: Instant; readonly query: Query; readonly payload: Bytes };
