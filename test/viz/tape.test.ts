/** A tape that is read bit by bit: something is seen long before the end, all of it in the end, and what is kept unpacked is bounded by bytes. */

import { describe, expect, test } from "vitest";
import { instant } from "../../engine/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { openTrace } from "../../trace/index.ts";
import { Chronicle } from "../../viz/worker/chronicle.ts";
import { Place } from "../../viz/worker/place.ts";
import { Player } from "../../viz/worker/player.ts";
import { Tape } from "../../viz/worker/tape.ts";
import { TapeStream } from "../../viz/worker/tape-stream.ts";
import { recorded } from "../trace/recording.ts";
import { eventful } from "../trace/scenarios.ts";

const trace = recorded(eventful(8, 20), { lines: 80, linesPerMember: 0 });
const whole = openTrace(trace);
const chunks = whole.ok ? whole.trace.chunks : [];
const PIECE = 1_024;

/** A file that comes in pieces of a kilobyte, and how many of them have been asked for. */
function trickling(bytes: Uint8Array): { readonly blob: Blob; readonly given: () => number; readonly isCancelled: () => boolean } {
  let [given, isCancelled] = [0, false];
  const stream = (): ReadableStream<Uint8Array> => new ReadableStream({
    pull: (controller) => {
      if (given >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(given, given + PIECE));
      given += PIECE;
    },
    cancel: () => { isCancelled = true; },
  }, { highWaterMark: 0 });
  return { blob: { size: bytes.length, stream } as unknown as Blob, given: () => given, isCancelled: () => isCancelled };
}

describe("a file that trickles in", () => {
  test("is seen as soon as a chunk of it is there, and nothing more is read for that", async () => {
    const file = trickling(trace);
    const stream = new TapeStream({ name: "slow.trace", blob: file.blob }, 4 * PIECE);
    await stream.begin();
    expect({ isWhole: stream.tape.isWhole, isSeen: (stream.tape.trace?.chunks.length ?? 0) > 0 }).toEqual({ isWhole: false, isSeen: true });
    expect(file.given()).toBeLessThan(trace.length / 3);
    expect(stream.tape.chunk(0)?.lines.length).toBe(chunks[0]?.count);
  });

  test("is whole in the end: the same chunks as if it had been there at once", async () => {
    const stream = new TapeStream({ name: "slow.trace", blob: trickling(trace).blob }, 4 * PIECE);
    await stream.begin();
    await stream.goOn(() => true);
    expect({ isWhole: stream.tape.isWhole, missing: stream.tape.trace?.missing, chunks: stream.tape.trace?.chunks }).toEqual({ isWhole: true, missing: null, chunks });
  });

  test("is let go when nobody wants it any more", async () => {
    const file = trickling(trace);
    const stream = new TapeStream({ name: "slow.trace", blob: file.blob }, 4 * PIECE);
    await stream.begin();
    const given = file.given();
    await stream.goOn(() => false);
    expect({ isCancelled: file.isCancelled(), more: file.given() - given }).toEqual({ isCancelled: true, more: 0 });
  });

  test("that breaks off shows what was there, and says so", async () => {
    const stream = new TapeStream({ name: "torn.trace", blob: trickling(trace.slice(0, Math.floor(trace.length / 2))).blob }, 4 * PIECE);
    await stream.begin();
    await stream.goOn(() => true);
    expect(stream.tape.trace?.missing).toContain("everything up to");
    expect(stream.tape.trace?.chunks.length).toBeLessThan(chunks.length);
  });
});

test("of chunks no more than so many bytes are kept unpacked, beside the newest", () => {
  const most = 3 * Math.max(...chunks.slice(1).map(({ offset }, n) => offset - (chunks[n]?.offset ?? 0)));
  const tape = new Tape(trace.length, most);
  tape.add(trace);
  tape.refresh();
  expect(chunks.length).toBeGreaterThan(8);
  for (let number = 0; number < chunks.length; number++) {
    tape.chunk(number);
    expect(tape.keptBytes).toBeLessThanOrEqual(most);
    expect(tape.keptBytes).toBeGreaterThan(0);
  }
  // What was wanted last is there: the very same.
  expect(tape.chunk(chunks.length - 1)).toBe(tape.chunk(chunks.length - 1));
  const tight = new Tape(trace.length, 1);
  tight.add(trace);
  tight.refresh();
  expect(tight.chunk(3)).toBe(tight.chunk(3));
});

test("members parted in two halves hold two views between them, not one each", () => {
  const compiled = compileScenario("name: halves\nduration: 45s\nmembers: 30\ntimeline:\n  - { at: 2s, partition: [50%, rest] }\n", { file: "halves.yaml" });
  if (!compiled.ok) throw new Error("halves.yaml does not compile");
  const [tape, chronicle] = [new Tape(1 << 20), new Chronicle()];
  const player = new Player(compiled.scenario, compiled.source, 0, tape, chronicle, []);
  while (player.goOn(500) === null);
  tape.refresh();
  const place = new Place(tape, chronicle);
  place.go({ at: instant(45e6) });
  expect(new Set(place.states.map((state) => state?.view)).size).toBe(2);
});
