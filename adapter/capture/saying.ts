/** What somebody said to somebody in a capture: the packets, understood. */

import type { Address, Answer, Datagram, Instant, Request } from "../../engine/index.ts";
import type { DropReason, StreamSide } from "../codec/codec.ts";

/** Why something could not be read: as a codec has it, or because of the capture itself. */
export type UnreadReason =
  | DropReason
  /** The capture kept only the beginning of its packets (snaplen). */
  | "cut"
  /** Parts of it are not in the capture. */
  | "gap"
  /** A kind of link, or a packet, that we know nothing of. */
  | "foreign";

/** `at`: since the capture's first packet. `size`: bytes as they were on the wire, without the heads of UDP, TCP and below. */
export type Saying =
  | { readonly kind: "datagram"; readonly at: Instant; readonly from: Address; readonly to: Address; readonly message: Datagram; readonly size: number }
  | {
      readonly kind: "stream"; readonly at: Instant; readonly from: Address; readonly to: Address; readonly message: Request | Answer; readonly size: number;
      readonly side: StreamSide;
      /** Both sides of one stream have the same number. */
      readonly stream: number;
    }
  | { readonly kind: "unread"; readonly at: Instant; readonly reason: UnreadReason; readonly why: string };
