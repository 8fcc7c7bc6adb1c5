/** Birth, and what a member waits for. */

import { describe, expect, test } from "vitest";
import {
  BrokenPromise, bytes, deadlines, find, memberId, milliseconds, NEVER, nextMuteWake, nextWake, presets, seconds, sizeOf, start, viewOf, type Config, type State,
} from "../../engine/index.ts";
import { claimsWaiting, rumoursWaiting } from "../../engine/rules/dissemination.ts";
import { alive, aMember, answered, aRecord, at, dead, hears, ms, pingReq, pushPull, received, stateAfter, suspect, woke, type Circumstances } from "../builders.ts";

const born = (config: Partial<Config> = {}, stream = 0): State =>
  start({ config: { ...presets.swimlab, ...config }, id: memberId("a"), address: at("a"), now: ms(7000), seed: 1, stream });

describe("birth", () => {
  test("a member knows itself, alive, and has nothing to tell", () => {
    const state = born({ incarnationsPerLife: 0 });
    expect(state.self).toEqual(aRecord("a"));
    expect([find(state.view, memberId("a")), sizeOf(state.view), rumoursWaiting(state.rumours)]).toEqual([aRecord("a"), 1, 0]);
  });

  test("into a group that knows it, it takes the group's record for its own: one in memory, not two that are equal", () => {
    const view = viewOf([aRecord("a"), aRecord("b")]);
    const { id, address } = aRecord("a");
    const state = start({ config: { ...presets.swimlab, incarnationsPerLife: 0 }, id, address, now: ms(0), seed: 1, view });
    expect(state.view).toBe(view);
    expect(state.self).toBe(find(view, id));
  });

  test.for([
    // incarnations in a life, generation, incarnation, its own is
    [0,       undefined, undefined, 1],
    [0,       7,         undefined, 1],
    [65_536,  undefined, undefined, 65_536],
    [65_536,  7,         undefined, 458_752],
    [65_536,  7,         5,         5],
    [0,       undefined, 5,         5],
  ] as const)("with %i incarnations in a life, in life %s, told %s: its incarnation is %i", ([incarnationsPerLife, generation, incarnation, expected]) => {
    const { id, address } = aRecord("a");
    const told = { ...(generation === undefined ? {} : { generation }), ...(incarnation === undefined ? {} : { incarnation }) };
    expect(start({ config: { ...presets.swimlab, incarnationsPerLife }, id, address, now: ms(0), seed: 1, ...told }).self.incarnation).toBe(expected);
  });

  test("where newcomers tell, a newcomer tells of itself from the first; who is born into a settled group need not", () => {
    const { config, self: { id, address } } = born({ newcomerTells: "on", incarnationsPerLife: 0 });
    const newcomer = { config, id, address, now: ms(0), seed: 1 };
    expect(claimsWaiting(start(newcomer).rumours)).toEqual([alive("a")]);
    expect(rumoursWaiting(start({ ...newcomer, view: viewOf([aRecord("b")]) }).rumours)).toBe(0);
    expect(rumoursWaiting(start({ ...newcomer, config: { ...config, datagramBudget: 60 } }).rumours), "nor who fits no datagram").toBe(0);
  });

  test("its gossip has a rhythm, and no alarm; its health is good", () => {
    expect(born({ stagger: "none" })).toMatchObject({ gossip: { at: NEVER, phase: ms(7000) }, health: 0 });
    const phases = Array.from({ length: 200 }, (_, stream) => born({ stagger: "random" }, stream).gossip.phase - ms(7000));
    expect(new Set(phases).size).toBeGreaterThan(190);
  });

  test("the first exchange of views waits for as long as the group is large", () => {
    const { config, self: { id, address } } = born({ syncEvery: seconds(10), syncScale: "log2" });
    const others = viewOf(Array.from({ length: 64 }, (_, k) => aRecord(`m${k}`)));
    const waits = Array.from({ length: 100 }, (_, stream) => start({ config, id, address, now: ms(0), seed: 1, stream, view: others }).sync.syncAt);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(ms(30_000));
    expect(Math.max(...waits)).toBeLessThan(ms(40_000));
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(seconds(9));
  });

  test("what it is given to know of itself overrules what its view was told", () => {
    const { config, self: { id, address } } = born();
    const state = start({ config, id, address, now: ms(0), seed: 1, incarnation: 5, meta: bytes("new"), view: viewOf([aRecord("a", { life: 3 }), aRecord("b")]) });
    expect(find(state.view, id)).toEqual(aRecord("a", { life: 5, meta: "new" }));
    expect(sizeOf(state.view)).toBe(2);
  });

  test("its first period begins at a random moment of the period, or at once", () => {
    const phases = Array.from({ length: 200 }, (_, stream) => born({ stagger: "random" }, stream).probe.periodEndsAt - ms(7000));
    expect(Math.min(...phases)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...phases)).toBeLessThan(seconds(1));
    expect(Math.max(...phases) - Math.min(...phases)).toBeGreaterThan(seconds(0.9));
    expect(born({ stagger: "none" }).probe.periodEndsAt).toBe(ms(8000));
  });

  test("members of one seed have each their own chance", () => {
    expect(new Set(Array.from({ length: 100 }, (_, stream) => JSON.stringify(born({}, stream).rng))).size).toBe(100);
    expect(born({}, 3)).toEqual(born({}, 3));
  });

  test("whether periods are staggered moves no other draw", () => {
    expect(born({ stagger: "none" }).rng).toEqual(born({ stagger: "random" }).rng);
  });

  test("with a meta above the limit is our own bug: whoever drives us has to look first", () => {
    const { config, self: { id, address } } = born();
    expect(() => start({ config, id, address, now: ms(0), seed: 1, meta: bytes("x".repeat(513)) })).toThrow(BrokenPromise);
  });
});

describe("deadlines", () => {
  test("are one of each kind, the earliest; NEVER for what nobody waits for", () => {
    expect(Object.fromEntries(deadlines(aMember("a")).map(({ kind, at }) => [kind, at]))).toEqual({
      "errand-lapses": NEVER, "relays-due": NEVER, "suspicion-ends": NEVER, "tombstone-goes": NEVER, "flap-ends": NEVER, "join-again": NEVER,
      "sync-due": NEVER, "reconnect-due": NEVER, "farewell-ends": NEVER, "probe-fails": NEVER, "gossip-due": NEVER, "period-ends": ms(1000),
    });
  });

  test("of everything at once", () => {
    const busy = stateAfter(
      aMember("a", { knows: ["b", "c"], mourns: ["d"], config: {
        forgetAfter: seconds(50), syncEvery: seconds(30), reconnectEvery: seconds(20), gossipEvery: milliseconds(250), flapLimit: 1,
      } }),
      hears(900, alive("d", 2), dead("d", "c", 2)), woke(1000), received(1100, pingReq("b", "c", 1)), hears(1200, suspect("b", "c")),
      { kind: "asked-to-join", now: ms(1250), seeds: [at("b")] }, answered(1300, pushPull(true)), { kind: "asked-to-leave", now: ms(1400) },
    );
    const due = new Map(deadlines(busy).map(({ kind, at }) => [kind, at]));
    expect(Object.fromEntries(due)).toMatchObject({
      "errand-lapses": ms(1600), "relays-due": ms(1500), "suspicion-ends": ms(5200), "tombstone-goes": ms(50_900), "flap-ends": ms(60_900), "join-again": ms(6300),
      "farewell-ends": ms(6400), "probe-fails": ms(2000), "gossip-due": ms(1250), "period-ends": NEVER,
    });
    expect(due.get("sync-due")).toBeLessThan(NEVER);
    expect(due.get("reconnect-due")).toBeLessThan(ms(20_000));
    expect(nextWake(busy)).toBe(ms(1250));
    expect(nextMuteWake(busy), "while its probe stands still, the end of a suspicion is the first that needs no sending").toBe(ms(5200));
  });

  test("of the period is none while its probe is under way: the next begins when that ends", () => {
    const asking = stateAfter(aMember("a", { knows: ["b"] }), woke(1000));
    expect([nextWake(asking), nextWake(stateAfter(asking, woke(1500))), nextWake(stateAfter(asking, woke(1500), woke(2000)))]).toEqual([ms(1500), ms(2000), ms(2500)]);
  });

  test("that are met when a pass ends wake nobody", () => {
    const patient = aMember("a", { mourns: ["b"], config: { forgetAfter: seconds(50), forgetWhen: "pass-ends", periodEvery: seconds(100) } });
    expect([nextWake(patient), nextMuteWake(patient)]).toEqual([ms(100_000), ms(100_000)]);
    expect(deadlines(patient).find(({ kind }) => kind === "tombstone-goes")?.at).toBe(NEVER);
  });
});

describe("the alarm of a driver that cannot send", () => {
  const brief: Partial<Config> = { forgetAfter: seconds(3), lingerFor: seconds(2), flapLimit: 1, flapFor: seconds(1) };
  /** Has a probe under way, which stands still while nothing can be sent. */
  const asking = (state: State): State => stateAfter(state, woke(1000));
  const me = (circumstances: Circumstances): State => asking(aMember("a", { ...circumstances, config: brief }));

  test.for<readonly [string, State, number]>([
    ["a period: the probe begins, and its ping waits with the driver", aMember("a", { knows: ["b"] }), ms(1000)],
    ["nothing, once that is under way", me({ knows: ["b"] }), NEVER],
    ["a suspicion",                     me({ suspects: ["b"] }), ms(4000)],
    ["a tombstone",                     me({ mourns: ["b"], knows: ["c"] }), ms(3000)],
    ["a farewell",                      stateAfter(me({ knows: ["b"] }), { kind: "asked-to-leave", now: ms(1010) }), ms(3010)],
    ["a member to be still",            stateAfter(me({ mourns: ["b"], knows: ["c"] }), hears(1010, alive("b", 2))), ms(2010)],
    ["nothing, for it is gone",         stateAfter(me({}), { kind: "asked-to-leave", now: ms(1010) }), NEVER],
  ])("waits for %s", ([, state, at]) => {
    expect(nextMuteWake(state)).toBe(at);
  });
});
