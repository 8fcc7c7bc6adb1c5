/** When was it decided: a failure that chance decides at one moment, and shows at a later one. */

import { describe, expect, test } from "vitest";
import { bytes, memberId, step, throwOf } from "../../../engine/index.ts";
import { explain } from "../../../sim/explain/explain.ts";
import { World } from "../../../sim/world/world.ts";
import { instant } from "../../../engine/index.ts";
import { playRun } from "../../../sim/run.ts";
import { aScenario, uniform } from "../../builders.ts";
import { call } from "../../cli/command.ts";

const scenario = (seed: string) => aScenario({ members: 3, lasts: 40, seed, latency: uniform(1, 20) });

/** In its tenth second m1 throws dice, and one time in four is doomed; after its twentieth it then feels better than well. */
const doomed: typeof step = (state, event) => {
  const [after, effects] = step(state, event);
  if (state.self.id !== memberId("m1") || event.kind !== "woke") return [after, effects];
  const isTheTime = event.now >= 10_000_000 && event.now < 11_000_000;
  if (isTheTime && throwOf(state.rng) % 4 === 0) return [{ ...after, mail: { ...after.mail, toAcks: bytes("doomed") } }, effects];
  return event.now > 20_000_000 && after.mail.toAcks === "doomed" ? [{ ...after, health: -1 }, effects] : [after, effects];
};

describe("a failure", () => {
  const failing = Array.from({ length: 40 }, (_, seed) => scenario(String(seed))).find((world) => explain(world, 0, "invariants", { moments: 1, tries: 1, rule: doomed }) !== undefined)!;

  test("was unlikely before it was decided, and certain after", () => {
    const explained = explain(failing, 0, "invariants", { moments: 8, tries: 30, rule: doomed })!;
    const shares = explained.points.map(({ at, share }) => [at / 1e6, share] as const);
    for (const [at, share] of shares) {
      if (at < 10) expect(share).toBeLessThan(0.65);
      if (at >= 11) expect(share).toBe(1);
    }
    const [greatest] = explained.jumps;
    expect([greatest!.from.at / 1e6 >= 9 || greatest!.from.at / 1e6 < 11, greatest!.to.at / 1e6 > 10, greatest!.from.at / 1e6 < 11]).toEqual([true, true, true]);
    expect(explained.breach.at).toBeGreaterThan(20_000_000);
  });

  test("that did not happen is not explained", () => {
    expect(explain(failing, 0, "invariants", { moments: 3, tries: 3 })).toBeUndefined();
    expect(explain(failing, 0, "no such thing", { moments: 3, tries: 3 })).toBeUndefined();
  });
});

/** In a quarter of a second of its twenty-first m1 may be doomed, and shows it before that second is over. */
const doomedLate: typeof step = (state, event) => {
  const [after, effects] = step(state, event);
  if (state.self.id !== memberId("m1")) return [after, effects];
  const isTheTime = event.now >= 20_250_000 && event.now < 20_500_000;
  if (isTheTime && throwOf(state.rng) % 4 === 0) return [{ ...after, mail: { ...after.mail, toAcks: bytes("doomed") } }, effects];
  return event.now > 20_600_000 && after.mail.toAcks === "doomed" ? [{ ...after, health: -1 }, effects] : [after, effects];
};

test("a failure that is decided within a second of showing was decided there", () => {
  const failing = Array.from({ length: 200 }, (_, seed) => scenario(String(seed)))
    .find((world) => (explain(world, 0, "invariants", { moments: 1, tries: 1, rule: doomedLate })?.breach.at ?? Infinity) < 21_000_000)!;
  const explained = explain(failing, 0, "invariants", { moments: 8, tries: 30, rule: doomedLate })!;
  const [greatest] = explained.jumps;
  expect([greatest!.from.at >= 20_000_000, greatest!.to.at > 20_250_000, greatest!.to.share]).toEqual([true, true, 1]);
});

describe("fresh chance", () => {
  test("from the end on changes nothing, from the middle on all that follows", () => {
    const one = new World(scenario("1"), 0);
    one.playTo(instant(40_000_000));
    one.reseed("another");
    expect(one.results()).toEqual(playRun(scenario("1"), 0));
    const hashes = ["x", "x", "y"].map((seed) => {
      const world = new World(scenario("1"), 0);
      world.playTo(instant(10_000_000));
      world.reseed(seed);
      world.playTo(instant(40_000_000));
      return world.results().traceHash;
    });
    expect(hashes[0]).toBe(hashes[1]);
    expect(new Set([...hashes, playRun(scenario("1"), 0).traceHash]).size).toBe(3);
  });
});

test("the command draws it", async () => {
  const { code, stdout } = await call("explain", "test/bugs/moved-in-the-same-life.yaml", "--moments", "2", "--tries", "2");
  expect(stdout).toMatch(/^false-death is broken in run 0 at [\d.]+ s, m2: .*\n\nHow likely .*\n +0 s +100 % .*█\n(.*\n)+explained=false-death run=0 seed=swarm-350\n$/);
  expect(code).toBe(1);
});
