/** Birth, and what a member waits for. */

import { describe, expect, test } from "vitest";
import { BrokenPromise, bytes, deadlines, find, memberId, NEVER, nextWake, presets, seconds, sizeOf, start, viewOf, type Config, type State } from "../../engine/index.ts";
import { aMember, aRecord, at, hears, ms, pingReq, received, stateAfter, suspect, woke } from "../builders.ts";

const born = (config: Partial<Config> = {}, stream = 0): State =>
  start({ config: { ...presets.swimlab, ...config }, id: memberId("a"), address: at("a"), now: ms(7000), seed: 1, stream });

describe("birth", () => {
  test("a member knows itself, alive at incarnation 1 (memberlist rule 1), and has nothing to tell", () => {
    const state = born();
    expect(state.self).toEqual(aRecord("a"));
    expect([find(state.view, memberId("a")), sizeOf(state.view), state.rumours.waiting]).toEqual([aRecord("a"), 1, null]);
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
      "errand-lapses": NEVER, "relays-due": NEVER, "suspicion-ends": NEVER, "tombstone-goes": NEVER, "join-again": NEVER,
      "sync-due": NEVER, "reconnect-due": NEVER, "farewell-ends": NEVER, "period-ends": ms(1000),
    });
  });

  test("of everything at once", () => {
    const busy = stateAfter(
      aMember("a", { knows: ["b", "c"], mourns: ["d"], config: { forgetAfter: seconds(50), syncEvery: seconds(30), reconnectEvery: seconds(20) } }),
      woke(1000), received(1100, pingReq("b", "c", 1)), hears(1200, suspect("b", "c")),
      { kind: "asked-to-join", now: ms(1300), seeds: [at("b")] }, { kind: "asked-to-leave", now: ms(1400) },
    );
    const due = new Map(deadlines(busy).map(({ kind, at }) => [kind, at]));
    expect(Object.fromEntries(due)).toMatchObject({
      "errand-lapses": ms(1600), "relays-due": ms(1500), "suspicion-ends": ms(5200), "tombstone-goes": ms(50_000), "join-again": ms(6300),
      "farewell-ends": ms(6400), "period-ends": ms(2000),
    });
    expect(due.get("sync-due")).toBeLessThan(NEVER);
    expect(due.get("reconnect-due")).toBeLessThan(ms(20_000));
    expect(nextWake(busy)).toBe(ms(1500));
  });
});
