/** The engine's promises in the viewer: none is said to be broken in a run of ours, in however many chunks it was written down; and one that is broken is said. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { seqNo } from "../../engine/index.ts";
import { openTrace } from "../../trace/index.ts";
import { Chronicle } from "../../viz/worker/chronicle.ts";
import { recorded } from "../trace/recording.ts";
import { eventful } from "../trace/scenarios.ts";
import { opening } from "./library.ts";

const trace = recorded(eventful(8, 20), { lines: 80, linesPerMember: 0 });
const opened = openTrace(trace);
if (!opened.ok) throw new Error(opened.why);

describe("a recording of many chunks breaks no promise", () => {
  test("one of ours", async () => {
    expect(opened.trace.chunks.length).toBeGreaterThan(5);
    expect((await opening(trace)).facts.broken).toEqual([]);
  });

  test("the sample of this version", async () => {
    expect((await opening(readFileSync("test/golden/sample-v6.trace"))).facts.broken).toEqual([]);
  });
});

test("a step that breaks a promise is taken down with its line and its sentence, behind lines that are missing too", () => {
  const chronicle = new Chronicle();
  const { chunks } = opened.trace;
  const read = opened.trace.readChunk(chunks.length - 1);
  if (!read.ok) throw new Error(read.why);
  const [{ first, states }, at] = [read.chunk, chunks.at(-1)!.at];
  chronicle.resume(first, at, states);
  const [who, state] = states[0]!;
  chronicle.stepped(at, who, { kind: "asked-to-leave", now: at }, [], { ...state, seq: seqNo(state.seq - 1) });
  expect(chronicle.broken).toMatchObject([{ line: first, name: "seqs only rise, and start again after the greatest", sentence: `invariant violated by ${who}: seqs only rise, and start again after the greatest` }]);
});
