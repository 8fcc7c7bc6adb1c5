/** What the experiments watch, on small scenes whose outcome is known. */

import { describe, expect, test } from "vitest";
import { bytes, memberId, type Effect, type Event, type Instant, type State } from "../../../engine/index.ts";
import { playRun } from "../../../sim/run.ts";
import { Blocked } from "../../../sim/cli/paper/watch/blocked.ts";
import { Probes } from "../../../sim/cli/paper/watch/probes.ts";
import { Sendings, together } from "../../../sim/cli/paper/watch/sendings.ts";
import { Size } from "../../../sim/cli/paper/watch/size.ts";
import { Spread } from "../../../sim/cli/paper/watch/spread.ts";
import { Traffic } from "../../../sim/cli/paper/watch/traffic.ts";
import { ack, aConfig, aRecord, aScenario, atSecond, named, ping, received, send, woke } from "../../builders.ts";

const second = (point: number): Instant => (point * 1_000_000) as Instant;
const failed = (about: string): readonly Effect[] => [{ kind: "announce", change: { kind: "failed", member: aRecord(about), by: memberId("z"), cause: { kind: "unrefuted" }, grounds: null } }];
/** Watchers of announcements look at nothing else of an event. */
const something: Event = woke(0);

describe("blocked members", () => {
  const watching = (): Blocked => {
    const blocked = new Blocked(4);
    blocked.disrupted(second(15), "block", [memberId("a"), memberId("b")]);
    return blocked;
  };
  const told = (blocked: Blocked, at: number, who: string, about: string): void => blocked.stepped(second(at), memberId(who), something, failed(about));

  test("are detected by the first other member, and known to all healthy ones with the last", () => {
    const blocked = watching();
    told(blocked, 26, "c", "a");
    told(blocked, 27, "d", "a");
    expect(blocked.figures()).toEqual({ first: [11], full: [12] });
  });

  test("may be detected by one another, which tells nothing of the healthy", () => {
    const blocked = watching();
    told(blocked, 26, "b", "a");
    told(blocked, 27, "c", "a");
    expect(blocked.figures()).toEqual({ first: [11], full: [] });
  });

  test("do not detect themselves; and what is said of others does not count", () => {
    const blocked = watching();
    told(blocked, 26, "a", "a");
    told(blocked, 26, "c", "d");
    expect(blocked.figures()).toEqual({ first: [], full: [] });
  });

  test("count once, however often they are declared dead", () => {
    const blocked = watching();
    for (const at of [26, 28]) for (const who of ["c", "d"]) told(blocked, at, who, "a");
    expect(blocked.figures()).toEqual({ first: [11], full: [11] });
  });
});

describe("probes", () => {
  const begins = (probes: Probes, seq: number): void => probes.stepped(second(seq), memberId("a"), woke(0), [send("b", ping("a", "b", seq))]);

  test("fail if no ack came before the next begins; one still under way does not count", () => {
    const probes = new Probes();
    begins(probes, 1);
    probes.stepped(second(1), memberId("a"), received(0, ack(1)), []);
    begins(probes, 2);
    probes.stepped(second(2), memberId("a"), received(0, ack(1)), []);
    begins(probes, 3);
    expect(probes.figures()).toEqual({ begun: 2, failed: 1, sent: 3 });
  });

  test("a relay's pings are none of its probes", () => {
    const probes = new Probes();
    begins(probes, 1);
    probes.stepped(second(1), memberId("a"), received(0, ping("c", "a")), [send("b", ping("a", "b", 2))]);
    begins(probes, 3);
    expect(probes.figures()).toEqual({ begun: 1, failed: 1, sent: 3 });
  });
});

describe("in a world", () => {
  const config = aConfig({ stagger: "random", gossipEvery: aConfig().gossipEvery });

  test("everybody hears of a new meta, the member itself first", () => {
    const spread = new Spread(bytes("news"), 8);
    playRun(aScenario({ members: 8, config, lasts: 10, timeline: [atSecond(5, { kind: "update", members: named("m3"), meta: bytes("news") })] }), 0, spread);
    expect(spread.reached(1 / 8)).toBe(0);
    expect(spread.knewAfter(0)).toBe(1);
    const all = spread.reached(1) ?? 0;
    expect(all).toBeGreaterThan(spread.reached(0.5) ?? Infinity);
    expect(spread.knewAfter(all)).toBe(8);
    expect(new Spread(bytes("news"), 8).reached(1)).toBeNull();
  });

  test("traffic and sendings count what the simulator's own load counts", () => {
    const traffic = new Traffic(8, { from: 0, periodEvery: 1_000_000, periods: 10 });
    const sendings = new Sendings(10_000_000);
    const { load } = playRun(aScenario({ members: 8, config, lasts: 10 }), 0, { ...together(traffic, sendings), born: (at: Instant, who) => traffic.born(at, who) });
    const { datagrams, bytes: size } = sendings.between(0, 10_000_000);
    expect(datagrams * 10).toBeCloseTo(load.datagrams, 6);
    expect(size * 10).toBeCloseTo(["ping", "ack"].reduce((sum, kind) => sum + (load.byKind[kind]?.bytes ?? 0), 0), 6);
    expect(Number(traffic.figures()["sent"]) * 80).toBeCloseTo(load.datagrams, 6);
    expect(Number(traffic.figures()["received"])).toBeCloseTo(Number(traffic.figures()["sent"]), 1);
  });

  test("the size of a group as one member sees it, from look to look", () => {
    const size = new Size(memberId("m0"), 5_000_000, 12);
    const states: State[] = [];
    playRun(aScenario({ members: 4, config, lasts: 60, timeline: [atSecond(12, { kind: "crash", members: named("m2") })] }), 0, {
      stepped(at, who, event, effects, state) {
        size.stepped(at, who, event, effects, state);
        states.push(state);
      },
    });
    const series = size.series();
    expect(series.slice(0, 2)).toEqual([4, 4]);
    expect(series.at(-1)).toBe(3);
    expect(states.length).toBeGreaterThan(0);
  });
});
