/**
 * A trace of each version of the format but the fifth. Those before the sixth hold states of engines that are gone: they are kept to see what is said of them.
 * The newest must always be read; `write-sample.ts` wrote it, once. It is never written anew: when a new version comes, its sample joins these. The
 * fourth is a flight.
 */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { digestOf, digestText } from "../../engine/index.ts";
import { openTrace, replay, retell, type Trace } from "../../trace/index.ts";

const golden = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../golden/${name}`, import.meta.url)));

test.for([[1, "trace"], [2, "trace"], [3, "trace"], [4, "flight"]] as const)("version %i is not read any more: one sentence says why, and what to do", ([version, kind]) => {
  expect(openTrace(golden(`sample-v${version}.${kind}`))).toEqual({
    ok: false,
    why: `this trace is of version ${version}: its states are those of an older engine, which this one cannot replay; use the swimlab that wrote it`,
  });
});

const bytes = golden("sample-v6.trace");

const trace: Trace = (() => {
  const result = openTrace(bytes);
  if (!result.ok) throw new Error(result.why);
  return result.trace;
})();

test("it opens, whole", () => {
  expect({ ...trace, chunks: trace.chunks.length, readChunk: undefined }).toMatchObject({
    header: { v: 6, about: { by: "swimlab", scenario: "eventful", seed: "1", run: 0 } },
    whole: true,
    missing: null,
  });
  expect([trace.lines, trace.chunks]).toMatchInlineSnapshot(`
    [
      1173,
      [
        {
          "at": 0,
          "count": 400,
          "first": 0,
          "offset": 82,
          "until": 9306963,
        },
        {
          "at": 9307396,
          "count": 400,
          "first": 400,
          "offset": 9470,
          "until": 19007598,
        },
        {
          "at": 19007932,
          "count": 373,
          "first": 800,
          "offset": 20564,
          "until": 30000000,
        },
      ],
    ]
  `);
});

test("its key-frames hold what they held", () => {
  const read = trace.readChunk(trace.chunks.length - 1);
  expect(read.ok && read.chunk.states.map(([who, state]) => `${who}@${state.self.incarnation} seq ${state.seq} ${digestText(digestOf(state.view))}`)).toMatchInlineSnapshot(`
    [
      "m00@65536 seq 22 517c7e2df0f99f6d",
      "m01@65536 seq 27 517c7e2df0f99f6d",
      "m02@65537 seq 29 517c7e2df0f99f6d",
      "m03@65536 seq 23 517c7e2df0f99f6d",
      "m04@65536 seq 28 517c7e2df0f99f6d",
      "m05@65536 seq 3 7ca316b04095cec3",
      "m06@65536 seq 26 517c7e2df0f99f6d",
      "m07@65536 seq 23 517c7e2df0f99f6d",
    ]
  `);
});

test("its lines say what they said", () => {
  const kinds = new Map<string, number>();
  for (const number of trace.chunks.keys()) {
    const read = trace.readChunk(number);
    for (const line of read.ok ? read.chunk.lines : []) {
      const kind = line.kind !== "stepped" ? line.kind : "message" in line.event ? `${line.event.kind} ${line.event.message.kind}` : line.event.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries([...kinds].toSorted())).toMatchInlineSnapshot(`
    {
      "asked-to-broadcast": 1,
      "asked-to-join": 1,
      "asked-to-leave": 1,
      "asked-to-send": 3,
      "asked-to-update": 1,
      "born": 9,
      "disrupted": 10,
      "exchange-answered ack": 12,
      "exchange-opened ping": 12,
      "exchange-opened user": 2,
      "received ack": 214,
      "received gossip": 173,
      "received nack": 47,
      "received ping": 187,
      "received ping-req": 83,
      "woke": 417,
    }
  `);
});

test("today's engine plays it as the first did, or says from which line on it does not", () => {
  const told = retell(trace, {});
  const replayed = replay(trace, { line: (trace.lines ?? 0) - 1 });
  expect(told.ok ? replayed.ok && replayed.states.size : told.why).toEqual(told.ok ? 8 : expect.stringMatching(/^line [\d,]+ \(/));
});
