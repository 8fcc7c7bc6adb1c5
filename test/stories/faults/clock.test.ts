/** A member knows no time but its own clock's: what follows from a fast one, a slow one, one that jumps; and what does not follow from a wall clock. */

import { describe, expect, test } from "vitest";
import { openTrace, replay, retell, TraceWriter } from "../../../trace/index.ts";
import { playRun } from "../../../sim/run.ts";
import { Clocks } from "../../../sim/world/clock.ts";
import { bytes, instant, micros } from "../../../engine/index.ts";
import { probesBy, scenarioOf, tellRun } from "./play.ts";

const group = (more: string, lasts = "100s"): string => `
duration: ${lasts}
preset: swim-inf-susp
config: { periodEvery: 1s, askRelaysAfter: 300ms }
members: [{ name: a }, { name: b }, { name: c }, { name: odd${more} }]
network: { latency: 1ms }
`;

describe("rate", () => {
  test("who has a clock 2 % fast probes 2 % more often, 20 % slow 20 % less", () => {
    const probes = (rate: string): number => probesBy(tellRun(scenarioOf(group(`, clock: { rate: ${rate} }`))), "odd");
    const usual = probes("0ppm");
    expect(usual).toBeGreaterThanOrEqual(99);
    expect(probes("2%") - usual).toBe(2);
    expect(probes("-20%") - usual).toBe(-20);
  });

  test("a clock changed for a while runs as usual afterwards", () => {
    const told = tellRun(scenarioOf(`${group("")}timeline: [{ at: 10s, clock: { members: odd, rate: 50% }, for: 40s }]\n`));
    expect(probesBy(told, "odd") - probesBy(told, "a")).toBe(20);
    expect(told.struck.map(({ second, kind }) => [second, kind])).toEqual([[10, "clock"], [50, "clock"]]);
  });

  test("nobody else notices: the others probe as ever", () => {
    const told = tellRun(scenarioOf(group(", clock: { rate: 2% }")));
    expect([probesBy(told, "a"), probesBy(told, "b")]).toEqual([100, 100]);
    expect(told.result.suspicions).toBe(0);
  });

  test("suspicions of a fast clock end early: a tenth faster, a tenth sooner", () => {
    const text = (rate: string): string => `${group(`, clock: { rate: ${rate} }`)}timeline: [{ at: 20.4s, crash: [a, b, c] }]\n`;
    const lasted = (rate: string): number => {
      const { steps } = tellRun(scenarioOf(text(rate)));
      const announced = steps.flatMap(({ at, effects }) => effects.flatMap((effect) => (effect.kind === "announce" && "member" in effect.change ? [{ at, kind: effect.change.kind, id: String(effect.change.member.id) }] : [])));
      const of = (kind: string, id: string): number => announced.find((one) => one.kind === kind && one.id === id)?.at ?? Number.NaN;
      const id = announced.find(({ kind }) => kind === "failed")?.id ?? "";
      return of("failed", id) - of("suspected", id);
    };
    expect(lasted("10%") / lasted("0ppm")).toBeCloseTo(1 / 1.1, 5);
  });
});

describe("offset and step", () => {
  const hashOf = (text: string): string => playRun(scenarioOf(text), 0).traceHash;

  test("where a clock begins is nobody's business: every step is the same, but for what the clock says", () => {
    const [plain, far] = ["", ", clock: { offset: 12h }"].map((more) => tellRun(scenarioOf(group(more))));
    const times = (told: typeof plain): unknown => told?.steps.map(({ at, who, event, effects }) => [at, who, event.kind, effects.length]);
    expect(times(far)).toEqual(times(plain));
    expect(far?.steps.filter(({ who, at, event }) => who === "odd" && event.now - at !== 12 * 3_600e6)).toEqual([]);
  });

  test("a step ahead makes all that was awaited overdue at once", () => {
    const { steps } = tellRun(scenarioOf(`${group("")}timeline: [{ at: 30.2s, clock: { members: odd, step: 1m } }]\n`));
    const next = steps.find(({ who, at }) => who === "odd" && at >= 30.2e6);
    expect([next?.at, next?.event.kind, next?.event.now]).toEqual([30.2e6, "woke", 90.2e6]);
  });

  test("a wall clock set ahead or back changes no step at all", () => {
    const walls = `timeline: [{ at: 10s, clock: { members: all, wall: 26h } }, { at: 20s, clock: { members: odd, wall: -3h } }]\n`;
    expect(hashOf(`${group("")}${walls}`)).toBe(hashOf(group("")));
  });
});

describe("the clock itself", () => {
  test("is never back, and says a moment exactly when it was expected to", () => {
    const place = { name: "m", tags: {}, meta: bytes(""), present: true, seed: true, clock: { rate: [-333_333, 777_777], offset: [micros(0), micros(5e6)] } } as const;
    const clocks = new Clocks([place, place, place], 7);
    for (const member of [0, 1, 2]) {
      let last = -1;
      for (let at = 0; at < 300; at++) {
        const said = clocks.read(member, instant(at));
        expect(said).toBeGreaterThanOrEqual(last);
        last = said;
        const moment = clocks.momentOf(member, said);
        expect(clocks.read(member, moment)).toBeGreaterThanOrEqual(said);
        if (moment > 0) expect(clocks.read(member, instant(moment - 1))).toBeLessThan(said);
      }
    }
  });
});

test("a recording of odd clocks is replayed exactly, from its beginning and from its middle", () => {
  const scenario = scenarioOf(`${group(", clock: { rate: 3%, offset: 1h }", "30s")}timeline: [{ at: 7s, clock: { members: a, step: 20s } }, { at: 9s, crash: b, for: 6s }]\n`);
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((piece) => void pieces.push(piece), { scenario: "odd" }, { lines: 50, linesPerMember: 0 });
  const states = new Map<string, unknown>();
  playRun(scenario, 0, {
    born: (at, who, state) => { writer.born(at, who, state); states.set(who, state); },
    stepped: (at, who, event, effects, state) => { writer.stepped(at, who, event, effects, state); states.set(who, state); },
    disrupted: (...told) => writer.disrupted(...told),
  });
  writer.end();
  const opened = openTrace(Buffer.concat(pieces));
  if (!opened.ok) throw new Error(opened.why);
  expect(retell(opened.trace, {})).toEqual({ ok: true });
  const end = replay(opened.trace, { at: instant(30e6) });
  expect(end.ok && end.states.get("odd" as never)).toEqual(states.get("odd"));
});
