/** The queue: by time, and among equals by when it was put in. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../../engine/index.ts";
import { Queue } from "../../../sim/world/queue.ts";

type Entry = { readonly at: number; readonly what: number };

/** What a queue is: a list in order of time, where whoever comes later stands behind its equals. */
const into = (line: readonly Entry[], entry: Entry): readonly Entry[] => [...line, entry].toSorted((one, other) => one.at - other.at);

/** Takes everything out. */
function drain(queue: Queue): readonly Entry[] {
  const out: Entry[] = [];
  while (queue.size > 0) out.push({ at: queue.firstAt, what: queue.pop() });
  return out;
}

// All within one slice of time; in neighbouring ones; and so far apart that some wait beyond the slices that have lists.
test.for([1, 400, 1_024, 900_000, 5_000_000])("whatever is put in and taken out in between, it stands in the order of a sorted list: times %i apart", (apart) => {
  // Few times, so that ties are the rule; null takes one out.
  const deeds = fc.array(fc.option(fc.nat({ max: 9 }), { freq: 3 }), { maxLength: 120 });
  fc.assert(fc.property(deeds, (times) => {
    const queue = new Queue();
    let line: readonly Entry[] = [];
    times.forEach((time, what) => {
      if (time !== null) {
        const at = time * apart;
        queue.push(instant(at), what);
        line = into(line, { at, what });
      } else if (line.length > 0) {
        expect({ at: queue.firstAt, what: queue.pop() }).toEqual(line[0]);
        line = line.slice(1);
      }
      expect(queue.size).toBe(line.length);
    });
    expect(drain(queue)).toEqual(line);
  }), { seed: 11, numRuns: 300 });
});

describe("a queue", () => {
  test("lets equals out as they came in, however many they are", () => {
    const queue = new Queue();
    for (let what = 0; what < 1_000; what++) queue.push(instant(7), what);
    expect(drain(queue).map(({ what }) => what)).toEqual(Array.from({ length: 1_000 }, (_, what) => what));
  });

  test("grows, and forgets nothing and no order", () => {
    const queue = new Queue();
    const entries = Array.from({ length: 5_000 }, (_, what): Entry => ({ at: (what * 7_919) % 101, what }));
    for (const { at, what } of entries) queue.push(instant(at), what);
    expect(queue.size).toBe(5_000);
    expect(drain(queue)).toEqual(entries.toSorted((one, other) => one.at - other.at));
  });

  test("holds alarms, which are negative, and times beyond 32 bits", () => {
    const queue = new Queue();
    queue.push(instant(2 ** 45 + 1), 3);
    queue.push(instant(2 ** 45), ~3);
    expect(drain(queue)).toEqual([{ at: 2 ** 45, what: ~3 }, { at: 2 ** 45 + 1, what: 3 }]);
  });

  test("with nothing in it has no first time, and nothing to give", () => {
    const queue = new Queue();
    expect(queue.firstAt).toBe(Infinity);
    expect(() => queue.pop()).toThrow("something to happen");
    queue.push(instant(1), 1);
    queue.pop();
    expect(queue.firstAt).toBe(Infinity);
    expect(() => queue.pop()).toThrow("something to happen");
  });
});
