/** Flap damping: how often a member may come back until nobody hears of it, and when that is forgotten. */

import { describe, expect, test } from "vitest";
import { memberId, seconds } from "../../../engine/index.ts";
import { count, firstRank, lookUp, nothing } from "../../../engine/words/agenda.ts";
import { isBeyond, isDamped, returned, stirred, type Flaps } from "../../../engine/rules/damping.ts";
import { aConfig, ms } from "../../builders.ts";

const [b, c] = [memberId("b"), memberId("c")];
const config = aConfig({ flapLimit: 2, flapFor: seconds(60) });
/** What is on b's account after it came back at these moments. */
const back = (...moments: readonly number[]): Flaps => moments.reduce<Flaps>((flaps, now) => returned(flaps, b, ms(now), config), nothing);

describe("a member that comes back from the dead", () => {
  test("is counted, and damped from the first return beyond the limit on", () => {
    expect([back(0), back(0, 100), back(0, 100, 200)].map((flaps) => [lookUp(flaps, b)?.returns, isDamped(flaps, b, config)])).toEqual([[1, false], [2, false], [3, true]]);
  });

  test("has its account forgotten after a while without another return", () => {
    expect(firstRank(back(500), ms(0))).toBe(ms(60_500));
    expect(firstRank(back(500, 20_000), ms(0)), "each one keeps all of it").toBe(ms(80_000));
  });

  test("does not stand for others", () => {
    const flaps = returned(back(0, 100, 200), c, ms(300), config);
    expect([isDamped(flaps, b, config), isDamped(flaps, c, config), isDamped(nothing, b, config)]).toEqual([true, false, false]);
    expect(count(flaps)).toBe(2);
  });

  test("is not even counted where nobody is damped", () => {
    expect(returned(nothing, b, ms(0), aConfig({ flapLimit: 0 }))).toBe(nothing);
  });
});

describe("a member that is not still", () => {
  test("keeps what is on its account for as long again, and no more is put on it", () => {
    const flaps = stirred(back(0, 100, 200), b, ms(30_000), config);
    expect([firstRank(flaps, ms(0)), lookUp(flaps, b)]).toEqual([ms(90_000), { about: b, returns: 3 }]);
  });

  test("gets no account for that alone", () => {
    expect(stirred(back(0), c, ms(10), config)).toEqual(back(0));
    expect(stirred(nothing, c, ms(10), config)).toBe(nothing);
  });
});

test("an account that is not there damps nobody", () => {
  expect([isBeyond(undefined, config), isBeyond({ about: b, returns: 2 }, config), isBeyond({ about: b, returns: 3 }, config)]).toEqual([false, false, true]);
});
