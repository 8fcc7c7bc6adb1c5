/** What Serf's layer wants done, in order, and what it announces to the application. */

import type { Priority } from "../messages/event.ts";
import type { Member } from "../words/member.ts";
import type { Address, Bytes } from "../words/units.ts";
import type { QueryAnswer, Query, UserEvent } from "./message.ts";
import type { SerfStatus } from "./status.ts";

/** Whatever Serf's layer wants done. */
export type SerfOutput =
  /** Broadcast this: the engine's `asked-to-broadcast`, without a key, because no message of Serf replaces another (memberlist rule 59). */
  | { readonly kind: "broadcast"; readonly payload: Bytes; readonly priority: Priority }
  /** Add this to exchanges of views from now on: `toViews` of the engine's `asked-to-attach`. */
  | { readonly kind: "attach"; readonly userState: Bytes }
  /** Add this, our network coordinate, to acks from now on: `toAcks` of the engine's `asked-to-attach`. */
  | { readonly kind: "attach-to-acks"; readonly payload: Bytes }
  /** Send this to one address: the engine's `asked-to-send`, in a datagram. */
  | { readonly kind: "send"; readonly to: Address; readonly payload: Bytes }
  /** Leave now: the engine's `asked-to-leave`. */
  | { readonly kind: "leave" }
  /** Tell the application. */
  | { readonly kind: "announce"; readonly news: SerfNews };

/** What Serf's layer announces to the application. */
export type SerfNews =
  /** A member's status changed. `none`: it was not known, or is forgotten. */
  | { readonly kind: "status"; readonly member: Member; readonly was: SerfStatus; readonly is: SerfStatus }
  /** A member has another meta or address. */
  | { readonly kind: "updated"; readonly member: Member }
  /** A user event, of another member's application or of our own. */
  | { readonly kind: "told"; readonly event: UserEvent }
  /** A query for us, from an application or from `serf keys` (`keyTaskIn`). It is answered with `asked-to-answer`. */
  | { readonly kind: "asked"; readonly query: Query }
  /** A member answered or acknowledged a query of our own application; each member at most once. */
  | { readonly kind: "answered"; readonly answer: QueryAnswer }
  /** Our own application's user event was not sent, for this reason. */
  | { readonly kind: "not-told"; readonly name: string; readonly why: string };
