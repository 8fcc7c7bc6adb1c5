/** How large a trace is: what the chunks' limits and the form of their lines were chosen for. */

import { expect, test } from "vitest";
import type { Scenario } from "../../sim/index.ts";
import { openTrace } from "../../trace/index.ts";
import { recorded } from "./recording.ts";
import { eventful, quiet } from "./scenarios.ts";

/** Bytes per line, header, key-frames and index included. */
function bytesPerLine(scenario: Scenario): number {
  const bytes = recorded(scenario);
  const result = openTrace(bytes);
  return result.ok && result.trace.lines !== null ? bytes.length / result.trace.lines : Number.NaN;
}

test("64 members: at most 23 bytes a step in peace, 60 with loss, a crash, a restart, a farewell and half the group parted from the other", () => {
  expect(bytesPerLine(quiet(64, 45))).toBeLessThan(23);
  expect(bytesPerLine(eventful(64, 45))).toBeLessThan(60);
});

test("a large group: key-frames do not outgrow the lines", () => {
  expect(bytesPerLine(quiet(400, 40))).toBeLessThan(40);
});

test("a chunk is replayed to see one moment: no chunk is longer than 4,096 lines, or 16 a member", () => {
  for (const [members, most] of [[64, 4096], [400, 6400]] as const) {
    const result = openTrace(recorded(quiet(members, 30)));
    expect(Math.max(...(result.ok ? result.trace.chunks.map(({ count }) => count) : []))).toBe(most);
  }
});
