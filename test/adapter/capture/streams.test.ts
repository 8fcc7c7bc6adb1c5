/** Streams are put together from their segments, however these come; what can't be is counted, and nothing is kept for ever. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { codecsWith } from "../../../adapter/capture/codecs.ts";
import { carriedIn } from "../../../adapter/capture/ip.ts";
import { followStreams } from "../../../adapter/capture/streams.ts";
import { encode, metaOf, wrapStream, type Member } from "../../../engine/index.ts";
import { aRecord, at, ping, pushPull } from "../../builders.ts";
import { captureIn, messagesIn, storyOf, unreadIn } from "./telling.ts";
import { frames, pcap, tcp, udp } from "./wire.ts";

const [a, b] = [at("a"), at("b")];
const caller = "10.0.0.1:50123";
const ISN = 0xffff_fff0; // The numbers begin again soon.
const THEIRS = 1_000;

const view = (...names: readonly string[]): readonly Member[] => names.map((name) => ({ ...aRecord(name), meta: metaOf([["role", `the ${name} of the group`]]) }));
const question = wrapStream(encode(pushPull(true, ...view("a"))), { compress: true });
const answer = wrapStream(encode(pushPull(true, ...view("b", "c", "d"))), { compress: false });
/** So that both are known for members. */
const pings = [udp(a, b, encode(ping("a", "b"))), udp(b, a, encode(ping("b", "a")))];

const opening = [tcp(caller, b, ISN, new Uint8Array(), { syn: true }), tcp(b, caller, THEIRS, new Uint8Array(), { syn: true, ack: ISN + 1 })];

/** In pieces that end at these places. */
function segments(from: string, to: string, isn: number, bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set([...cuts.map((cut) => cut % bytes.length), bytes.length])].filter((end) => end > 0).toSorted((one, other) => one - other);
  return ends.map((end, k) => tcp(from, to, isn + 1 + (ends[k - 1] ?? 0), bytes.subarray(ends[k - 1] ?? 0, end), { ack: 1 }));
}

const closing = [tcp(caller, b, ISN + 1 + question.length, new Uint8Array(), { fin: true, ack: 1 }), tcp(b, caller, THEIRS + 1 + answer.length, new Uint8Array(), { fin: true, ack: 1 })];
const both = "1 stream push-pull"; // The two are of one kind, counted together below.
const read = (...packets: readonly Uint8Array[]): string => messagesIn(captureIn(pcap(frames([...pings, ...packets]))));

test("a question and its answer, each in one piece", () => {
  const capture = captureIn(pcap(frames([...pings, ...opening, ...segments(caller, b, ISN, question, []), ...segments(b, caller, THEIRS, answer, []), ...closing])));
  expect(messagesIn(capture)).toBe("2 ping, 2 stream push-pull");
  expect(unreadIn(capture)).toBe("");
  const story = storyOf(capture);
  expect(story).toMatch(/b {2}joining push-pull from a /);
  expect(story).toMatch(/a {2}joining push-pull back from b /);
});

test("in any pieces, in any order, any of them twice: always the same", () => {
  fc.assert(fc.property(fc.array(fc.nat(400), { maxLength: 8 }), fc.array(fc.nat(400), { maxLength: 8 }), fc.infiniteStream(fc.nat(1_000)), (cuts, otherCuts, dice) => {
    const pieces = [...segments(caller, b, ISN, question, cuts), ...segments(b, caller, THEIRS, answer, otherCuts), ...segments(caller, b, ISN, question, otherCuts)];
    const thrown = pieces.map((piece) => ({ piece, rank: dice.next().value as number })).toSorted((one, other) => one.rank - other.rank).map(({ piece }) => piece);
    expect(read(...opening, ...thrown, ...closing)).toBe("2 ping, 2 stream push-pull");
  }), { numRuns: 100, seed: 4 });
});

test("segments that overlap", () => {
  const overlapping = [tcp(caller, b, ISN + 1, question.subarray(0, 30), { ack: 1 }), tcp(caller, b, ISN + 11, question.subarray(10), { ack: 1 })];
  expect(read(...opening, ...overlapping)).toContain(both);
});

test("a hole is counted, and is no reason to wait for ever", () => {
  const [, ...rest] = segments(caller, b, ISN, question, [20, 40]);
  const holed = captureIn(pcap(frames([...pings, ...opening, ...rest, ...closing])));
  expect(messagesIn(holed)).toBe("2 ping");
  expect(holed.census.unread).toEqual([{ reason: "gap", count: 1, why: ["a stream: parts of it were not captured"] }]);
});

test("a stream of which the capture kept only a part is counted as cut", () => {
  const whole = frames([...pings, ...opening, ...segments(caller, b, ISN, question, [])]);
  const cut = whole.map((frame) => ({ ...frame, bytes: frame.bytes.subarray(0, 100), length: frame.bytes.length }));
  expect(unreadIn(captureIn(pcap([...whole.slice(0, 4), ...cut.slice(4)])))).toBe("1 cut");
});

test("a stream whose beginning was not captured", () => {
  expect(unreadIn(captureIn(pcap(frames([...pings, ...segments(caller, b, ISN, question, [])]))))).toBe("1 gap");
});

test("a stream that ends too early, by itself or by a reset", () => {
  const first = segments(caller, b, ISN, question, [20]).slice(0, 1);
  for (const flags of [{ fin: true }, { rst: true }]) {
    expect(unreadIn(captureIn(pcap(frames([...pings, ...opening, ...first, tcp(caller, b, ISN + 21, new Uint8Array(), flags)]))))).toBe("1 gap");
  }
});

test("the same ports once more are another stream", () => {
  const again = 70_000;
  const second = [tcp(caller, b, again, new Uint8Array(), { syn: true }), tcp(b, caller, THEIRS, new Uint8Array(), { syn: true, ack: again + 1 }), ...segments(caller, b, again, question, [])];
  expect(read(...opening, ...segments(caller, b, ISN, question, []), ...second)).toBe("2 ping, 2 stream push-pull");
});

test("the same ports once more after a stream whose beginning was not captured, and after one that is there a second time, as two captures have it", () => {
  const whole = [...opening, ...segments(caller, b, ISN, question, [])];
  const capture = captureIn(pcap(frames([...pings, ...segments(caller, b, 5, question, []), ...whole, ...closing, ...whole, ...closing])));
  expect([messagesIn(capture), unreadIn(capture)]).toEqual(["1 stream push-pull, 2 ping", "1 gap"]);
});

test("other servers on the same machines are passed over", () => {
  expect(read(tcp(caller, "10.0.0.2:80", 1, new Uint8Array(), { syn: true }), tcp(caller, "10.0.0.2:80", 2, Uint8Array.from([71, 69, 84]), { ack: 1 }))).toBe("2 ping");
});

test("of thousands of streams that are never whole, the oldest are given up at once, not in the end", () => {
  const streams = followStreams((address) => address === b, codecsWith({ keys: [], label: undefined }));
  const given = Array.from({ length: 5_000 }, (_, k) => `10.0.0.1:${10_000 + k}`).flatMap((from) =>
    [tcp(from, b, 0, new Uint8Array(), { syn: true }), tcp(from, b, 1, question.subarray(0, 9), { ack: 1 })].flatMap((packet) => streams.hear(carriedIn(packet)!)));
  expect(given.length).toBeGreaterThan(5_000 - 4_096 - 256);
  expect(given.map(({ kind }) => kind)).not.toContain("message");
  expect(given.length + streams.end().length).toBe(5_000);
});

test("one that goes on and on is given up when it is longer than a message may be", () => {
  const claims = Uint8Array.from([10, 0x7f, 0xff, 0xff, 0xff]);
  const capture = captureIn(pcap(frames([...pings, ...opening, ...segments(caller, b, ISN, claims, [])])), { keys: ["AAAAAAAAAAAAAAAAAAAAAA=="] });
  expect(unreadIn(capture)).toContain("too-long");
});
