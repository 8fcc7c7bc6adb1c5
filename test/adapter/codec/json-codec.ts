/** Another codec, to show that one can be plugged in: lines of JSON, readable with bare eyes. Larger than memberlist's wire, and understood by nobody but itself. */

import type { Codec, DecodedBytes } from "../../../adapter/codec/codec.ts";
import { membersOf, sizeOfMessage, viewOf, type Answer, type Datagram, type Member, type Message, type Request } from "../../../engine/index.ts";

const NEWLINE = 0x0a;
/** The longest line that is waited for. */
const LONGEST = 2 ** 20;
/** So many times as long as on memberlist's wire a message may become: an address of four bytes is a text of twenty characters, and a byte may be six. */
const TIMES = 6;

/** `budget`: the longest datagram that the network takes. The engine packs by memberlist's sizes, so a sixth of it is what it may fill. */
export function jsonCodec(budget: number): Codec {
  return {
    overhead: budget - Math.floor(budget / TIMES),
    encode: (message) => Buffer.from(written(message)),
    decode: (packet) => {
      const message = read(packet);
      return message !== undefined && "gossip" in message ? { ok: true, message, unread: [] } : { ok: false, reason: "malformed", why: "no line of JSON that we know" };
    },
    encodeStream: (message) => Buffer.from(`${written(message)}\n`),
    decodeStream: (bytes, _from, _side, seen) => readLine(bytes, seen?.at ?? 0),
  };
}

function readLine(bytes: Uint8Array, at: number): DecodedBytes {
  const end = bytes.indexOf(NEWLINE, at);
  if (end < 0 && bytes.length > LONGEST) return { kind: "refused", reason: "too-long", why: `a line of more than ${LONGEST} bytes` };
  if (end < 0) return { kind: "more", atLeast: bytes.length + 1, seen: { at: bytes.length } };
  const message = read(bytes.subarray(0, end));
  if (message === undefined || !isForStreams(message)) return { kind: "refused", reason: "malformed", why: "no line of JSON that we know" };
  return { kind: "message", message, unread: [] };
}

/** A view as the list of its members; everything else as it is. */
const written = (message: Message): string => JSON.stringify("view" in message ? { ...message, view: membersOf(message.view) } : message);

function read(bytes: Uint8Array): Message | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(bytes).toString());
    const message = typeof said === "object" && said !== null && "view" in said ? { ...said, view: viewOf(said.view as Member[]) } : said;
    // Whatever the wire can measure has all that the engine asks of a message: a kind, and texts, numbers and lists where they belong.
    return Number.isSafeInteger(sizeOfMessage(message as Message)) && isKnown(message as Message) ? (message as Message) : undefined;
  } catch {
    return undefined;
  }
}

const isKnown = ({ kind }: Message): boolean => ["ping", "ack", "ping-req", "nack", "gossip", "push-pull", "compare", "patch", "user"].includes(kind);
const isForStreams = (message: Message): message is Request | Answer => ["push-pull", "compare", "patch", "user", "ping", "ack"].includes(message.kind);

/** What a datagram of JSON says, for a test to look at. */
export const jsonOf = (packet: Uint8Array): Datagram => JSON.parse(Buffer.from(packet).toString()) as Datagram;
