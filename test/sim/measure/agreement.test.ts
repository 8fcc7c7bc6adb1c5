/** How long a group takes until all of it believes what is the case, and how many do meanwhile. */

import { describe, expect, test } from "vitest";
import { seconds, viewOf, type Status, type View } from "../../../engine/index.ts";
import { Agreement } from "../../../sim/measure/agreement.ts";
import type { Observation } from "../../../sim/measure/result.ts";
import { aRecord } from "../../builders.ts";
import { aScene, parted, type HandMade } from "./scene.ts";

/** `holding("a b", "c")`: a and b living, c dead. */
function holding(living: string, lost = "", as: Status = "dead"): View {
  const records = (names: string, status: Status) => names.split(" ").filter((name) => name !== "").map((name) => aRecord(name, { status }));
  return viewOf([...records(living, "alive"), ...records(lost, as)]);
}

/** Members a, b and c, who know each other from the start: what happens to them, and when each learns of it, by the second. It ends at second 60. */
function aGroup(): HandMade & {
  readonly happens: (second: number, kind: string, change: (scene: HandMade) => void, ...more: readonly string[]) => void;
  readonly crash: (second: number, name: string) => void;
  readonly learns: (second: number, name: string, view: View | null) => void;
  readonly changesNothing: (second: number, kind: string) => void;
  readonly convergences: () => readonly (Observation | null)[];
  readonly results: () => ReturnType<Agreement["results"]>;
} {
  const scene = aScene("a", "b", "c");
  const agreement = new Agreement(scene.truth, 3, scene.duration);
  scene.held.forEach((view, who) => agreement.holds(who, view, 0));
  const results = (): ReturnType<Agreement["results"]> => agreement.results(seconds(60));
  const happens = (second: number, kind: string, change: (scene: HandMade) => void, ...more: readonly string[]): void => {
    const now = seconds(second);
    agreement.pass(now);
    agreement.endOfWatch(now);
    change(scene);
    for (const each of [kind, ...more]) agreement.disrupted(0, each, [], true, now);
    agreement.truthChanged(now);
  };
  const learns = (second: number, name: string, view: View | null): void => {
    agreement.pass(seconds(second));
    agreement.holds(scene.who(name), view, seconds(second));
  };
  return {
    ...scene, happens, learns, results,
    crash: (second, name) => happens(second, "crash", () => { scene.become(name, "crashed"); learns(second, name, null); }),
    changesNothing: (second, kind) => agreement.disrupted(0, kind, ["b"], false, seconds(second)),
    convergences: () => results().disruptions.map(({ convergence }) => convergence),
  };
}

describe("convergence", () => {
  test("has come when the last one has learned of it", () => {
    const group = aGroup();
    group.crash(10, "c");
    group.learns(12, "a", holding("a b", "c"));
    group.learns(15, "b", holding("a b", "c"));
    expect(group.convergences()).toEqual([{ seconds: 5 }]);
  });

  test("has not come while one lags: the time until the end is censored", () => {
    const group = aGroup();
    group.crash(10, "c");
    group.learns(12, "a", holding("a b", "c"));
    expect(group.convergences()).toEqual([{ censoredAfter: 50 }]);
  });

  test("that the next disruption forestalls is censored there, and the next one's counts from its own instant", () => {
    const group = aGroup();
    group.crash(10, "c");
    group.learns(12, "a", holding("a b", "c"));
    group.crash(20, "b");
    group.learns(23, "a", holding("a", "b c"));
    expect(group.convergences()).toEqual([{ censoredAfter: 10 }, { seconds: 3 }]);
  });

  test("that was reached before the next disruption keeps its time", () => {
    const group = aGroup();
    group.crash(10, "c");
    for (const name of ["a", "b"]) group.learns(14, name, holding("a b", "c"));
    group.crash(20, "b");
    expect(group.convergences()).toEqual([{ seconds: 4 }, { censoredAfter: 40 }]);
  });

  test("that did not last had not come", () => {
    const group = aGroup();
    group.crash(10, "c");
    for (const name of ["a", "b"]) group.learns(14, name, holding("a b", "c"));
    group.learns(18, "b", holding("a b c"));
    group.learns(21, "b", holding("a b", "c"));
    expect(group.convergences()).toEqual([{ seconds: 11 }]);
  });

  test("is shared by what happens at one instant", () => {
    const group = aGroup();
    group.crash(10, "c");
    group.crash(10, "b");
    group.learns(14, "a", holding("a", "b c"));
    expect(group.convergences()).toEqual([{ seconds: 4 }, { seconds: 4 }]);
  });

  test("comes at once where everybody was right beforehand", () => {
    const group = aGroup();
    group.happens(10, "pause", ({ become }) => become("c", "paused"));
    for (const name of ["a", "b"]) group.learns(15, name, holding("a b", "c"));
    group.crash(20, "c");
    expect(group.convergences()).toEqual([{ seconds: 5 }, { seconds: 0 }]);
  });

  test("in a partition comes when each side knows itself, and upon its end when all know all", () => {
    const group = aGroup();
    group.happens(10, "partition", ({ begin }) => begin(parted(1, 1, 2)));
    group.learns(12, "a", holding("a b", "c"));
    group.learns(13, "b", holding("a b", "c"));
    group.learns(16, "c", holding("c", "a b"));
    group.happens(20, "heal", ({ heal }) => heal());
    group.learns(21, "c", holding("a b c"));
    group.learns(22, "a", holding("a b c"));
    group.learns(28, "b", holding("a b c"));
    expect(group.convergences()).toEqual([{ seconds: 6 }, { seconds: 8 }]);
  });

  test("asks of nobody who stands still or is gone to know anything", () => {
    const group = aGroup();
    group.happens(10, "pause", ({ become }) => become("b", "paused"), "pause");
    group.crash(20, "c");
    group.learns(24, "a", holding("a", "b c"));
    expect(group.convergences().at(-1)).toEqual({ seconds: 4 });
  });

  test("of a group of which nobody is left is reached at once", () => {
    const group = aGroup();
    for (const name of ["a", "b", "c"]) group.crash(10, name);
    expect(group.convergences()).toEqual([{ seconds: 0 }, { seconds: 0 }, { seconds: 0 }]);
    expect(group.results().agreement.at(-1)).toBe(1);
  });

  test("is no question for what changes no truth, nor does that end another's watch", () => {
    const group = aGroup();
    group.crash(10, "c");
    group.changesNothing(13, "impair");
    for (const name of ["a", "b"]) group.learns(15, name, holding("a b", "c"));
    expect(group.results().disruptions).toEqual([
      { entry: 0, at: 10, kind: "crash", members: [], convergence: { seconds: 5 } },
      { entry: 0, at: 13, kind: "impair", members: ["b"], convergence: null },
    ]);
  });
});

describe("a member agrees", () => {
  test.for([
    // the view of a, where c has crashed
    ["with c dead", holding("a b", "c"), true],
    ["with c gone", holding("a b", "c", "left"), true],
    ["with c never heard of", holding("a b"), true],
    ["with c suspected, which is living still", holding("a b", "c", "suspect"), false],
    ["with b missing as well", holding("a", "c"), false],
    ["with a stranger besides", holding("a b z", "c"), false],
  ] as const)("%s: %3$s", ([, view, agrees]) => {
    const group = aGroup();
    group.crash(10, "c");
    group.learns(12, "b", holding("a b", "c"));
    group.learns(13, "a", view);
    expect(group.convergences()).toEqual([agrees ? { seconds: 3 } : { censoredAfter: 50 }]);
  });
});

describe("the curve of agreement", () => {
  test("has 120 parts, each read at its middle", () => {
    const scene = aScene("a", "b", "c");
    const agreement = new Agreement(scene.truth, 3, seconds(120));
    expect(agreement.results(seconds(120)).agreement).toHaveLength(120);
  });

  test("says how many of those who run were right; what happens in a middle comes after its reading", () => {
    const group = aGroup();
    group.crash(10, "c");
    group.learns(12, "a", holding("a b", "c"));
    group.learns(14.5, "b", holding("a b", "c"));
    const shares = [...Array<number>(10).fill(1), 0, 0, 0.5, 0.5, 0.5, ...Array<number>(45).fill(1)];
    expect(group.results().agreement).toEqual(shares);
  });
});
