/** Damaged, cut off or foreign bytes: whatever is whole is read, the rest is named, nothing throws. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { openTrace, type Place, replay, storyText, type Trace, FLIGHT_VERSION } from "../../trace/index.ts";
import { chunkHead } from "../../trace/chunk.ts";
import { crc32 } from "../../engine/index.ts";
import { FIRST_FRAME, frame, framesIn, kinds, signature } from "../../trace/frame.ts";
import { grouped } from "../../trace/numeral.ts";
import { pack } from "../../trace/pack.ts";
import { joined, recorded } from "./recording.ts";
import { eventful } from "./scenarios.ts";

const file = recorded(eventful(8, 30), { lines: 120, linesPerMember: 0 });
const offsets = [...framesIn(file).frames.map(({ offset }) => offset), file.length];
const [headerAt = 0] = offsets;
const indexAt = offsets.at(-2) ?? 0;

const opened = (bytes: Uint8Array): Trace => {
  const result = openTrace(bytes);
  if (!result.ok) throw new Error(result.why);
  return result.trace;
};
const why = (bytes: Uint8Array): string => {
  const result = openTrace(bytes);
  return result.ok ? "it opens" : result.why;
};

const whole = opened(file);
/** Where the frame of each chunk ends. */
const ends = whole.chunks.map((_, number) => offsets[number + 2] ?? 0);

/** Everything that a reader may do with a trace that opened: none of it throws. */
function use(trace: Trace): void {
  trace.chunks.forEach((place, number) => {
    trace.readChunk(number);
    replay(trace, { at: place.until });
    replay(trace, { line: place.first });
  });
  storyText(trace, { kinds: ["announce"] });
}

const flipped = (bit: number): Uint8Array => file.with(bit >> 3, (file[bit >> 3] ?? 0) ^ (1 << (bit & 7)));

test("the checksum is the one that everybody means by CRC-32", () => {
  expect(crc32(Uint8Array.from("..123456789", (letter) => letter.charCodeAt(0)), 2, 11)).toBe(0xcbf43926);
});

describe("cut off", () => {
  const last = (trace: Trace): Place | undefined => trace.chunks.at(-1);

  test("at any byte: every whole chunk before it is recovered, and what is missing is said", () => {
    for (let cut = 0; cut < file.length; cut += 37) {
      const result = openTrace(file.subarray(0, cut));
      const recovered = ends.filter((end) => end <= cut).length;
      if (!result.ok) {
        expect(cut).toBeLessThan(offsets[1] ?? 0);
        continue;
      }
      expect(result.trace.chunks).toStrictEqual(whole.chunks.slice(0, recovered));
      expect(result.trace.whole).toBe(false);
      expect(result.trace.missing).toMatch(/^(the last [\d,]+ bytes are not a whole chunk|it ends without an index, as when its writer is stopped): /);
      expect(result.trace.missing).toMatch(recovered === 0 ? /: no line was recovered$/ : /: everything up to [\d.]+ s was recovered$/);
    }
  });

  test("after a chunk and 3,214 bytes of the next: what was recovered can be replayed up to its last line, and not beyond", () => {
    const long = recorded(eventful(16, 30), { lines: 500, linesPerMember: 0 });
    const trace = opened(long.subarray(0, (framesIn(long).frames[3]?.offset ?? 0) + 3214));
    const until = last(trace)?.until ?? instant(0);
    expect(trace.missing).toBe(`the last 3,214 bytes are not a whole chunk: everything up to ${until / 1_000_000} s was recovered`);
    expect(replay(trace, { at: until })).toMatchObject({ ok: true, lines: 1000 });
    expect(replay(trace, { line: 999 }).ok).toBe(true);
    expect(replay(trace, { line: 1000 })).toMatchObject({ ok: false, line: 1000 });
    expect(replay(trace, { at: instant(until + 1) })).toMatchObject({ ok: false, line: 1000, why: expect.stringContaining("the last 3,214 bytes") });
  });

  test("by a writer that never came to its end", () => {
    expect(opened(file.subarray(0, indexAt)).missing).toMatch(/^it ends without an index, as when its writer is stopped/);
  });
});

describe("a flipped bit", () => {
  /** When a chunk begins and ends, in seconds. */
  const from = (number: number): number => (whole.chunks.at(number)?.at ?? 0) / 1e6;
  const until = (number: number): number => (whole.chunks.at(number)?.until ?? 0) / 1e6;
  const [first, lines] = [whole.chunks.at(-1)?.first ?? 0, whole.lines ?? 0];

  test("anywhere: it is noticed, all chunks but the one it hit are read, and nothing throws", () => {
    fc.assert(fc.property(fc.nat({ max: file.length * 8 - 1 }), (bit) => {
      const trace = opened(flipped(bit));
      const hit = ends.findIndex((end) => bit >> 3 < end && bit >> 3 >= (offsets[1] ?? 0));
      expect(trace.chunks).toStrictEqual(whole.chunks.filter((_, number) => number !== hit));
      expect(trace.missing).not.toBeNull();
    }), { seed: 3, numRuns: 1500 });
  });

  test("in the heads of frames, where lengths stand: each of them", () => {
    for (const [number, offset] of offsets.slice(0, -1).entries()) {
      for (let bit = offset * 8; bit < (offset + 16) * 8; bit++) {
        const trace = opened(flipped(bit));
        expect(trace.chunks).toStrictEqual(whole.chunks.filter((_, chunk) => chunk !== number - 1));
        expect(trace.whole).toBe(false);
      }
    }
  });

  test.for([
    ["the signature", 3, "the signature is damaged"],
    ["the version", FIRST_FRAME - 1, "the signature is damaged"],
    ["the header", headerAt + 20, "the header is damaged: the trace's description is lost"],
    ["the first chunk", (offsets[1] ?? 0) + 100, `lines 0 to 119 (before ${from(1)} s) are damaged`],
    ["the third", (offsets[3] ?? 0) + 100, `lines 240 to 359 (between ${until(1)} s and ${from(3)} s) are damaged`],
    ["the last", indexAt - 1, `lines ${grouped(first)} to ${grouped(lines - 1)} (from ${until(-2)} s to the end) are damaged`],
    ["the index", file.length - 1, `the index is damaged: everything up to ${until(-1)} s was recovered`],
  ] as const)("in %s: says so", ([, at, missing]) => expect(opened(flipped(at * 8)).missing).toBe(missing));

  test("a moment within the damage cannot be replayed; those on either side can", () => {
    const trace = opened(flipped(((offsets[3] ?? 0) + 100) * 8));
    expect(replay(trace, { line: 239 }).ok).toBe(true);
    expect(replay(trace, { line: 300 })).toMatchObject({ ok: false, line: 240, why: expect.stringContaining("lines 240 to 359") });
    expect(replay(trace, { line: 360 }).ok).toBe(true);
    expect(storyText(trace)).toMatch(/\n# lines 240 to 359 .* are damaged\n$/);
  });
});

describe("foreign bytes", () => {
  test("of the future: a sentence says which version, and what to do", () => {
    const future = joined([signature(FLIGHT_VERSION + 1), frame(kinds.header, pack({ v: FLIGHT_VERSION + 1, about: {} }))]);
    expect(why(future)).toBe("this trace is of version 8, and this swimlab reads versions 6 and 7: use a newer one");
    expect(why(future.subarray(0, FIRST_FRAME))).toContain("version 8");
  });

  test("of the past: a sentence says that another engine is needed", () => {
    const past = joined([signature().with(FIRST_FRAME - 1, 1), frame(kinds.header, pack({ v: 1, about: {} }))]);
    const sentence = "this trace is of version 1: its states are those of an older engine, which this one cannot replay; use the swimlab that wrote it";
    expect([why(past), why(past.subarray(0, FIRST_FRAME))]).toEqual([sentence, sentence]);
  });

  test("that are no trace", () => {
    expect(why(new Uint8Array(0))).toBe("this is not a trace: it does not begin like one");
    expect(why(Uint8Array.from("{\"json\": true}\n".repeat(20), (letter) => letter.charCodeAt(0)))).toBe("this is not a trace: it does not begin like one");
    expect(why(signature())).toBe("this trace ends or is damaged before anything in it can be read: it has 8 bytes");
  });

  test("of any kind: nothing throws", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      for (const strange of [bytes, joined([signature(), bytes])]) {
        const result = openTrace(strange);
        if (result.ok) use(result.trace);
      }
    }), { seed: 4, numRuns: 1000 });
  });

  test("in whole frames: nothing throws", () => {
    const head = chunkHead({ first: 0, count: 2, at: instant(0), until: instant(1) });
    const body = fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.anything().map((value) => Uint8Array.from(pack(value))));
    fc.assert(fc.property(fc.constantFrom(1, 2, 3, 77), fc.array(body, { maxLength: 3 }), (kind, bodies) => {
      const frames = bodies.map((bytes) => (kind === kinds.chunk ? frame(kind, head, bytes) : frame(kind, bytes)));
      const result = openTrace(joined([signature(), ...frames]));
      if (result.ok) use(result.trace);
    }), { seed: 5, numRuns: 1000 });
  });

  test("a chunk that comes twice is read once: lines go up", () => {
    const again = file.subarray(offsets[1], offsets[2]);
    expect(opened(joined([file.subarray(0, offsets[3]), again, file.subarray(offsets[3])])).chunks).toStrictEqual(
      whole.chunks.map((place, number) => (number < 2 ? place : { ...place, offset: place.offset + again.length })));
  });
});
