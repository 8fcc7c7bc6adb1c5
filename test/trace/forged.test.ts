/** Chunks with right checksums and wrong contents: they are refused, or their replay says where it broke off; nothing throws. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { openTrace, replay, retell, storyText, type Trace, VERSION } from "../../trace/index.ts";
import { CHUNK_HEAD, chunkHead, placeOf } from "../../trace/chunk.ts";
import { frame, framesIn, kinds, signature } from "../../trace/frame.ts";
import { pack, unpack } from "../../trace/pack.ts";
import type { Body, Place } from "../../trace/schema.ts";
import { isBody } from "../../trace/shape.ts";
import { joined, recorded } from "./recording.ts";
import { eventful } from "./scenarios.ts";

/** A trace of one chunk, with this for a body. */
function forged(place: Omit<Place, "offset">, body: unknown): Trace {
  const chunk = frame(kinds.chunk, chunkHead(place), Uint8Array.from(pack(body)));
  const result = openTrace(joined([signature(), frame(kinds.header, pack({ v: VERSION, about: {} })), chunk]));
  if (!result.ok) throw new Error(result.why);
  return result.trace;
}

/** The chunks of a real run, unpacked: everything that can happen happens in them. */
const file = recorded(eventful(16, 45), { lines: 300, linesPerMember: 0 });
const chunks: readonly { readonly place: Place; readonly body: Body }[] = framesIn(file).frames.flatMap(({ kind, payload }) => {
  if (kind !== kinds.chunk || payload === null) return [];
  const [place, unpacked] = [placeOf(payload, 0), unpack(payload.subarray(CHUNK_HEAD))];
  return place !== undefined && unpacked.ok && isBody(unpacked.value) ? [{ place, body: unpacked.value }] : [];
});
const second = chunks[1] ?? {
  place: { first: 0, count: 0, at: instant(0), until: instant(0), offset: 0 },
  body: { states: [], names: [], claims: [], payloads: [], lines: [], check: 0 },
};

const isRefused = (trace: Trace): boolean => !trace.readChunk(0).ok;

/** Something that a value of this type is not mistaken for. */
const another = (value: unknown): unknown => (typeof value === "object" && value !== null ? "x" : {});

describe("refused is a chunk", () => {
  test("that is right: not at all", () => {
    for (const { place, body } of chunks) expect(retell(forged(place, body), {})).toEqual({ ok: true });
  });

  test("one of whose lines has a field of another kind, whichever line and field it is", () => {
    const seen = new Set<number>();
    for (const { place, body } of chunks) {
      for (const [number, line] of body.lines.entries()) {
        if (seen.has(line[0])) continue;
        seen.add(line[0]);
        for (const field of line.keys()) {
          const wrong = line.map((part, place) => (place === field ? another(part) : part));
          const lines: readonly unknown[] = [...body.lines.slice(0, number), wrong, ...body.lines.slice(number + 1)];
          expect([line[0], field, isRefused(forged(place, { ...body, lines }))]).toEqual([line[0], field, true]);
        }
      }
    }
    // All that happens in a run; line.test.ts has the rest.
    expect([...seen].toSorted((one, other) => one - other)).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15, 16]));
  });

  test("one of whose states lacks a part, whichever part it is", () => {
    const { place, body } = second;
    const [[who, state] = ["", {}], ...others] = body.states;
    for (const [key, part] of Object.entries(state)) {
      for (const wrong of [part === null ? "x" : another(part), undefined]) {
        const states = [[who, { ...state, [key]: wrong }], ...others];
        expect([key, wrong, isRefused(forged(place, { ...body, states }))]).toEqual([key, wrong, true]);
      }
    }
  });

  test("that refers to a name, a claim or a payload that it does not have", () => {
    const { place, body } = chunks[5] ?? second;
    expect(isRefused(forged(place, { ...body, names: body.names.slice(0, -1) }))).toBe(true);
    expect(isRefused(forged(place, { ...body, claims: body.claims.slice(0, -1) }))).toBe(true);
    expect(isRefused(forged(place, { ...body, claims: body.claims.with(0, {} as never) }))).toBe(true);
    expect(isRefused(forged(place, { ...body, payloads: [] }))).toBe(true);
    expect(isRefused(forged(place, { ...body, payloads: body.payloads.with(0, 7 as never) }))).toBe(true);
  });

  test("that has more lines than its head says, or fewer", () => {
    const { place, body } = second;
    expect(isRefused(forged({ ...place, count: place.count + 1 }, body))).toBe(true);
    expect(isRefused(forged({ ...place, count: place.count - 1 }, body))).toBe(true);
  });
});

test("a head that makes no sense is no chunk's", () => {
  const { place, body } = second;
  for (const wrong of [{ count: 0 }, { first: -1 }, { first: 0.5 }, { at: Number.NaN }, { until: 1e300 }]) {
    expect(placeOf(chunkHead({ ...place, ...wrong } as Place), 0)).toBeUndefined();
    expect(forged({ ...place, ...wrong } as Place, body).chunks).toEqual([]);
  }
});

describe("the replay breaks off, and says where", () => {
  const { place, body } = second;
  const line = place.first + body.lines.findIndex(([code]) => code === 3);
  const [, , who = 0] = body.lines[line - place.first] ?? [0, 0];
  const id = body.names[Number(who)];

  test("at a step of somebody who was never born", () => {
    const told = retell(forged(place, { ...body, states: body.states.filter(([member]) => member !== id) }), {});
    expect(told.ok || told.why).toMatch(/^line \d+ \(m\d\d, [\d.]+ s\) cannot be replayed: no member of that name was born$/);
  });

  test("at a step that the engine cannot take from such a state", () => {
    const states = body.states.map(([member, state]) => [member, { ...state, view: { ...state.view, children: [] } }]);
    const told = retell(forged(place, { ...body, states }), {});
    expect(told.ok || told.why).toMatch(/^line \d+ \(m\d\d, [\d.]+ s\) cannot be replayed: ./);
  });

  test("at the end, if each line is right but the whole check is not", () => {
    expect(retell(forged(place, { ...body, check: body.check ^ 0x10000 }), {})).toMatchObject({ ok: false, line: place.first + place.count - 1 });
  });
});

test("one value exchanged for another, anywhere in the lines and tables: nothing throws", () => {
  const { place, body: { states, ...rest } } = second;
  const outcomes = { refused: 0, broken: 0, same: 0 };
  const aValue = fc.constantFrom<unknown>(null, undefined, -1, 0.5, 2, 7, 300, "", "x", [], {}, true);
  fc.assert(fc.property(fc.infiniteStream(fc.nat()), aValue, (turns, value) => {
    const trace = forged(place, { states, ...Object(exchanged(rest, turns, value)) });
    outcomes[isRefused(trace) ? "refused" : replay(trace, { line: place.first + place.count - 1 }).ok ? "same" : "broken"]++;
    storyText(trace);
  }), { seed: 6, numRuns: 250 });
  expect(outcomes.refused).toBeGreaterThan(25);
  expect(outcomes.broken).toBeGreaterThan(25);
});

/** The same value but for one place in it, which the turns lead to: down, and one time in ten no further. */
function exchanged(whole: unknown, turns: Iterator<number>, value: unknown): unknown {
  if (typeof whole !== "object" || whole === null || turns.next().value % 10 === 0) return value;
  const entries = Object.entries(whole);
  const turn = turns.next().value % Math.max(1, entries.length);
  const changed = entries.map(([key, part], number) => [key, number === turn ? exchanged(part, turns, value) : part] as const);
  return Array.isArray(whole) ? changed.map(([, part]) => part) : Object.fromEntries(changed);
}
