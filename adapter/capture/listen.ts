/** From the packets of a capture to what was said in them. Nothing is kept but what is not whole yet. */

import { crc32, formatAddress, instant, type Address, type Instant } from "../../engine/index.ts";
import type { Codecs } from "./codecs.ts";
import { collectFragments } from "./fragments.ts";
import { type Carried, carriedIn, TCP, UDP } from "./ip.ts";
import { unlink } from "./link.ts";
import type { Packet } from "./packet.ts";
import type { Saying } from "./saying.ts";
import { followStreams, type StreamNews } from "./streams.ts";

export type Listening = {
  /** Does a member of the group listen at this address? Who speaks to none of them, and is none, is not listened to. */
  readonly isMember: (address: Address) => boolean;
  readonly codecs: Codecs;
  /** Are datagrams to a member read whoever sent them? If not, only those of members are: random bytes may look like a short message. */
  readonly isOpen: boolean;
};

/** `began`: the time of the first packet, in microseconds since 1970, once it is known. `until`: the time of the last one so far, since then. */
export type Extent = { began: number | null; until: Instant };

/**
 * What is captured on all interfaces at once is often there twice, on its way out of one and into another. The same bytes between the same two within
 * so many microseconds are heard once: nobody repeats itself word by word that fast.
 */
const ECHO = 20_000;

export function* listen(packets: Iterable<Packet>, listening: Listening, extent: Extent): Generator<Saying> {
  const fragments = collectFragments();
  const streams = followStreams(listening.isMember, listening.codecs);
  const isEcho = echoes();
  let at: Instant = instant(0);
  for (const packet of packets) {
    extent.began ??= packet.at;
    // Packets of several processors may be written down a little out of order: time only goes on.
    at = instant(Math.max(at, packet.at - extent.began));
    extent.until = at;
    const unlinked = unlink(packet);
    if (!unlinked.ok) {
      if (unlinked.why !== null) yield { kind: "unread", at, reason: "foreign", why: unlinked.why };
      continue;
    }
    const part = carriedIn(unlinked.ip);
    if (part === undefined) continue;
    const carried = fragments.add(part, packet.at);
    if (carried === undefined) continue;
    if (carried.protocol === UDP) yield* datagramIn(carried, at, packet.at, { ...listening, isEcho });
    if (carried.protocol === TCP) for (const news of streams.hear(carried)) yield sayingOf(news, at);
  }
  for (const news of streams.end()) yield sayingOf(news, at);
  if (fragments.lost() > 0) yield { kind: "unread", at, reason: "gap", why: `fragmented packets of which some fragments were not captured (${fragments.lost()} in all)` };
}

type Hearing = Listening & { readonly isEcho: (key: string, at: number) => boolean };

function* datagramIn(carried: Carried, at: Instant, absolute: number, { isMember, codecs, isOpen, isEcho }: Hearing): Generator<Saying> {
  const datagram = udpIn(carried);
  if (datagram === undefined) return;
  const { from, to, payload, isCut } = datagram;
  if (!isMember(from) && !isMember(to)) return;
  if (isCut) return yield { kind: "unread", at, reason: "cut", why: "the capture kept only the beginning of its packets (snaplen)" };
  if (isEcho(`${from} ${to} ${payload.length} ${crc32(payload, 0)}`, absolute)) return;
  const decoded = codecs(payload)?.decode(payload, from) ?? { ok: false, reason: "malformed", why: "a label cut short" };
  if (!decoded.ok) return yield { kind: "unread", at, reason: isSealed(decoded.why) ? "undecipherable" : decoded.reason, why: decoded.why };
  if (!isOpen && !isMember(from)) return yield { kind: "unread", at, reason: "foreign", why: "datagrams to members from addresses that no member has" };
  for (const why of decoded.unread) yield { kind: "unread", at, reason: "malformed", why };
  yield { kind: "datagram", at, from, to, message: decoded.message, size: payload.length };
}

/** Nothing tells an encrypted datagram from a damaged one without its key; but on these ports, damage is rare. */
const isSealed = (why: string): boolean => why.endsWith("(or encrypted)");

/** A datagram, whoever speaks there. */
export type Udp = { readonly from: Address; readonly to: Address; readonly payload: Uint8Array; readonly isCut: boolean };

export function udpIn({ source, target, payload, isCut }: Carried): Udp | undefined {
  if (payload.length < 8) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const said = view.getUint16(4);
  return {
    from: formatAddress(source, view.getUint16(0)),
    to: formatAddress(target, view.getUint16(2)),
    payload: payload.subarray(8, said < 8 ? payload.length : said),
    isCut: isCut || said > payload.length,
  };
}

function sayingOf(news: StreamNews, at: Instant): Saying {
  if (news.kind === "unread") return { kind: "unread", at, reason: news.reason, why: `a stream: ${news.why}` };
  const { from, to, side, stream, message, size } = news;
  return { kind: "stream", at, from, to, side, stream, message, size };
}

/** Remembers for a moment what it was asked about: two generations, the older of which is forgotten as a whole. */
function echoes(): (key: string, at: number) => boolean {
  let [older, younger] = [new Map<string, number>(), new Map<string, number>()];
  let turnedAt = 0;
  return (key, at) => {
    if (Math.abs(at - turnedAt) > ECHO) [older, younger, turnedAt] = [younger, new Map(), at];
    const before = younger.get(key) ?? older.get(key);
    younger.set(key, at);
    return before !== undefined && Math.abs(at - before) <= ECHO;
  };
}
