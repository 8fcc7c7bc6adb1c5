/** What was written is what is read, and what is replayed is what happened. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Effect, instant, type MemberId, seconds, type State, step, type View } from "../../engine/index.ts";
import { openTrace, replay, type Recorder, retell, type Trace, VERSION } from "../../trace/index.ts";
import { CHUNK_HEAD } from "../../trace/chunk.ts";
import { framesIn, kinds } from "../../trace/frame.ts";
import { unpack } from "../../trace/pack.ts";
import { isBody } from "../../trace/shape.ts";
import { recorded, Witness } from "./recording.ts";
import { eventful, quiet } from "./scenarios.ts";

const opened = (bytes: Uint8Array): Trace => {
  const result = openTrace(bytes);
  if (!result.ok) throw new Error(result.why);
  return result.trace;
};

const witness = new Witness();
const trace = opened(recorded(eventful(16, 45), { lines: 300, linesPerMember: 0 }, witness));
const { moments } = witness;

const statesAt = (to: Parameters<typeof replay>[1]): ReadonlyMap<MemberId, State> => {
  const replayed = replay(trace, to);
  if (!replayed.ok) throw new Error(replayed.why);
  return replayed.states;
};

test("nothing is missing", () => {
  expect(trace.header).toEqual({ v: VERSION, about: { by: "swimlab", scenario: "eventful", seed: "1", run: 0 } });
  expect({ whole: trace.whole, missing: trace.missing, lines: trace.lines }).toEqual({ whole: true, missing: null, lines: moments.length });
  expect(trace.chunks.length).toBeGreaterThan(5);
});

test("the run had everything in it", () => {
  const seen = new Set<string>();
  retell(trace, {
    stepped: (_at, _who, event, effects) => {
      seen.add("message" in event ? `${event.kind} ${event.message.kind}` : event.kind);
      for (const effect of effects) seen.add(effect.kind === "announce" ? effect.change.kind : effect.kind);
    },
    disrupted: (_at, kind) => void seen.add(kind),
  });
  expect([...seen].toSorted()).toEqual([
    "answer", "asked-to-broadcast", "asked-to-join", "asked-to-leave", "asked-to-send", "asked-to-update", "block", "broadcast", "cleared", "confirmed",
    "crash", "departed", "exchange", "exchange-answered ack", "exchange-answered patch", "exchange-answered push-pull", "exchange-opened compare",
    "exchange-opened patch", "exchange-opened ping", "exchange-opened push-pull", "exchange-opened user", "failed", "heal", "join", "joined", "leave",
    "left", "message", "partition", "pause", "received ack", "received gossip", "received nack", "received ping", "received ping-req", "refuted",
    "restart", "resume", "send", "suspected", "unblock", "update", "updated", "woke", "woke-mute",
  ]);
});

describe("states come back exactly", () => {
  test.for([0, 1, 14, 15, 299, 300, 301, 1000, 1999, moments.length - 1])("after line %i", (line) => {
    expect(statesAt({ line })).toStrictEqual(moments[line]?.states);
  });

  test("after any line", () => {
    fc.assert(fc.property(fc.nat({ max: moments.length - 1 }), (line) => {
      expect(statesAt({ line })).toStrictEqual(moments[line]?.states);
    }), { seed: 1, numRuns: 40 });
  });

  test.for([0, 0.5, 3, 8.2, 12, 17.9, 25, 31, 44.999999, 45, 1000])("at %f s", (second) => {
    const at = instant(second * 1_000_000);
    expect(statesAt({ at })).toStrictEqual(moments.findLast((moment) => moment.at <= at)?.states);
  });

  test("before the beginning nobody is there", () => {
    expect(statesAt({ at: instant(-1) }).size).toBe(0);
  });

  test("there is no line after the last", () => {
    expect(replay(trace, { line: moments.length })).toMatchObject({ ok: false, why: expect.stringContaining("there is no line") });
  });
});

test("a whole run is told again as it was told live: births, steps with their effects and states, disruptions", () => {
  const [live, again]: [unknown[], unknown[]] = [[], []];
  const into = (list: unknown[]): Recorder => ({
    born: (...told) => list.push(told),
    stepped: (at, who, event, effects: readonly Effect[], state) => list.push([at, who, event, effects, state.seq, state.rng]),
    disrupted: (...told) => list.push(told),
  });
  const copy = opened(recorded(eventful(8, 20), { lines: 100, linesPerMember: 0 }, into(live)));
  expect(retell(copy, into(again))).toEqual({ ok: true });
  expect(again).toStrictEqual(live);
});

test("every chunk is read on its own, in any order, and gives the same", () => {
  const inOrder = trace.chunks.map((_, number) => trace.readChunk(number));
  expect(inOrder.every((read) => read.ok)).toBe(true);
  fc.assert(fc.property(fc.shuffledSubarray([...trace.chunks.keys()]), (numbers) => {
    for (const number of numbers) expect(trace.readChunk(number)).toStrictEqual(inOrder[number]);
  }), { seed: 2, numRuns: 5 });
  expect(trace.readChunk(trace.chunks.length).ok).toBe(false);
});

test("the key-frame of a chunk is what the chunk before it leads to", () => {
  for (const [number, place] of trace.chunks.entries()) {
    const read = trace.readChunk(number);
    if (read.ok) expect(new Map(read.chunk.states)).toStrictEqual(place.first === 0 ? new Map() : moments[place.first - 1]?.states);
  }
});

test("what members share is written once and comes back shared", () => {
  const settled = opened(recorded(quiet(32, 20), { lines: 1000, linesPerMember: 0 }));
  const read = settled.readChunk(1);
  const views = new Set<View>(read.ok ? read.chunk.states.map(([, state]) => state.view) : []);
  const configs = new Set(read.ok ? read.chunk.states.map(([, state]) => state.config) : []);
  expect([views.size, configs.size]).toEqual([1, 1]);
});

test("a chunk names nobody and holds no claim that its lines do not speak of", () => {
  const bytes = recorded(eventful(16, 45), { lines: 300, linesPerMember: 0 });
  const payload = framesIn(bytes).frames.findLast(({ kind }) => kind === kinds.chunk)?.payload ?? new Uint8Array();
  const body = unpack(payload.subarray(CHUNK_HEAD));
  if (!body.ok || !isBody(body.value)) throw new Error("a chunk");
  const gossip = body.value.lines.flatMap(([code, , , , , claims]) => (code >= 3 && code <= 7 && Array.isArray(claims) ? claims.map(Number) : []));
  expect(body.value.claims.length).toBe(new Set(gossip).size);
  expect(new Set(body.value.payloads).size).toBe(body.value.payloads.length);
});

test("a view that a push-pull brings is the very view of whoever sent it", () => {
  const settled = opened(recorded({ ...quiet(8, 60), config: { ...quiet(8, 60).config, syncEvery: seconds(5), syncWith: "whole" } }));
  const read = settled.readChunk(0);
  const lines = read.ok ? read.chunk.lines : [];
  const brought = lines.flatMap((line) =>
    (line.kind === "stepped" && line.event.kind === "exchange-opened" && line.event.message.kind === "push-pull" ? [line.event.message.view] : []));
  const [born] = lines.flatMap((line) => (line.kind === "born" ? [line.state.view] : []));
  expect(brought.length).toBeGreaterThan(3);
  expect(brought.every((view) => view === born)).toBe(true);
});

test("what was read can be gone on with: the next step is taken as if nothing had happened in between", () => {
  const line = 1234;
  const after = statesAt({ line });
  const read = trace.readChunk(trace.chunks.findLastIndex((place) => place.first <= line + 1));
  const next = read.ok ? read.chunk.lines[line + 1 - read.chunk.first] : undefined;
  if (next?.kind !== "stepped") throw new Error("line 1,235 is a step");
  const before = after.get(next.who);
  if (before === undefined) throw new Error("by somebody");
  expect(step(before, next.event)[0]).toStrictEqual(moments[line + 1]?.states.get(next.who));
});

test("chunks end at a number of lines, at a number of lines per member, and after a time", () => {
  const counts = (limits: Parameters<typeof recorded>[1]): readonly number[] => opened(recorded(quiet(4, 20), limits)).chunks.map((place) => place.count);
  expect(counts({ lines: 100, linesPerMember: 0 }).slice(0, -1).every((count) => count === 100)).toBe(true);
  expect(counts({ lines: 1, linesPerMember: 30 }).slice(1, -1).every((count) => count === 120)).toBe(true);
  const spans = opened(recorded(quiet(4, 20), { span: seconds(5) })).chunks;
  expect(spans.length).toBe(4);
  expect(spans.every((place) => place.until < place.at + 5_000_000)).toBe(true);
});
