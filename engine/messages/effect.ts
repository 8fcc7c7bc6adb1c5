/** What a member wants done, in this order. None of it can fail in a way the engine must hear about, except as a later event. */

import type { Member } from "../words/member.ts";
import type { Address, ExchangeId, Incarnation, MemberId } from "../words/units.ts";
import type { Datagram, PushPull } from "./message.ts";

export type Effect =
  /** One datagram, best effort. */
  | { readonly kind: "send"; readonly to: Address; readonly message: Datagram }
  /** Open a stream, send this, bring back the answer as `exchange-answered`. */
  | { readonly kind: "exchange"; readonly with: Address; readonly message: PushPull }
  /** Answer on a stream that a peer opened, then close it. */
  | { readonly kind: "answer"; readonly exchange: ExchangeId; readonly message: PushPull }
  /** Tell the application that its view of the group changed. */
  | { readonly kind: "announce"; readonly change: Change };

/** What the application hears. `member` is the record as it is held from now on. */
export type Change =
  /** Unknown, dead or gone before; alive now. */
  | { readonly kind: "joined"; readonly member: Member }
  /** Still alive, with another meta or address. */
  | { readonly kind: "updated"; readonly member: Member }
  /** Its probe failed. `by` is the member whose probe it was. */
  | { readonly kind: "suspected"; readonly member: Member; readonly by: MemberId }
  /** A suspicion refuted. */
  | { readonly kind: "cleared"; readonly member: Member }
  /** Declared dead. `by` is the member whose suspicion ran out. */
  | { readonly kind: "failed"; readonly member: Member; readonly by: MemberId }
  /** It said goodbye. */
  | { readonly kind: "left"; readonly member: Member }
  /** Its tombstone is gone; nothing is remembered of it. */
  | { readonly kind: "forgotten"; readonly member: Member }
  /** We were accused by `by`, and spoke up: `member` is ourselves, with a higher incarnation. */
  | { readonly kind: "refuted"; readonly member: Member; readonly accused: Incarnation; readonly by: MemberId }
  /** Our own farewell has been told, or our own death is final: the driver may stop. */
  | { readonly kind: "departed"; readonly member: Member };
