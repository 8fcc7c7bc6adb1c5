/** SWIM §4.3: members are probed in turn, in an order that is shuffled after each pass, so that detection is bounded in time. */

import { describe, expect, test } from "vitest";
import { seconds, type MemberId } from "../../engine/index.ts";
import type { Disruption } from "../../sim/scenario/model.ts";
import { playRun } from "../../sim/run.ts";
import { aScenario, atSecond, named } from "../builders.ts";

/** For each prober and target, the longest time between two pings of a probe, in periods of the prober. */
function longestGaps(members: number, lasts: number, timeline: readonly Disruption[], seed: string, absent: readonly string[] = []): ReadonlyMap<string, number> {
  const periods = new Map<MemberId, number>();
  const last = new Map<string, number>();
  const longest = new Map<string, number>();
  playRun(aScenario({ members, absent, lasts, seed, timeline, config: { syncEvery: seconds(5) } }), 0, {
    born(_at, who) { for (const pair of [...last.keys()]) if (pair.startsWith(`${who} `) || pair.endsWith(` ${who}`)) last.delete(pair); },
    stepped(_at, who, event, effects) {
      if (event.kind !== "woke") return;
      for (const effect of effects) {
        if (effect.kind !== "send" || effect.message.kind !== "ping") continue;
        const now = (periods.get(who) ?? 0) + 1;
        const pair = `${who} ${effect.message.target}`;
        const before = last.get(pair);
        if (before !== undefined) longest.set(pair, Math.max(now - before, longest.get(pair) ?? 0));
        periods.set(who, now);
        last.set(pair, now);
      }
    },
  });
  return longest;
}

describe("two selections of one target, one after the other, are at most 2n − 1 periods apart", () => {
  test.for([3, 8, 21])("in a group of %i that stays as it is: at most twice the others, less one, and that does happen", (n) => {
    const gaps = [...longestGaps(n, 12 * n, [], "1").values()];
    expect(gaps).toHaveLength(n * (n - 1));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * (n - 1) - 1);
    expect(Math.max(...gaps)).toBeGreaterThan(n - 1);
  });

  test("under churn, between any two who live throughout, where n counts all who lived at some time", () => {
    const n = 14;
    const churn = Array.from({ length: 12 }, (_, k): readonly Disruption[] => [
      atSecond(10 * k + 3, { kind: "crash", members: named(`m${8 + (k % 3)}`) }),
      atSecond(10 * k + 8, { kind: "restart", members: named(`m${8 + (k % 3)}`), incarnation: "kept", address: "same" }),
      ...(k < 3 ? [atSecond(10 * k + 9, { kind: "join", members: named(`m${11 + k}`) })] : []),
    ] as const).flat();
    for (const seed of ["1", "2", "3"]) {
      const gaps = [...longestGaps(n, 150, churn, seed, ["m11", "m12", "m13"])].filter(([pair]) => pair.split(" ").every((who) => Number(who.slice(1)) < 8));
      expect(gaps).toHaveLength(8 * 7);
      expect(Math.max(...gaps.map(([, gap]) => gap))).toBeLessThanOrEqual(2 * n - 1);
    }
  });
});
