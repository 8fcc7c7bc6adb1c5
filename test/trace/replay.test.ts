/** A trace of another engine is found out at the very step at which it went another way. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Effect, nextBox, ORIGIN, remove, seqNo, type State } from "../../engine/index.ts";
import { playRun } from "../../sim/index.ts";
import { openTrace, replay, retell, storyText, type Trace, TraceWriter } from "../../trace/index.ts";
import { joined } from "./recording.ts";
import { eventful } from "./scenarios.ts";

type Way = (state: State, effects: readonly Effect[]) => readonly [State, readonly Effect[]];

/** What another engine might have done with the same event. */
const ways: Readonly<Record<string, Way>> = {
  "asked for something more": (state, effects) => [state, [...effects, { kind: "announce", change: { kind: "departed", member: state.self } }]],
  "thrown the dice once more": (state, effects) => [{ ...state, rng: nextBox(state.rng) }, effects],
  "counted on": (state, effects) => [{ ...state, seq: seqNo(state.seq + 1) }, effects],
  "held another view": (state, effects) => [{ ...state, view: remove(state.view, state.self.id) }, effects],
  "wanted to be woken at once": (state, effects) => [{ ...state, sync: { ...state.sync, syncAt: ORIGIN } }, effects],
  "taken up a rumour": (state, effects) => [{ ...state, rumours: { ...state.rumours, bytes: state.rumours.bytes + 1 } }, effects],
  "felt worse": (state, effects) => [{ ...state, health: state.health + 1 }, effects],
};

/** A run in which the step at one line went another way. */
function otherwise(line: number, way: Way): Trace {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes), {}, { lines: 200, linesPerMember: 0 });
  let number = -1;
  playRun(eventful(8, 12), 0, {
    born: (...told) => { number++; writer.born(...told); },
    stepped: (at, who, event, effects, state) => {
      number++;
      const [other, asked] = number === line ? way(state, effects) : [state, effects];
      writer.stepped(at, who, event, asked, other);
    },
    disrupted: (...told) => { number++; writer.disrupted(...told); },
  });
  writer.end();
  const result = openTrace(joined(pieces));
  if (!result.ok) throw new Error(result.why);
  return result.trace;
}

/** The lines of that run that are steps. */
const steps: readonly number[] = (() => {
  const lines: number[] = [];
  let number = 0;
  playRun(eventful(8, 12), 0, { born: () => number++, stepped: () => lines.push(number++), disrupted: () => number++ });
  return lines;
})();

describe("had it", () => {
  test.for(Object.entries(ways))("%s, the line is named, whichever it is", ([, way]) => {
    fc.assert(fc.property(fc.constantFrom(...steps), (line) => {
      const trace = otherwise(line, way);
      const told = retell(trace, {});
      expect(told).toMatchObject({ ok: false, line });
      expect(told.ok || told.why).toMatch(/^line \d+ \(m\d\d, [\d.]+ s\) does not replay as it was recorded: the trace was recorded with another engine$/);
      expect(replay(trace, { line: line - 1 }).ok).toBe(true);
      expect(replay(trace, { line })).toEqual(told);
      expect(storyText(trace).trimEnd().split("\n").at(-1)).toBe(`# ${told.ok ? "" : told.why}`);
    }), { seed: 7, numRuns: 10 });
  });

  test("the same done, nothing is named", () => expect(retell(otherwise(100, (state, effects) => [state, effects]), {})).toEqual({ ok: true }));
});
