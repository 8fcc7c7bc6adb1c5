/** A run that is watched again from its trace measures what the world measured of it while it played. */

import { describe, expect, test } from "vitest";
import { instant, ORIGIN, type Effect, type Event, type Instant, type MemberId, type State } from "../../../engine/index.ts";
import { marks, Playback, playRun, type Recorder, type RunResult, type Scenario } from "../../../sim/index.ts";
import { openTrace, retell, TraceWriter } from "../../../trace/index.ts";
import { scenarioOf } from "../scenario/builders.ts";

/** Writes what a real run's trace has and a simulated one lacks: the origin, and who departed when. */
function marked(writer: TraceWriter, present: number): Recorder {
  let births = 0;
  return {
    born: (at, who, state) => {
      writer.born(at, who, state);
      if (++births === present) writer.disrupted(ORIGIN, marks.origin, []);
    },
    stepped: (at: Instant, who: MemberId, event: Event, effects: readonly Effect[], state: State) => {
      writer.stepped(at, who, event, effects, state);
      if (effects.some((effect) => effect.kind === "announce" && effect.change.kind === "departed")) writer.disrupted(at, marks.departed, [who]);
    },
    disrupted: (at, kind, members) => writer.disrupted(at, kind, members),
  };
}

function watchedAgain(scenario: Scenario): { readonly played: RunResult; readonly again: RunResult } {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => void pieces.push(bytes), {});
  const played = playRun(scenario, 0, marked(writer, scenario.members.filter(({ present }) => present).length));
  writer.end();
  const opened = openTrace(Buffer.concat(pieces));
  if (!opened.ok) throw new Error(opened.why);
  const playback = new Playback({ scenario, run: 0, seed: `${scenario.seed}/0` });
  const told = retell(opened.trace, {
    born: (at, who, state) => playback.born(at, who, state),
    stepped: (at, who, event, effects, state) => playback.stepped(at, who, event, effects, state),
    disrupted: (at, kind, members) => playback.disrupted(at, kind, members),
  });
  expect(told).toEqual({ ok: true });
  return { played, again: playback.results() };
}

const scenarios: Readonly<Record<string, string>> = {
  "crashes, one of them known by nobody but its relays": `
members: 16
duration: 40s
timeline:
  - { at: 5s, crash: 1 }
  - { at: 20s, crash: 20% }`,
  "a partition, an impairment, a cut": `
members: 12
duration: 60s
network: { loss: 5%, duplicate: 2% }
timeline:
  - { at: 5s, partition: [50%, rest], for: 25s }
  - { at: 32s, impair: { members: 2, direction: in, loss: 40%, delay: 20ms }, for: 5s }
  - { at: 40s, cut: { from: 1, to: rest }, for: 10s }`,
  "churn of two kinds, and cascades that stop": `
members: 10
duration: 60s
timeline:
  - { at: 5s, churn: { members: [m03, m04], up: { exponential: { mean: 8s } }, down: 4s }, for: 40s }
  - { at: 6s, churn: { rate: 6/m, down: 3s }, for: 30s }
  - { at: 7s, crash: 1, for: 20s, cascade: { every: 4s, times: 3, chance: 50% } }
  - { at: 8s, crash: 1, for: 20s, cascade: { every: 4s, times: 3, chance: 20% } }`,
  "members that stand still, leave, return, join": `
members: [{ count: 10, name: a }, { count: 2, name: b, present: no }]
duration: 60s
timeline:
  - { at: 5s, pause: 2, for: 12s }
  - { at: 25s, leave: 2, for: 10s, incarnation: kept }
  - { at: 28s, join: [b1, b2] }
  - { at: 40s, crash: 1, for: 5s }`,
  "a cold start, news and broadcasts": `
members: 10
duration: 30s
start: cold
timeline:
  - { at: 10s, update: { members: 2, meta: new } }
  - { at: 12s, broadcast: { members: 1, payload: "word {n}" } }
  - { at: 15s, send: { from: 1, to: 2, payload: hello, over: stream } }`,
};

describe("watched again, it measures the same", () => {
  test.each(Object.entries(scenarios))("%s", (_, yaml) => {
    const { played, again } = watchedAgain(scenarioOf(`name: x\n${yaml}`));
    // The world hashes each step when its alarm is set, which for who is overdue is a moment later than the engine's own deadline.
    // Nobody can count what becomes of datagrams but the network itself.
    expect({ ...again, traceHash: "" }).toEqual({ ...played, traceHash: "", fates: undefined });
    expect(again.traceHash).toMatch(/^[0-9a-f]{16}$/);
  });
});

test("what comes before the origin counts for nothing, and a trace of another scenario is found out", () => {
  const scenario = scenarioOf("name: x\nmembers: 3\nduration: 10s\ntimeline:\n  - { at: 1s, crash: 1 }");
  const playback = new Playback({ scenario, run: 0, seed: "a" });
  playback.disrupted(instant(5), marks.departed, []);
  playback.disrupted(instant(1_000_000), marks.origin, []);
  expect(() => playback.disrupted(instant(2_000_000), "crash", [])).toThrow("strikes whom it struck");
});
