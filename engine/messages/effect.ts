/** Effects: what a member wants done, in order. The engine hears of a failure only as a later event. */

import type { Member } from "../words/member.ts";
import type { Cause, Ending, Grounds } from "../words/suspicion.ts";
import type { Address, ByteCount, Bytes, ExchangeId, Incarnation, MemberId, Micros } from "../words/units.ts";
import type { Answer, Datagram, Request } from "./message.ts";

/** Whatever a member wants done. */
export type Effect =
  /** One datagram, best effort. `size` is its encoded length, `sizeOfMessage(message)`, which is known here already. */
  | { readonly kind: "send"; readonly to: Address; readonly message: Datagram; readonly size: ByteCount }
  /** Open a stream, send this, and deliver the answer, if one comes, as `exchange-answered`. */
  | { readonly kind: "exchange"; readonly with: Address; readonly message: Request }
  /** Answer on a stream that a peer opened, then close it. */
  | { readonly kind: "answer"; readonly exchange: ExchangeId; readonly message: Answer }
  /** Tell the application that something changed or came in. */
  | { readonly kind: "announce"; readonly change: Change };

/** What is announced to the application. `member` is the record as we hold it from now on. */
export type Change =
  /** Alive now; unknown, dead or left before. */
  | { readonly kind: "joined"; readonly member: Member }
  /** Still alive, with another meta or address. */
  | { readonly kind: "updated"; readonly member: Member }
  /** A probe of it failed. `by` is the member that probed it; `cause` is how we came to know. */
  | { readonly kind: "suspected"; readonly member: Member; readonly by: MemberId; readonly cause: Cause }
  /** Another member suspects it independently: the wait gets shorter (Lifeguard §IV-B). */
  | { readonly kind: "confirmed"; readonly member: Member; readonly by: MemberId }
  /** A suspicion refuted. */
  | { readonly kind: "cleared"; readonly member: Member }
  /**
   * Declared dead. `by` is the member whose suspicion ran out, or whose probe failed (without suspicion); `cause` is how we came to know; `grounds` are
   * those of our own suspicion, null if we had none.
   */
  | { readonly kind: "failed"; readonly member: Member; readonly by: MemberId; readonly cause: Ending; readonly grounds: Grounds | null }
  /** It said goodbye. */
  | { readonly kind: "left"; readonly member: Member }
  /** Its tombstone expired: nothing is remembered of it. */
  | { readonly kind: "forgotten"; readonly member: Member }
  /** `by` accused us, and we refuted: `member` is our own record, with a higher incarnation. */
  | { readonly kind: "refuted"; readonly member: Member; readonly accused: Incarnation; readonly by: MemberId }
  /** `other` claims the name of `member` from another address, and is not believed. */
  | { readonly kind: "conflict"; readonly member: Member; readonly other: Member }
  /** It answers over streams only: datagrams to or from it are lost (memberlist rule 18). */
  | { readonly kind: "datagrams-lost"; readonly member: Member }
  /** It returns from the dead too often: its changes are not announced until it has been stable for `flapFor`. */
  | { readonly kind: "damped"; readonly member: Member }
  /** It answered our ping directly after `roundTrip`, with this payload. */
  | { readonly kind: "answered"; readonly target: MemberId; readonly roundTrip: Micros; readonly payload: Bytes }
  /** It did not answer the ping that the application asked for. */
  | { readonly kind: "unanswered"; readonly target: MemberId }
  /** Our farewell has been told, or our death is final: the driver may stop. */
  | { readonly kind: "departed"; readonly member: Member }
  /** A user message, received from `from`: to us alone, or a broadcast (which `from` may have relayed). */
  | { readonly kind: "message"; readonly payload: Bytes; readonly from: Address }
  /** A broadcast, our own or another's, that was dropped before it was told often enough, because too many waited. */
  | { readonly kind: "untold"; readonly payload: Bytes }
  /** What the application at `from` added to an exchange of views. */
  | { readonly kind: "state"; readonly userState: Bytes; readonly from: Address; readonly join: boolean };
