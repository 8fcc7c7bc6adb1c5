/** Which deaths that members announce are false, whose fault that is, and how long they are held. */

import { describe, expect, test } from "vitest";
import { memberId, seconds, type Change } from "../../../engine/index.ts";
import { Falsehood } from "../../../sim/measure/falsehood.ts";
import type { RunResult } from "../../../sim/measure/result.ts";
import { aRecord, at } from "../../builders.ts";
import { aScene, cut, impaired, parted, type HandMade } from "./scene.ts";

type Told = "failed" | "joined" | "suspected" | "left";

/** Four members, and what becomes of what they say: everything happens at a second of its own, and the run ends at second 60. */
function aGroup(): HandMade & {
  readonly says: (name: string, told: Told, about: string, second?: number) => void;
  readonly stops: (name: string, second: number) => void;
  readonly touch: (name: string) => void;
  readonly blocks: (name: string, second: number) => void;
  readonly results: () => ReturnType<Falsehood["results"]>;
} {
  const scene = aScene("a", "b", "c", "d");
  const falsehood = new Falsehood(scene.truth, scene.network, scene.numberOf, 60_000_000);
  const change = (kind: Told, about: string): Change => {
    const member = aRecord(about);
    if (kind === "failed") return { kind, member, by: memberId("z"), cause: { kind: "unrefuted" }, grounds: null };
    return kind === "suspected" ? { kind, member, by: memberId("z"), cause: { kind: "gossip", via: at("z") } } : { kind, member };
  };
  return {
    ...scene,
    says: (name, told, about, second = 10) => falsehood.announced(scene.who(name), change(told, about), seconds(second)),
    stops: (name, second) => { scene.become(name, "crashed"); falsehood.stopped(scene.who(name), seconds(second)); },
    touch: (name) => falsehood.touch(scene.who(name)),
    blocks: (name, second) => { scene.become(name, "blocked"); falsehood.touch(scene.who(name)); falsehood.blocked(scene.who(name), seconds(second)); },
    results: () => falsehood.results(seconds(60)),
  };
}

const counts = ({ falsePositives: { count, atHealthy, victims }, partitionEvictions }: Pick<RunResult, "falsePositives" | "partitionEvictions">) =>
  ({ count, atHealthy, victims, evictions: partitionEvictions });
const none = { count: 0, atHealthy: 0, victims: 0, evictions: 0 };

describe("a false positive", () => {
  test("is the death of a member that runs, announced", () => {
    const group = aGroup();
    group.says("a", "failed", "d");
    expect(counts(group.results())).toEqual({ count: 1, atHealthy: 1, victims: 1, evictions: 0 });
  });

  test.for(["crashed", "departed", "paused", "blocked", "leaving", "absent"] as const)("is none of a member that is %s", (existence) => {
    const group = aGroup();
    group.become("d", existence);
    group.says("a", "failed", "d");
    expect(counts(group.results())).toEqual(none);
  });

  test.for(["suspected", "joined", "left"] as const)("is no word of another kind: %s", (told) => {
    const group = aGroup();
    group.says("a", told, "d");
    expect(counts(group.results())).toEqual(none);
  });

  test("is not what a member says of itself, or of a stranger", () => {
    const group = aGroup();
    group.says("d", "failed", "d");
    group.says("a", "failed", "stranger");
    expect(counts(group.results())).toEqual(none);
  });

  test("counts once for each announcement, and its victim once for all", () => {
    const group = aGroup();
    for (const name of ["a", "b", "c"]) group.says(name, "failed", "d");
    group.says("a", "joined", "d", 11);
    group.says("a", "failed", "d", 12);
    group.says("a", "failed", "c", 13);
    expect(counts(group.results())).toEqual({ count: 5, atHealthy: 5, victims: 2, evictions: 0 });
  });
});

test("false positives are counted by the part of the run in which they were announced, and nothing is said of none", () => {
  const group = aGroup();
  expect(group.results().falsePositives).not.toHaveProperty("curve");
  group.says("a", "failed", "d", 10);
  group.says("b", "failed", "d", 10.4);
  group.says("c", "failed", "d", 60);
  const { curve = [] } = group.results().falsePositives;
  expect(curve.length).toBe(120);
  expect(curve.flatMap((count, part) => (count === 0 ? [] : [[part, count]]))).toEqual([[20, 2], [119, 1]]);
});

describe("an eviction", () => {
  test.for([
    ["a partition, from the other side", parted(1, 1, 2, 2), "evictions"],
    ["a partition, from the same side", parted(1, 2, 2, 1), "count"],
    ["a partition, by one who is on no side", parted(0, 1, 2, 2), "count"],
    ["a cut from the announcer to the victim", cut([1, 0, 0, 0], [0, 0, 0, 1]), "evictions"],
    ["a cut from the victim to the announcer", cut([0, 0, 0, 1], [1, 0, 0, 0]), "evictions"],
    ["a cut between others", cut([0, 1, 0, 0], [0, 0, 1, 0]), "count"],
    ["an impairment of everybody, which keeps nobody apart", impaired(4), "count"],
  ] as const)("or a false positive? %s", ([, fault, counted]) => {
    const group = aGroup();
    group.begin(fault);
    group.says("a", "failed", "d");
    expect(counts(group.results())).toMatchObject({ count: 0, evictions: 0, [counted]: 1 });
  });

  test("is none any more once the fault has ended", () => {
    const group = aGroup();
    group.begin(parted(1, 1, 2, 2));
    group.says("a", "failed", "d");
    group.heal();
    group.says("b", "failed", "d");
    expect(counts(group.results())).toEqual({ count: 1, atHealthy: 1, victims: 1, evictions: 1 });
  });

  test("is no false death, and makes no victim", () => {
    const group = aGroup();
    group.begin(parted(1, 1, 2, 2));
    group.says("a", "failed", "d", 10);
    expect(group.results().falsePositives).toEqual({ count: 0, atHealthy: 0, ofHealthy: 0, healthyOfHealthy: 0, victims: 0, falseDeathSeconds: 0 });
  });
});

describe("a healthy witness", () => {
  test("is one that no fault has singled out; that the victim was does not matter", () => {
    const group = aGroup();
    group.touch("a");
    group.says("a", "failed", "d");
    expect(counts(group.results())).toMatchObject({ count: 1, atHealthy: 0 });
    group.says("b", "failed", "a");
    expect(counts(group.results())).toMatchObject({ count: 2, atHealthy: 1 });
  });

  test("is not one in a partition while that lasts, but is again when it has healed", () => {
    const group = aGroup();
    group.begin(parted(1, 1, 1, 2));
    group.says("a", "failed", "c");
    expect(counts(group.results())).toMatchObject({ count: 1, atHealthy: 0 });
    group.heal();
    group.says("b", "failed", "c");
    expect(counts(group.results())).toMatchObject({ count: 2, atHealthy: 1 });
  });

  test("may stand outside a partition of others", () => {
    const group = aGroup();
    group.begin(parted(0, 1, 2, 0));
    group.says("a", "failed", "d");
    expect(counts(group.results())).toMatchObject({ count: 1, atHealthy: 1 });
  });

  test("may live where everybody is impaired alike", () => {
    const group = aGroup();
    group.begin(impaired(4));
    group.says("a", "failed", "d");
    expect(counts(group.results())).toMatchObject({ count: 1, atHealthy: 1 });
  });
});

describe("of the healthy, in Lifeguard's sense", () => {
  const healthy = (group: ReturnType<typeof aGroup>): readonly number[] => {
    const { count, ofHealthy, healthyOfHealthy } = group.results().falsePositives;
    return [count, ofHealthy, healthyOfHealthy];
  };

  test.for([
    // announcer and victim, each touched by a fault of its own or not
    [false, false, [1, 1, 1], "a healthy member is the victim of another"],
    [true, false, [1, 1, 0], "a healthy member is the victim of one that is not"],
    [false, true, [1, 0, 0], "the victim had a fault of its own"],
    [true, true, [1, 0, 0], "both had"],
  ] as const)("announcer touched %o, victim touched %o: %o, for %s", ([isAnnouncerTouched, isVictimTouched, counted]) => {
    const group = aGroup();
    if (isAnnouncerTouched) group.touch("a");
    if (isVictimTouched) group.touch("d");
    group.says("a", "failed", "d");
    expect(healthy(group)).toEqual(counted);
  });

  test("a partition touches nobody by itself", () => {
    const group = aGroup();
    group.begin(parted(1, 1, 2, 1));
    group.says("a", "failed", "d");
    expect(healthy(group)).toEqual([1, 1, 1]);
  });

  test("an eviction is none", () => {
    const group = aGroup();
    group.begin(parted(1, 1, 2, 2));
    group.says("a", "failed", "d");
    expect(healthy(group)).toEqual([0, 0, 0]);
  });

  test("once touched is touched for good", () => {
    const group = aGroup();
    group.blocks("d", 5);
    group.become("d", "running");
    group.says("a", "failed", "d", 10);
    expect(healthy(group)).toEqual([1, 0, 0]);
  });
});

describe("false death lasts", () => {
  const lasted = (...told: readonly (readonly [name: string, told: Told | "stops", about: string, second: number])[]): number => {
    const group = aGroup();
    for (const [name, what, about, second] of told) {
      if (what === "stops") group.stops(name, second);
      else group.says(name, what, about, second);
    }
    return group.results().falsePositives.falseDeathSeconds;
  };

  test("from the first who announces it until the last who takes it back", () => {
    expect(lasted(["a", "failed", "d", 10], ["b", "failed", "d", 12], ["a", "joined", "d", 14], ["b", "joined", "d", 17])).toBe(7);
  });

  test("until the end, if nobody takes it back", () => expect(lasted(["a", "failed", "d", 10])).toBe(50));

  test("until its announcer stops, unless another holds it still", () => {
    expect(lasted(["a", "failed", "d", 10], ["a", "stops", "", 14])).toBe(4);
    expect(lasted(["a", "failed", "d", 10], ["b", "failed", "d", 12], ["a", "stops", "", 14], ["b", "joined", "d", 20])).toBe(10);
  });

  test("until the victim stops: from then on it is true", () => {
    expect(lasted(["a", "failed", "d", 10], ["b", "failed", "d", 11], ["d", "stops", "", 13], ["a", "joined", "d", 20])).toBe(3);
  });

  test("until the victim blocks, but not until its announcer does: that one goes on believing", () => {
    const group = aGroup();
    group.says("a", "failed", "d", 10);
    group.says("a", "failed", "c", 10);
    group.blocks("d", 13);
    group.blocks("a", 15);
    group.says("a", "joined", "c", 21);
    expect(group.results().falsePositives.falseDeathSeconds).toBe(3 + 11);
  });

  test("for each victim on its own account", () => {
    expect(lasted(["a", "failed", "d", 10], ["a", "failed", "c", 11], ["a", "joined", "d", 14], ["a", "joined", "c", 20])).toBe(4 + 9);
  });

  test("for each time on its own account", () => {
    expect(lasted(["a", "failed", "d", 10], ["a", "joined", "d", 12], ["b", "failed", "d", 30], ["b", "joined", "d", 33])).toBe(2 + 3);
  });

  test("no longer because somebody takes back what he never said", () => {
    expect(lasted(["a", "failed", "d", 10], ["b", "joined", "d", 12], ["a", "joined", "d", 15])).toBe(5);
  });
});
