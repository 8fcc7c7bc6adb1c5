/** How far something said has come, and when. */

import { describe, expect, test } from "vitest";
import { bytes, put, seconds } from "../../../engine/index.ts";
import type { SpreadResult } from "../../../sim/measure/result.ts";
import { Broadcasts, Updates } from "../../../sim/measure/sayings.ts";
import { Spread } from "../../../sim/measure/spread.ts";
import { aRecord } from "../../builders.ts";
import { aScene, type HandMade } from "./scene.ts";

const took = (...lengths: readonly [number, number, number, number]): Partial<SpreadResult> => {
  const [to50, to90, to99, toAll] = lengths.map((length) => ({ seconds: length }));
  return { to50, to90, to99, toAll } as Partial<SpreadResult>;
};

describe("a spread", () => {
  const among = Array.from({ length: 200 }, (_, member) => member);
  /** One member more in each tenth of a second. */
  const grown = (to: number): Spread => {
    const spread = new Spread(seconds(10), among);
    for (let member = 0; member < to; member++) spread.reached(member, seconds(10 + (member + 1) / 10));
    return spread;
  };

  test("takes as long as the member takes that makes it so many in a hundred", () => {
    expect(grown(200).results(seconds(60))).toEqual({ at: 10, reached: 200, of: 200, ...took(10, 18, 19.8, 20) });
  });

  test("what is not reached in the end is censored", () => {
    expect(grown(179).results(seconds(60))).toMatchObject({ reached: 179, of: 200, to50: { seconds: 10 }, to90: { censoredAfter: 50 }, toAll: { censoredAfter: 50 } });
  });

  test("counts nobody twice, and nobody who was not there", () => {
    const spread = new Spread(seconds(10), [0, 1, 2]);
    for (const member of [0, 0, 0, 7, 8]) spread.reached(member, seconds(11));
    expect(spread.results(seconds(60))).toMatchObject({ reached: 1, of: 3, to50: { censoredAfter: 50 } });
  });

  test("waits for nobody who stops, and does not count who has stopped", () => {
    const spread = new Spread(seconds(10), [0, 1, 2, 3]);
    spread.reached(0, seconds(11));
    spread.reached(1, seconds(12));
    spread.stopped(0, seconds(13));
    expect(spread.results(seconds(60))).toMatchObject({ reached: 1, of: 3, to50: { seconds: 2 }, to90: { censoredAfter: 50 } });
    spread.stopped(2, seconds(14));
    spread.stopped(3, seconds(15));
    expect(spread.results(seconds(60))).toEqual({ at: 10, reached: 1, of: 1, ...took(2, 5, 5, 5) });
  });

  test("of which nobody is left has reached nobody", () => {
    const spread = new Spread(seconds(10), [0]);
    spread.stopped(0, seconds(11));
    expect(spread.results(seconds(60))).toMatchObject({ reached: 0, of: 0, toAll: { censoredAfter: 50 } });
  });
});

describe("broadcasts", () => {
  const [hi, ho] = [bytes("hi"), bytes("ho")];
  const aGroup = (): HandMade & { readonly broadcasts: Broadcasts } => {
    const scene = aScene("a", "b", "c", "d");
    return { ...scene, broadcasts: new Broadcasts(scene.truth) };
  };

  test("are told apart by what they say; who says it has it", () => {
    const { broadcasts } = aGroup();
    broadcasts.begun(0, hi, seconds(10));
    broadcasts.begun(1, ho, seconds(11));
    for (const [who, second] of [[1, 12], [2, 13], [3, 15]] as const) broadcasts.heard(who, hi, seconds(second));
    broadcasts.heard(0, ho, seconds(16));
    broadcasts.heard(0, bytes("he"), seconds(16));
    expect(broadcasts.results(seconds(60))).toMatchObject([
      { payload: "hi", at: 10, reached: 4, of: 4, ...took(2, 5, 5, 5) }, { payload: "ho", at: 11, reached: 2, of: 4, to50: { seconds: 5 }, to90: { censoredAfter: 49 } },
    ]);
  });

  test("that say the same at one instant are one; later, it begins anew", () => {
    const { broadcasts } = aGroup();
    broadcasts.begun(0, hi, seconds(10));
    broadcasts.begun(1, hi, seconds(10));
    broadcasts.begun(2, hi, seconds(20));
    broadcasts.heard(3, hi, seconds(21));
    expect(broadcasts.results(seconds(60))).toMatchObject([
      { at: 10, reached: 2, of: 4, to50: { seconds: 0 }, toAll: { censoredAfter: 10 } }, { at: 20, reached: 2, of: 4, to50: { seconds: 1 }, toAll: { censoredAfter: 40 } },
    ]);
  });

  test("wait only for those who ran when they were made", () => {
    const { broadcasts, become } = aGroup();
    become("d", "paused");
    broadcasts.begun(0, hi, seconds(10));
    become("d", "running");
    broadcasts.heard(1, hi, seconds(11));
    broadcasts.stopped(2, seconds(12));
    expect(broadcasts.results(seconds(60))).toMatchObject([{ reached: 2, of: 2, ...took(1, 2, 2, 2) }]);
  });

  test("that everybody has heard are over: who stops later is still counted", () => {
    const { broadcasts } = aGroup();
    broadcasts.begun(0, hi, seconds(10));
    for (const who of [1, 2, 3]) broadcasts.heard(who, hi, seconds(11));
    broadcasts.stopped(3, seconds(12));
    expect(broadcasts.results(seconds(60))).toMatchObject([{ reached: 4, of: 4 }]);
  });
});

describe("updates", () => {
  const aGroup = (): HandMade & { readonly updates: Updates; readonly learns: (name: string, meta: string, second: number) => void } => {
    const scene = aScene("a", "b", "c", "d");
    const updates = new Updates(scene.truth, scene.ids, scene.views);
    return {
      ...scene, updates,
      learns: (name, meta, second) => {
        const view = put(scene.held[scene.who(name)]!, aRecord("a", { meta, life: 2 }));
        scene.held[scene.who(name)] = view;
        updates.holds(scene.who(name), view, seconds(second));
      },
    };
  };

  test("have come as far as there are views that hold the new meta", () => {
    const { updates, learns } = aGroup();
    updates.begun(0, bytes("v=2"), seconds(10));
    for (const [name, second] of [["a", 10], ["b", 12], ["c", 13], ["d", 17]] as const) learns(name, "v=2", second);
    expect(updates.results(seconds(60))).toEqual([{ member: "a", at: 10, reached: 4, of: 4, ...took(2, 7, 7, 7) }]);
  });

  test("are reached by no other meta", () => {
    const { updates, learns } = aGroup();
    updates.begun(0, bytes("v=2"), seconds(10));
    for (const name of ["a", "b", "c", "d"]) learns(name, "v=3", 11);
    expect(updates.results(seconds(60))).toMatchObject([{ reached: 0, of: 4 }]);
  });

  test("that say nothing new are everywhere at once", () => {
    const { updates } = aGroup();
    updates.begun(0, bytes(""), seconds(10));
    expect(updates.results(seconds(60))).toEqual([{ member: "a", at: 10, reached: 4, of: 4, ...took(0, 0, 0, 0) }]);
  });

  test("end when the same member has something else to say", () => {
    const { updates, learns } = aGroup();
    updates.begun(0, bytes("v=2"), seconds(10));
    learns("a", "v=2", 10);
    learns("b", "v=2", 11);
    updates.begun(0, bytes("v=3"), seconds(15));
    for (const name of ["a", "b", "c", "d"]) learns(name, "v=3", 16);
    expect(updates.results(seconds(60))).toMatchObject([
      { at: 10, reached: 2, of: 4, to50: { seconds: 1 }, toAll: { censoredAfter: 5 } }, { at: 15, reached: 4, of: 4, toAll: { seconds: 1 } },
    ]);
  });

  test("wait for nobody who stops", () => {
    const { updates, learns } = aGroup();
    updates.begun(0, bytes("v=2"), seconds(10));
    for (const name of ["a", "b", "c"]) learns(name, "v=2", 11);
    updates.stopped(3, seconds(14));
    expect(updates.results(seconds(60))).toMatchObject([{ reached: 3, of: 3, toAll: { seconds: 4 } }]);
  });
});
