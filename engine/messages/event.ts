/** Events: everything that can happen to a member. Each carries its moment; the engine has no other clock. */

import type { Address, Bytes, ExchangeId, Instant, MemberId } from "../words/units.ts";
import type { Answer, Datagram, Request } from "./message.ts";

/** Whatever can happen to a member. `now` is the moment by its own clock. */
export type Event =
  /** A datagram came in. */
  | { readonly kind: "received"; readonly now: Instant; readonly from: Address; readonly message: Datagram }
  /** A peer opened a stream to us, and waits for an answer if its request has one. */
  | { readonly kind: "exchange-opened"; readonly now: Instant; readonly from: Address; readonly exchange: ExchangeId; readonly message: Request }
  /** The answer to a stream that we opened. If none comes, nothing happens. */
  | { readonly kind: "exchange-answered"; readonly now: Instant; readonly from: Address; readonly message: Answer }
  /** The alarm went off. It carries no payload: the state says what is due. Early is harmless, late is noticed. */
  | { readonly kind: "woke"; readonly now: Instant }
  /**
   * The same while nothing can be sent (the socket blocks). Suspicions end and tombstones expire; a probe begins, and then waits. Everything else stays
   * overdue until the next `woke`. A driver that cannot send sets its alarm to `nextMuteWake` instead of `nextWake`, and holds back what we want sent.
   */
  | { readonly kind: "woke-mute"; readonly now: Instant }
  /** The driver could not send a datagram to this address (memberlist rule 13). */
  | { readonly kind: "undeliverable"; readonly now: Instant; readonly to: Address }
  /** The application wants to join the group of these seeds. */
  | { readonly kind: "asked-to-join"; readonly now: Instant; readonly seeds: readonly Address[] }
  /** The application wants to leave; `departed` is announced when the driver may stop. */
  | { readonly kind: "asked-to-leave"; readonly now: Instant }
  /** The application has new meta. */
  | { readonly kind: "asked-to-update"; readonly now: Instant; readonly meta: Bytes }
  /** The application sends one member a user message, best effort or over a stream. */
  | { readonly kind: "asked-to-send"; readonly now: Instant; readonly to: Address; readonly payload: Bytes; readonly over: "datagram" | "stream" }
  /** The application broadcasts this. An earlier broadcast under the same `key` (unless empty) is not told any more. */
  | { readonly kind: "asked-to-broadcast"; readonly now: Instant; readonly payload: Bytes; readonly key: string; readonly priority: Priority }
  /** The application pings this member: `answered` is announced, or `unanswered` after `askRelaysAfter`. */
  | { readonly kind: "asked-to-ping"; readonly now: Instant; readonly to: Address; readonly target: MemberId }
  /** What the application adds from now on to acks, and to exchanges of views. */
  | { readonly kind: "asked-to-attach"; readonly now: Instant; readonly toAcks: Bytes; readonly toViews: Bytes };

/** Broadcasts of one priority wait until none of a more urgent priority waits. */
export type Priority = "urgent" | "normal" | "bulk";
