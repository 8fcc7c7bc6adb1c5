/** Machines that handle what comes in late, one thing after another, and buffers that fill up: Lifeguard's case. */

import { describe, expect, test } from "vitest";
import { scenarioOf, tellRun } from "./play.ts";

const pair = `
duration: 30s
preset: swim-inf-susp
members: [{ name: a }, { name: b }]
network: { latency: 1ms }
`;

const answers = (more: string): readonly number[] => {
  const { steps } = tellRun(scenarioOf(pair + more));
  const pings = steps.flatMap(({ at, who, event, effects }) => (who === "a" && event.kind === "woke" && effects.some((effect) => effect.kind === "send" && effect.message.kind === "ping") ? [at] : []));
  const acks = steps.flatMap(({ at, who, event }) => (who === "a" && event.kind === "received" && event.message.kind === "ack" ? [at] : []));
  return acks.map((at) => (at - Math.max(...pings.filter((ping) => ping < at))) / 1e3);
};

describe("slow", () => {
  test("each thing takes its time: a ping is answered so much later, exactly", () => {
    expect(new Set(answers(""))).toEqual(new Set([2]));
    const late = answers("timeline: [{ at: 0s, slow: { members: b, takes: 120ms } }]\n");
    expect(Math.min(...late)).toBe(122);
  });

  test("what comes in while another is handled waits behind it, and when slowness ends the rest is there at once", () => {
    const { steps } = tellRun(scenarioOf(`${pair}timeline:
  - { at: 5s, slow: { members: b, takes: 2s }, for: 10.1s }
  - { at: 5.5s, send: { from: a, to: b, payload: one } }
  - { at: 5.6s, send: { from: a, to: b, payload: two } }
`));
    const heard = steps.filter(({ who, event, at }) => who === "b" && event.kind === "received" && at >= 5e6).map(({ at }) => at / 1e6);
    const gaps = heard.filter((at) => at < 15).slice(1).map((at, nth) => Math.round((at - heard[nth]!) * 1e3) / 1e3);
    expect(gaps.length).toBeGreaterThan(2);
    expect(new Set(gaps)).toEqual(new Set([2]));
    expect(heard.filter((at) => at === 15.1).length).toBeGreaterThan(1);
  });

  test("alarms ring on time, or wait in the same queue", () => {
    const punctual = (alarms: string): number => {
      const { steps } = tellRun(scenarioOf(`${pair}timeline: [{ at: 5s, slow: { members: b, takes: 700ms, alarms: ${alarms} } }]\n`));
      return steps.filter(({ who, event, state, at }) => who === "b" && event.kind === "woke" && at > 6e6 && state.probe.attempt !== null).map(({ state, at }) => at - state.probe.attempt!.startedAt).length;
    };
    expect(punctual("on-time")).toBeGreaterThan(punctual("in-turn"));
  });

  const ofHealthy = (preset: string): number => {
    const told = tellRun(scenarioOf(`
duration: 100s
preset: ${preset}
members: [{ count: 15, name: m }, { name: slow }]
timeline: [{ at: 10s, slow: { members: slow, takes: { exponential: { mean: 400ms } } }, for: 80s }]
`));
    return told.result.falsePositives.ofHealthy;
  };

  test("without Lifeguard a slow member has healthy ones declared dead; with it, hardly any", () => {
    const [without, withIt] = [ofHealthy("lifeguard-base"), ofHealthy("lifeguard")];
    expect(without).toBeGreaterThan(10);
    expect(withIt).toBeLessThanOrEqual(without / 10);
  });
});

describe("receive buffers", () => {
  const stalled = (buffer: string): string => `
duration: 20s
preset: swim-inf-susp
members: [{ name: a }, { name: b }]
network: { latency: 1ms${buffer} }
timeline:
  - { at: 2s, pause: b, for: 10s }
  - { at: 3s, every: 100ms, times: 40, send: { from: a, to: b, payload: "0123456789" } }
`;
  const heardLate = (text: string): readonly [heard: number, overflows: number | undefined] => {
    const { steps, result } = tellRun(scenarioOf(text));
    return [steps.filter(({ who, event, at }) => who === "b" && event.kind === "received" && at === 12e6).length, result.fates?.lost.overflow];
  };

  test("hold so many datagrams, or bytes, and what is beyond is lost and counted", () => {
    const [all, none] = heardLate(stalled(""));
    expect(none).toBe(0);
    expect(heardLate(stalled(", receiveBuffer: { packets: 7 }"))).toEqual([7, all - 7]);
    const [some, lost] = heardLate(stalled(", receiveBuffer: { bytes: 400 }"));
    expect(some + (lost ?? 0)).toBe(all);
    expect(some).toBeGreaterThan(7);
    expect(some).toBeLessThan(all);
  });
});
