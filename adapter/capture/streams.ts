/** TCP streams, put together and read: one message each way, as memberlist has it, and why there is none if there is none. */

import { formatAddress, type Address, type Answer, type Request } from "../../engine/index.ts";
import type { Codec, DropReason, StreamSeen, StreamSide } from "../codec/codec.ts";
import type { Carried } from "./ip.ts";
import { type Lane, newLane } from "./lane.ts";
import { type Segment, segmentIn } from "./tcp.ts";

/** Why a stream could not be read: as a codec has it, or because not all of it was captured. */
type StreamFault = DropReason | "gap" | "cut";

/** What became of one direction of a stream. */
export type StreamNews = {
  readonly from: Address;
  readonly to: Address;
  readonly side: StreamSide;
  /** Which stream it is: numbered from 1, in the order of their beginnings. */
  readonly stream: number;
} & (
  | { readonly kind: "message"; readonly message: Request | Answer; readonly unread: readonly string[]; readonly size: number }
  | { readonly kind: "unread"; readonly reason: StreamFault; readonly why: string }
);

/** Chooses the codec for a stream by its caller's first bytes; undefined if these say too little yet. Of none at all it makes the usual one. */
export type ChooseCodec = (first: Uint8Array) => Codec | undefined;

/** So many streams are followed at once, and so many bytes are kept for all of them together: beyond it the oldest is given up. */
const MOST = 4_096;
const MOST_BYTES = 64 * 1_048_576;
/** How often that is looked at: once in so many segments. */
const LOOK_EVERY = 256;

type Side = { readonly lane: Lane; readonly from: Address; readonly to: Address; wanted: number; seen: StreamSeen | undefined; isOver: boolean };
/** `first`: the number of the caller's first byte; null if its beginning was not captured. */
type Stream = { readonly number: number; readonly sides: Readonly<Record<StreamSide, Side>>; first: number | null; codec: Codec | undefined };

export type Streams = {
  readonly hear: (carried: Carried) => readonly StreamNews[];
  /** What is still open when the capture ends. */
  readonly end: () => readonly StreamNews[];
};

/** `isServer`: does a member listen there? Tells who called whom where the beginning was not captured. */
export function followStreams(isServer: (address: Address) => boolean, choose: ChooseCodec): Streams {
  const open = new Map<string, Stream>();
  let [count, segments] = [0, 0];

  const begin = (key: string, caller: Address, answerer: Address): Stream => {
    const stream: Stream = { number: ++count, sides: { caller: newSide(caller, answerer), answerer: newSide(answerer, caller) }, first: null, codec: undefined };
    open.set(key, stream);
    return stream;
  };

  const hear = (carried: Carried): readonly StreamNews[] => {
    const segment = segmentIn(carried);
    if (segment === undefined) return [];
    const [from, to] = [formatAddress(carried.source, segment.sourcePort), formatAddress(carried.target, segment.targetPort)];
    const isCalling = segment.isSyn && !segment.isAck;
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    let stream = open.get(key);
    const news: StreamNews[] = [];
    // The same two ports again: another stream. A finished one is still known, because the second of two captures of it may be later.
    if (stream !== undefined && isCalling && isAnother(stream, segment)) {
      news.push(...close(stream));
      open.delete(key);
      stream = undefined;
    }
    if (stream === undefined) {
      const callsBack = segment.isSyn ? segment.isAck : isServer(from) && !isServer(to);
      const [caller, answerer] = callsBack ? [to, from] : [from, to];
      if (!isServer(answerer)) return news;
      stream = begin(key, caller, answerer);
    }
    if (isCalling) stream.first = after(segment.seq);
    news.push(...listen(stream, stream.sides.caller.from === from ? "caller" : "answerer", segment, carried.isCut, choose));
    if (segment.isReset) news.push(...close(stream));
    if (++segments % LOOK_EVERY === 0) news.push(...relieve(open));
    return news;
  };
  return { hear, end: () => Array.from(open.values()).flatMap(close) };
}

const newSide = (from: Address, to: Address): Side => ({ lane: newLane(), from, to, wanted: 1, seen: undefined, isOver: false });
const isAnother = ({ first, sides }: Stream, { seq }: Segment): boolean => (first === null ? sides.caller.isOver : first !== after(seq));
/** The number of the first byte: a SYN takes one number. */
const after = (seq: number): number => (seq + 1) >>> 0;

function listen(stream: Stream, speaker: StreamSide, segment: Segment, isCut: boolean, choose: ChooseCodec): readonly StreamNews[] {
  const { sides } = stream;
  const side = sides[speaker];
  const other = sides[speaker === "caller" ? "answerer" : "caller"];
  if (segment.isSyn) {
    side.lane.next ??= after(segment.seq);
    if (segment.isAck) other.lane.next ??= segment.ack;
  }
  if (side.isOver) return [];
  if (isCut) return [refuse(stream, speaker, "cut", "the capture kept only the beginning of its packets (snaplen)")];
  const hasMore = side.lane.add(segment.isSyn ? segment.seq + 1 : segment.seq, segment.bytes);
  const news: StreamNews[] = hasMore ? read(stream, speaker, choose) : [];
  if (side.lane.next === null && segment.bytes.length > 0) return [refuse(stream, speaker, "gap", "its beginning was not captured")];
  const isEnding = segment.isFin && !side.isOver && !side.lane.hasHole();
  if (isEnding) news.push(...closeSide(stream, speaker));
  return news;
}

/** Reads what is there, once enough of it is. The answerer's part is read with what the caller's first bytes tell. */
function read(stream: Stream, speaker: StreamSide, choose: ChooseCodec): StreamNews[] {
  const side = stream.sides[speaker];
  const bytes = side.lane.bytes();
  if (bytes.length < side.wanted) return [];
  stream.codec ??= choose(stream.sides.caller.lane.bytes());
  if (stream.codec === undefined) return [];
  const decoded = stream.codec.decodeStream(bytes, side.from, speaker, side.seen);
  switch (decoded.kind) {
    case "more":
      [side.wanted, side.seen] = [decoded.atLeast, decoded.seen];
      return [];
    case "refused":
      return [refuse(stream, speaker, decoded.reason, decoded.why)];
    case "message": {
      const news: StreamNews = { ...placeOf(stream, speaker), kind: "message", message: decoded.message, unread: decoded.unread, size: bytes.length };
      over(side);
      return [news];
    }
  }
}

const placeOf = (stream: Stream, side: StreamSide) => ({ from: stream.sides[side].from, to: stream.sides[side].to, side, stream: stream.number });

function refuse(stream: Stream, speaker: StreamSide, reason: StreamFault, why: string): StreamNews {
  over(stream.sides[speaker]);
  // An answer has no label of its own: it belongs to whom it answers.
  if (reason === "label") over(stream.sides.answerer);
  return { ...placeOf(stream, speaker), kind: "unread", reason, why };
}

function over(side: Side): void {
  side.isOver = true;
  side.lane.close();
}

/** It says no more. Who said nothing at all is no loss: a probe of the port, or an answerer without an answer. */
function closeSide(stream: Stream, speaker: StreamSide): readonly StreamNews[] {
  const side = stream.sides[speaker];
  if (side.isOver) return [];
  const isEmpty = side.lane.held() === 0;
  if (!isEmpty) return [refuse(stream, speaker, "gap", side.lane.hasHole() ? "parts of it were not captured" : "it ended before it was complete")];
  over(side);
  return [];
}

const close = (stream: Stream): readonly StreamNews[] => [...closeSide(stream, "caller"), ...closeSide(stream, "answerer")];

/** Gives up the oldest streams if there are too many, or if they hold too much. */
function relieve(open: Map<string, Stream>): readonly StreamNews[] {
  const news: StreamNews[] = [];
  for (const [key, stream] of open) {
    if (open.size <= MOST && heldBy(open) <= MOST_BYTES) break;
    open.delete(key);
    news.push(...close(stream));
  }
  return news;
}

const heldBy = (open: ReadonlyMap<string, Stream>): number =>
  Array.from(open.values()).reduce((sum, { sides }) => sum + sides.caller.lane.held() + sides.answerer.lane.held(), 0);
