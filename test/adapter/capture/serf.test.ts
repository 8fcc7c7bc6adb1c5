/**
 * Three real Serf agents on loopback, captured by tcpdump: `ann`, then `bob` and `cat`, who join her. bob gets a tag, is stopped for four seconds and goes
 * on; cat is killed; bob leaves. `serf-encrypted.pcap`: the same three with a key, until bob leaves.
 */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Recorder } from "../../../trace/index.ts";
import { brokenIn, find, instant, memberId, tagsOf, type Instant, type MemberId, type State } from "../../../engine/index.ts";
import { openTrace, replay, retell, TraceWriter } from "../../../trace/index.ts";
import { captureIn, messagesIn, storyOf, unreadIn } from "./telling.ts";

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, import.meta.url)));
const plain = captureIn(bytesOf("serf.pcap"));
const KEY = "hnF0FzMKGrq0bKYwr6lPS/Y+yQVUJgbE037jxN1+nQE=";

const [ann, bob, cat] = ["ann", "bob", "cat"].map(memberId) as [MemberId, MemberId, MemberId];

/** What one of them is believed to hold of another at a moment: `"suspect@2"`. */
const heldAt = (states: ReadonlyMap<MemberId, State>, who: MemberId, about: MemberId): string | undefined => {
  const held = find(states.get(who)!.view, about);
  return held === undefined ? undefined : `${held.status}@${held.incarnation}`;
};

function traceOf(capture: typeof plain): Uint8Array {
  const parts: Uint8Array[] = [];
  const writer = new TraceWriter((part) => parts.push(part), {}, { lines: 50, linesPerMember: 0 });
  capture.tell(writer);
  writer.end();
  return new Uint8Array(Buffer.concat(parts));
}

test("who was there, and what was said", () => {
  expect(Object.fromEntries(plain.census.names)).toEqual({ "127.7.1.1:7946": "ann", "127.7.1.2:7946": "bob", "127.7.1.3:7946": "cat" });
  expect(messagesIn(plain)).toBe("10 nack, 10 ping-req, 3 stream ack, 3 stream ping, 4 stream push-pull, 64 ack, 78 ping, 86 gossip");
  expect(unreadIn(plain)).toBe("");
  expect(plain.census.anonymous).toBe(0);
  const last = plain.census.fame.get(bob)?.records.at(-1)?.record;
  expect(tagsOf(last!.meta)).toEqual([["role", "db"], ["version", "2"]]);
  expect(plain.census.claims.map(({ kind, about, by, incarnation }) => `${kind} ${about}@${incarnation} by ${by}`)).toEqual([
    "alive ann@1 by ann", "alive bob@1 by bob", "alive cat@1 by cat", "alive bob@2 by bob", "suspect bob@2 by cat", "suspect bob@2 by ann",
    "alive bob@3 by bob", "suspect cat@1 by ann", "suspect cat@1 by bob", "dead cat@1 by ann", "left bob@3 by bob",
  ]);
});

test("pings: those to the dead are not lost, those to the stopped are answered late", () => {
  const { roundTrips, ...counts } = plain.census.pings;
  expect(counts).toEqual({ asked: 78, answered: 64, lost: 0, silent: 14, open: 0 });
  expect(roundTrips.at(0)).toBeLessThan(1_000);
  expect(roundTrips.at(-1)).toBeGreaterThan(3_000_000);
});

describe("the trace", () => {
  const opened = openTrace(traceOf(plain));
  if (!opened.ok) throw new Error(opened.why);
  const { trace } = opened;
  const at = (second: number): ReadonlyMap<MemberId, State> => {
    const replayed = replay(trace, { at: instant(second * 1e6) });
    if (!replayed.ok) throw new Error(replayed.why);
    return replayed.states;
  };

  test("replays with the engine, line by line", () => {
    expect(trace.missing).toBeNull();
    expect(trace.chunks.length).toBeGreaterThan(3);
    expect(retell(trace, {})).toEqual({ ok: true });
  });

  test.each<readonly [second: number, who: MemberId, about: MemberId, holds: string | undefined]>([
    [0.003, ann, bob, undefined], [0.006, ann, bob, "alive@1"], [0.006, bob, ann, "alive@1"], [1.1, bob, cat, "alive@1"],
    // bob's new tag.
    [8, bob, bob, "alive@2"], [8, ann, bob, "alive@2"],
    // It is stopped: suspected, which it learns when it goes on.
    [12.5, cat, bob, "suspect@2"], [12.5, ann, bob, "suspect@2"], [12.5, bob, bob, "alive@2"], [14.46, bob, bob, "alive@3"], [14.46, ann, bob, "alive@3"],
    // cat is killed: suspected by ann, then dead.
    [20.1, ann, cat, "suspect@1"], [20.5, bob, cat, "suspect@1"], [24.3, ann, cat, "dead@1"], [24.6, bob, cat, "dead@1"], [31, cat, cat, "alive@1"],
    [31.3, ann, bob, "left@3"],
  ])("at %d s, %s holds of %s: %s", (second, who, about, holds) => {
    expect(heldAt(at(second), who, about)).toBe(holds);
  });

  test("observers are never what no member can be", () => {
    const broken: unknown[] = [];
    const look = (_: Instant, who: MemberId, state: State): void => void broken.push(...brokenIn(state).map((invariant) => [who, invariant]));
    const recorder: Recorder = { born: look, stepped: (now, who, _event, _effects, state) => look(now, who, state) };
    retell(trace, recorder);
    expect(broken).toEqual([]);
  });
});

test("the story of whoever is stopped, and of whoever is killed", () => {
  const story = storyOf(plain);
  expect(story).toMatch(/7\.2\d+ {2}bob {2}asked to say something new of itself/);
  expect(story).toMatch(/14\.4526\d+ {2}bob .*refuting cat/);
  expect(story).toMatch(/# 18\.021089 s: silent cat/);
  expect(story).toMatch(/31\.0163\d+ {2}bob {2}asked to leave/);
  expect(story).not.toMatch(/corrected/);
});

test("told twice, it is the same", () => {
  expect(traceOf(plain)).toEqual(traceOf(plain));
});

describe("encrypted", () => {
  const bytes = bytesOf("serf-encrypted.pcap");

  test("with its key it is read, among others", () => {
    const other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const capture = captureIn(bytes, { keys: [other, KEY] });
    expect(messagesIn(capture)).toBe("24 ack, 24 ping, 4 stream push-pull, 48 gossip");
    expect(unreadIn(capture)).toBe("");
    expect(storyOf(capture)).toMatch(/bob {2}asked to leave/);
  });

  test.each([["no key", []], ["another key", ["AAAAAAAAAAAAAAAAAAAAAA=="]]])("with %s nothing is, and all of it is counted", (_, keys) => {
    const capture = captureIn(bytes, { keys });
    expect(messagesIn(capture)).toBe("");
    expect(unreadIn(capture)).toMatch(/^\d+ undecipherable$/);
  });

  test("a plain group is read with a key at hand, too", () => {
    expect(messagesIn(captureIn(bytesOf("serf.pcap"), { keys: [KEY] }))).toBe(messagesIn(plain));
  });
});
