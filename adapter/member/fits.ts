/** Size limits: what fits into a datagram or a stream of a member's own record, and of an application's messages. */

import {
  address, bytes, COMPOUND_HEAD, COMPOUND_PART, GREATEST_INCARNATION, LONGEST_SIGNATURE, noGossip, noUserMessages, roomForGossip, seqNo, sizeOfClaim,
  sizeOfMessage, sizeOfUserMessage,
  type Ack, type Bytes, type Config, type Member,
} from "../../engine/index.ts";
import { MemberError } from "../error.ts";

/** The smallest message, with the longest seq: what does not fit on this fits on none. */
const smallest: Ack = { kind: "ack", seq: seqNo(4_294_967_295), payload: bytes(""), gossip: noGossip, userMessages: noUserMessages };

/** The longest possible address. */
const longest = address("[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535");

/** How many more bytes the greatest length takes in MessagePack than 0. */
const LENGTH_OF_LONG = 4;

/** Checks that name and meta fit into one datagram: otherwise others would hear of us only by exchanges of views. Throws a `MemberError`. */
export function checkFits(self: Pick<Member, "id" | "meta" | "versions">, { datagramBudget }: Config): void {
  const member: Member = { ...self, address: longest, incarnation: GREATEST_INCARNATION, status: "alive" };
  const size = COMPOUND_PART + sizeOfClaim({ kind: "alive", member });
  const room = roomForGossip(smallest, datagramBudget);
  if (size > room) throw new MemberError("too-long", `the name and the meta take ${size} bytes of a datagram, which has room for ${Math.max(0, room)}`);
}

/** The longest payload to one member in a datagram. */
export const longestWord = ({ datagramBudget, broadcastRelay }: Config): number =>
  datagramBudget - COMPOUND_HEAD - COMPOUND_PART - sizeOfUserMessage(bytes("")) - markOf(broadcastRelay);

/** The longest payload to one member over a stream, where a message may have `room` bytes. */
export const longestOnStream = ({ broadcastRelay }: Config, room: number): number =>
  room - sizeOfMessage({ kind: "user", payload: bytes("") }) - LENGTH_OF_LONG - markOf(broadcastRelay);

/** The longest payload of a broadcast. */
export const longestBroadcast = ({ datagramBudget, broadcastRelay }: Config): number =>
  roomForGossip(smallest, datagramBudget) - COMPOUND_PART - sizeOfUserMessage(bytes("")) - markOf(broadcastRelay) - (broadcastRelay === "on" ? LONGEST_SIGNATURE : 0);

/** Where broadcasts are relayed, the engine adds a byte that says whether a message is one. */
const markOf = (broadcastRelay: Config["broadcastRelay"]): number => (broadcastRelay === "on" ? 1 : 0);

/** Throws a `MemberError` if `said` is longer than `limit` bytes; `what` names it. */
export function assertFits(what: string, said: Bytes, limit: number): void {
  if (said.length > limit) throw new MemberError("too-long", `${what} of ${said.length} bytes: at most ${Math.max(0, limit)} are allowed`);
}
