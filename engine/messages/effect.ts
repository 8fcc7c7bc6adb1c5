/** What a member wants done, in this order. None of it can fail in a way the engine must hear about, except as a later event. */

import type { Member } from "../words/member.ts";
import type { Cause, Ending, Grounds } from "../words/suspicion.ts";
import type { Address, ByteCount, Bytes, ExchangeId, Incarnation, MemberId, Micros } from "../words/units.ts";
import type { Answer, Datagram, Request } from "./message.ts";

/** Whatever a member wants done. */
export type Effect =
  /** One datagram, best effort. `size` is what it becomes on the wire: `sizeOfMessage(message)`, known here already. */
  | { readonly kind: "send"; readonly to: Address; readonly message: Datagram; readonly size: ByteCount }
  /** Open a stream, send this, bring back the answer, if one comes, as `exchange-answered`. */
  | { readonly kind: "exchange"; readonly with: Address; readonly message: Request }
  /** Answer on a stream that a peer opened, then close it. */
  | { readonly kind: "answer"; readonly exchange: ExchangeId; readonly message: Answer }
  /** Tell the application that something changed, or came in. */
  | { readonly kind: "announce"; readonly change: Change };

/** What the application hears. `member` is the record as it is held from now on. */
export type Change =
  /** Unknown, dead or gone before; alive now. */
  | { readonly kind: "joined"; readonly member: Member }
  /** Still alive, with another meta or address. */
  | { readonly kind: "updated"; readonly member: Member }
  /** Its probe failed. `by` is the member whose probe it was; `cause` is how we came to know. */
  | { readonly kind: "suspected"; readonly member: Member; readonly by: MemberId; readonly cause: Cause }
  /** Another member suspects it independently: the wait gets shorter (Lifeguard §IV-B). */
  | { readonly kind: "confirmed"; readonly member: Member; readonly by: MemberId }
  /** A suspicion refuted. */
  | { readonly kind: "cleared"; readonly member: Member }
  /**
   * Declared dead. `by` is the member whose suspicion ran out, or whose probe failed where there is none; `cause` is how we came to know; `grounds` are those
   * on which we suspected it ourselves, null if we did not.
   */
  | { readonly kind: "failed"; readonly member: Member; readonly by: MemberId; readonly cause: Ending; readonly grounds: Grounds | null }
  /** It said goodbye. */
  | { readonly kind: "left"; readonly member: Member }
  /** Its tombstone is gone; nothing is remembered of it. */
  | { readonly kind: "forgotten"; readonly member: Member }
  /** We were accused by `by`, and spoke up: `member` is ourselves, with a higher incarnation. */
  | { readonly kind: "refuted"; readonly member: Member; readonly accused: Incarnation; readonly by: MemberId }
  /** Another claims the name of `member` from another address, and is not believed. */
  | { readonly kind: "conflict"; readonly member: Member; readonly other: Member }
  /** It answers over streams only: its datagrams are lost somewhere (memberlist rule 18). */
  | { readonly kind: "datagrams-lost"; readonly member: Member }
  /** It comes and goes too often: nothing more of that is announced until it has been still for `flapFor`. */
  | { readonly kind: "damped"; readonly member: Member }
  /** It answered our ping directly after `roundTrip`, with this payload. */
  | { readonly kind: "answered"; readonly target: MemberId; readonly roundTrip: Micros; readonly payload: Bytes }
  /** It did not answer the ping that the application asked for. */
  | { readonly kind: "unanswered"; readonly target: MemberId }
  /** Our own farewell has been told, or our own death is final: the driver may stop. */
  | { readonly kind: "departed"; readonly member: Member }
  /** An application's word, by way of `from`: to us alone, or a broadcast. */
  | { readonly kind: "message"; readonly payload: Bytes; readonly from: Address }
  /** A broadcast, our own or another's, that we tell no longer, though not yet as often as we should: more waited than may. */
  | { readonly kind: "untold"; readonly payload: Bytes }
  /** What the application at `from` added to an exchange of views. */
  | { readonly kind: "state"; readonly userState: Bytes; readonly from: Address; readonly join: boolean };
