/**
 * A trace written by the first version of the format, kept so that it can always be read. It is never written anew: when a new version
 * comes, its sample joins this one. Eight members for half a minute (`eventful(8, 30)`), in chunks of 400 lines.
 */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { digestOf, digestText } from "../../engine/index.ts";
import { openTrace, replay, retell, type Trace } from "../../trace/index.ts";

const bytes = new Uint8Array(readFileSync(new URL("../golden/sample-v1.trace", import.meta.url)));

const trace: Trace = (() => {
  const result = openTrace(bytes);
  if (!result.ok) throw new Error(result.why);
  return result.trace;
})();

test("it opens, whole", () => {
  expect({ ...trace, readChunk: undefined }).toEqual({
    header: { v: 1, about: { by: "swimlab", scenario: "eventful", seed: "1", run: 0 } },
    chunks: [
      { first: 0, count: 400, at: 0, until: 13_034_523, offset: 82 },
      { first: 400, count: 400, at: 13_105_618, until: 26_446_357, offset: 7_894 },
      { first: 800, count: 82, at: 26_506_487, until: 30_000_000, offset: 16_905 },
    ],
    lines: 882,
    whole: true,
    missing: null,
    readChunk: undefined,
  });
});

test("its key-frames hold what they held", () => {
  const read = trace.readChunk(2);
  expect(read.ok && read.chunk.states.map(([who, state]) => `${who}@${state.self.incarnation} seq ${state.seq} ${digestText(digestOf(state.view))}`)).toEqual([
    "m00@1 seq 40 2a6eadaba311fcda", "m01@1 seq 42 2a6eadaba311fcda", "m02@2 seq 39 2a6eadaba311fcda", "m03@1 seq 41 2a6eadaba311fcda",
    "m04@1 seq 42 b55e959dc8e37d25", "m05@1 seq 0 0089e50246a0f6f6", "m06@1 seq 37 b55e959dc8e37d25", "m07@1 seq 26 d16eebdced4b28a6",
  ]);
});

test("its lines say what they said", () => {
  const kinds = new Map<string, number>();
  for (const number of trace.chunks.keys()) {
    const read = trace.readChunk(number);
    for (const line of read.ok ? read.chunk.lines : []) {
      const kind = line.kind !== "stepped" ? line.kind : line.event.kind === "received" ? line.event.message.kind : line.event.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries(kinds)).toMatchInlineSnapshot(`
    {
      "ack": 237,
      "asked-to-join": 1,
      "asked-to-leave": 1,
      "asked-to-update": 1,
      "born": 9,
      "disrupted": 7,
      "gossip": 3,
      "ping": 207,
      "ping-req": 92,
      "woke": 324,
    }
  `);
});

test("today's engine plays it as the first did, or says from which line on it does not", () => {
  const told = retell(trace, {});
  const replayed = replay(trace, { line: 881 });
  expect(told.ok ? replayed.ok && replayed.states.size : told.why).toEqual(told.ok ? 8 : expect.stringMatching(/^line [\d,]+ \(/));
});
