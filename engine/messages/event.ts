/** Everything that can happen to a member. Each carries the moment it happened; the engine has no other clock. */

import type { Address, Bytes, ExchangeId, Instant } from "../words/units.ts";
import type { Datagram, PushPull } from "./message.ts";

export type Event =
  /** A datagram came in. */
  | { readonly kind: "received"; readonly now: Instant; readonly from: Address; readonly message: Datagram }
  /** A peer opened a stream to us and waits for an answer on it. */
  | { readonly kind: "exchange-opened"; readonly now: Instant; readonly from: Address; readonly exchange: ExchangeId; readonly message: PushPull }
  /** The answer to a stream that we opened. If none comes, nothing happens. */
  | { readonly kind: "exchange-answered"; readonly now: Instant; readonly from: Address; readonly message: PushPull }
  /** The alarm went off. Carries nothing: what is due stands in the state. Early is harmless, late is noticed. */
  | { readonly kind: "woke"; readonly now: Instant }
  /** The application wants to be a member of the group that these belong to. */
  | { readonly kind: "asked-to-join"; readonly now: Instant; readonly seeds: readonly Address[] }
  /** The application wants to say goodbye; it is told `departed` when the driver may stop. */
  | { readonly kind: "asked-to-leave"; readonly now: Instant }
  /** The application has something new to say of itself. */
  | { readonly kind: "asked-to-update"; readonly now: Instant; readonly meta: Bytes };
