/** A run as Trace Event JSON, held to the format's document: each event has what its phase wants, slices nest, and flows lead from a slice to a slice. */

import { beforeAll, describe, expect, test } from "vitest";
import { playRun } from "../../../sim/index.ts";
import { middleOf } from "../../../sim/measure/curve.ts";
import { PerfettoRecorder, type Window } from "../../../trace/index.ts";
import { all, between, counted, lossy, play } from "./told.ts";

type Written = {
  readonly ph: string; readonly name: string; readonly cat?: string; readonly pid: number; readonly tid: number; readonly ts: number; readonly dur?: number; readonly id?: number | string;
  readonly bp?: string; readonly s?: string; readonly args?: Readonly<Record<string, unknown>>;
};
type Document = { readonly displayTimeUnit: string; readonly otherData: Readonly<Record<string, unknown>>; readonly traceEvents: readonly Written[] };

function text(window: Window): string {
  let written = "";
  const recorder = new PerfettoRecorder((piece) => (written += piece), { scenario: lossy.name, seed: "1", run: 0, source: "long" }, window);
  play(recorder.witness);
  recorder.end();
  return written;
}

const read = (window: Window): Document => JSON.parse(text(window)) as Document;

/** Has an event what the format's document wants of its phase? */
function isSound({ name, pid, tid, ts, ph, dur, cat, id, s, args }: Written): boolean {
  if (typeof name !== "string" || !Number.isInteger(pid) || !Number.isInteger(tid)) return false;
  if (ph === "M") return args !== undefined;
  if (!Number.isInteger(ts) || ts < 0) return false;
  switch (ph) {
    case "X": return dur === 1;
    case "b":
    case "e":
    case "s":
    case "f": return cat !== undefined && id !== undefined;
    case "i": return s === "g" || s === "t";
    case "C": return Object.values(args ?? {}).every((value) => typeof value === "number");
    default:  return false;
  }
}

describe("the whole run", () => {
  let document: Document;
  let events: readonly Written[];
  const of = (ph: string, cat?: string): readonly Written[] => events.filter((event) => event.ph === ph && (cat === undefined || event.cat === cat));
  const names = (): ReadonlyMap<number, unknown> => new Map(of("M").filter(({ name }) => name === "process_name").map(({ pid, args }) => [pid, args?.["name"]]));
  beforeAll(() => {
    document = read(all);
    events = document.traceEvents;
  });

  test("says which run it is, without the scenario's text", () => {
    expect(document.displayTimeUnit).toBe("ms");
    expect(document.otherData).toEqual({ scenario: lossy.name, seed: "1", run: 0 });
  });

  test("has of each phase the fields that the format wants", () => {
    expect(events.filter((event) => !isSound(event))).toEqual([]);
    expect(new Set(events.map(({ ph }) => ph))).toEqual(new Set(["M", "X", "b", "e", "s", "f", "i", "C"]));
  });

  test("has a track for the group and for each member", () => {
    expect([...names()]).toEqual([[1, "the group"], [2, "m00"], [3, "m01"], [4, "m02"], [5, "m03"], [6, "m04"], [7, "m05"]]);
  });

  test("has a slice for each step, and each step says what happened", () => {
    expect(of("X").length).toBe(counted().steps);
    expect(of("X").every(({ args }) => typeof args?.["what"] === "string")).toBe(true);
  });

  test("has an arrow for each message that came in, from the step that sent it to the one that received it", () => {
    const steps = new Set(of("X").map(({ pid, ts }) => `${pid} ${ts}`));
    const begun = new Map(of("s").map((event) => [event.id, event]));
    expect(begun.size).toBe(counted().sendings);
    expect(of("f").length).toBeGreaterThan(0.7 * counted().receipts);
    const astray = of("f").filter((event) => {
      const from = begun.get(event.id);
      const isSame = from?.name === event.name && from.cat === event.cat && event.bp === "e";
      return !isSame || from.pid === event.pid || event.ts <= from.ts || !steps.has(`${event.pid} ${event.ts}`) || !steps.has(`${from.pid} ${from.ts}`);
    });
    expect(astray).toEqual([]);
    expect(of("i", "lost").length).toBe(begun.size - of("f").length);
  });

  test("has a slice for each probe, one after another, and says how it ended", () => {
    const probes = of("b", "probe");
    expect(new Set(probes.map(({ args }) => args?.["outcome"]))).toEqual(new Set(["answered", "failed", "cut short"]));
    for (const { pid } of probes) {
      const own = events.filter((event) => event.cat === "probe" && event.pid === pid).toSorted((one, other) => one.ts - other.ts || (one.ph === "e" ? -1 : 1));
      expect(own.map(({ ph }) => ph).join("")).toMatch(/^(be)+$/);
    }
  });

  test("the crashed member is away from its crash to the end, and suspected by others, who declare it dead rightly", () => {
    const away = events.filter(({ cat, name }) => cat === "existence" && name === "crashed");
    expect(away.map(({ ph, pid }) => [ph, names().get(pid)])).toEqual([["b", "m05"], ["e", "m05"]]);
    expect(away[0]?.ts).toBe(3e6);
    expect(new Set(of("b", "suspicion").filter(({ name }) => name === "suspects m05").map(({ pid }) => pid))).toEqual(new Set([2, 3, 4, 5, 6]));
    const deaths = of("i", "announcement").filter(({ name }) => name === "declares m05 dead");
    expect(deaths.length).toBeGreaterThan(3);
    expect(deaths.every(({ args }) => args?.["verdict"] === "right")).toBe(true);
    for (const { args } of deaths) expect(args?.["why"]).toMatch(/^m05 failed, says m\d\d: (not refuted in time|told by m\d\d); suspected by m\d\d since [\d.]+ s: /);
  });

  test("counts who agrees just as the run was measured", () => {
    const counters = of("C").filter(({ name }) => name === "agreement");
    const shareAt = (at: number): number => {
      const { "members that agree": yes = 0, "members that do not": no = 0 } = (counters.findLast(({ ts }) => ts <= at)?.args ?? {}) as Readonly<Record<string, number>>;
      return yes / (yes + no);
    };
    const { agreement, simulatedSeconds } = playRun(lossy, 0);
    expect(agreement.map((_, part) => shareAt(middleOf(part, simulatedSeconds * 1e6)))).toEqual(agreement);
    expect(new Set(agreement).size).toBeGreaterThan(2);
    expect(of("i", "disruption").map(({ name, ts, args }) => [name, ts, args?.["members"]])).toEqual([["crash", 3e6, "m05"]]);
  });
});

test("equal runs give equal bytes", () => expect(text(all)).toBe(text(all)));

test("a window holds what is within, and of what reaches into it the part that does; members that were not asked for have no track", () => {
  const { traceEvents } = read(between(3, 5, "m00", "m05"));
  const timed = traceEvents.filter(({ ph }) => ph !== "M");
  expect(timed.every(({ ts }) => ts >= 3e6 && ts <= 5e6)).toBe(true);
  expect(new Set(timed.map(({ pid }) => pid))).toEqual(new Set([1, 2, 7]));
  const ends = traceEvents.filter(({ ph }) => ph === "f").map(({ id }) => id);
  const begins = new Set(traceEvents.filter(({ ph }) => ph === "s").map(({ id }) => id));
  expect(ends.every((id) => begins.has(id))).toBe(true);
});
