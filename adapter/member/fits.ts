/** What fits: a member's own record, and an application's words, in what a datagram carries. */

import {
  address, bytes, COMPOUND_HEAD, COMPOUND_PART, GREATEST_INCARNATION, LONGEST_SIGNATURE, noGossip, noUserMessages, roomForGossip, seqNo, sizeOfClaim,
  sizeOfMessage, sizeOfUserMessage,
  type Ack, type Bytes, type Config, type Member,
} from "../../engine/index.ts";
import { MemberError } from "../error.ts";

/** The smallest message, under its longest seq: what rides on anything rides on this. */
const smallest: Ack = { kind: "ack", seq: seqNo(4_294_967_295), payload: bytes(""), gossip: noGossip, userMessages: noUserMessages };

/** The longest address there is. */
const longest = address("[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535");

/** How much more a length takes in MessagePack if it is great than if it is 0. */
const LENGTH_OF_LONG = 4;

/** Could the group be told of it? Name and meta must fit in one datagram, or nobody would hear of us but by exchanges of views. Throws a `MemberError`. */
export function checkFits(self: Pick<Member, "id" | "meta" | "versions">, { datagramBudget }: Config): void {
  const member: Member = { ...self, address: longest, incarnation: GREATEST_INCARNATION, status: "alive" };
  const size = COMPOUND_PART + sizeOfClaim({ kind: "alive", member });
  const room = roomForGossip(smallest, datagramBudget);
  if (size > room) throw new MemberError("too-long", `the name and the meta take ${size} bytes of a datagram, which has room for ${Math.max(0, room)}`);
}

/** The longest word to one member that goes in a datagram, where `marks` bytes of it are the engine's. */
export const longestWord = ({ datagramBudget, broadcastRelay }: Config): number =>
  datagramBudget - COMPOUND_HEAD - COMPOUND_PART - sizeOfUserMessage(bytes("")) - markOf(broadcastRelay);

/** The longest word to one member that goes over a stream, where a message may have `room` bytes. */
export const longestOnStream = ({ broadcastRelay }: Config, room: number): number =>
  room - sizeOfMessage({ kind: "user", payload: bytes("") }) - LENGTH_OF_LONG - markOf(broadcastRelay);

/** The longest broadcast. */
export const longestBroadcast = ({ datagramBudget, broadcastRelay }: Config): number =>
  roomForGossip(smallest, datagramBudget) - COMPOUND_PART - sizeOfUserMessage(bytes("")) - markOf(broadcastRelay) - (broadcastRelay === "on" ? LONGEST_SIGNATURE : 0);

/** Where broadcasts are told on, a byte says whether a word is one. */
const markOf = (broadcastRelay: Config["broadcastRelay"]): number => (broadcastRelay === "on" ? 1 : 0);

/** Throws a `MemberError` if `what` is longer than so many bytes. */
export function assertFits(what: string, said: Bytes, limit: number): void {
  if (said.length > limit) throw new MemberError("too-long", `${what} of ${said.length} bytes: at most ${Math.max(0, limit)} are allowed`);
}
