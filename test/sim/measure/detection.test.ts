/** When a crash is first suspected, first called a death, and known to all. */

import { describe, expect, test } from "vitest";
import { memberId, put, seconds, viewOf, type Change, type Member, type Status } from "../../../engine/index.ts";
import { Detection } from "../../../sim/measure/detection.ts";
import { aRecord, at } from "../../builders.ts";
import { aScene, parted, type HandMade } from "./scene.ts";

type Told = "joined" | "suspected" | "failed" | "left";
const heldAs = { joined: "alive", suspected: "suspect", failed: "dead", left: "left" } as const satisfies Record<Told, Status>;

/** Members a, b, c and d, who know each other: what they announce, and what happens to them, by the second. It ends at second 60. */
function aGroup(): HandMade & {
  readonly crash: (second: number, ...names: readonly string[]) => void;
  readonly restart: (second: number, name: string) => void;
  /** The truth changes in some other way. */
  readonly happens: (second: number, change: (scene: HandMade) => void) => void;
  readonly says: (second: number, name: string, told: Told, about: string) => void;
  readonly results: () => ReturnType<Detection["results"]>;
} {
  const scene = aScene("a", "b", "c", "d");
  const detection = new Detection(scene.ids, scene.truth, scene.views);
  const happens = (second: number, change: (scene: HandMade) => void): void => {
    change(scene);
    detection.truthChanged(seconds(second));
  };
  return {
    ...scene, happens,
    // What a crashed member held stays where it was, as in the world.
    crash: (second, ...names) => happens(second, () => {
      for (const name of names) { scene.become(name, "crashed"); detection.crashed(scene.who(name), seconds(second)); }
    }),
    restart: (second, name) => happens(second, () => {
      scene.become(name, "running");
      scene.held[scene.who(name)] = viewOf([aRecord(name)]);
      detection.restarted(scene.who(name), seconds(second));
    }),
    says: (second, name, told, about) => {
      const member = aRecord(about, { status: heldAs[told] });
      const view = scene.held[scene.who(name)];
      if (view !== null && view !== undefined) scene.held[scene.who(name)] = put(view, member);
      detection.announced(scene.who(name), changeOf(told, member), seconds(second));
    },
    results: () => detection.results(seconds(60)),
  };
}

function changeOf(told: Told, member: Member): Change {
  switch (told) {
    case "suspected": return { kind: told, member, by: memberId("z"), cause: { kind: "gossip", via: at("z") } };
    case "failed":    return { kind: told, member, by: memberId("z"), cause: { kind: "unrefuted" }, grounds: null };
    default:          return { kind: told, member };
  }
}

const after = (...lengths: readonly [suspicion: number, detection: number, dissemination: number]) => {
  const [firstSuspicion, firstDetection, fullDissemination] = lengths.map((length) => ({ seconds: length }));
  return { firstSuspicion, firstDetection, fullDissemination };
};

test("of each kind of news the first counts, and of the news of death the last as well", () => {
  const group = aGroup();
  group.crash(10, "d");
  group.says(12, "a", "suspected", "d");
  group.says(13, "b", "suspected", "d");
  group.says(15, "b", "failed", "d");
  group.says(16, "a", "failed", "d");
  group.says(18, "c", "failed", "d");
  expect(group.results()).toEqual([{ member: "d", at: 10, ...after(2, 5, 8) }]);
});

test("what nobody notices before the end is censored, and so is what not all have learned", () => {
  const group = aGroup();
  group.crash(10, "d");
  const unseen = { censoredAfter: 50 };
  expect(group.results()).toEqual([{ member: "d", at: 10, firstSuspicion: unseen, firstDetection: unseen, fullDissemination: unseen }]);

  const other = aGroup();
  other.crash(10, "d");
  other.says(12, "a", "suspected", "d");
  for (const name of ["a", "b"]) other.says(15, name, "failed", "d");
  expect(other.results()).toMatchObject([{ firstSuspicion: { seconds: 2 }, firstDetection: { seconds: 5 }, fullDissemination: unseen }]);
});

test("who was suspected when it crashed was so at once, if by somebody who runs", () => {
  const group = aGroup();
  group.says(9, "a", "suspected", "d");
  group.crash(10, "d");
  expect(group.results()).toMatchObject([{ firstSuspicion: { seconds: 0 }, firstDetection: { censoredAfter: 50 } }]);

  const other = aGroup();
  other.says(9, "a", "suspected", "d");
  other.crash(10, "a", "d");
  expect(other.results()).toMatchObject([{ member: "a" }, { member: "d", firstSuspicion: { censoredAfter: 50 } }]);
});

test("who was held dead when it crashed was found at once, if by somebody who runs", () => {
  const group = aGroup();
  group.says(9, "a", "failed", "d");
  group.crash(10, "d");
  for (const name of ["b", "c"]) group.says(14, name, "failed", "d");
  expect(group.results()).toMatchObject([after(0, 0, 4)]);
});

test("the word of one who held it gone already brings the last who did not know no nearer", () => {
  const group = aGroup();
  group.says(5, "c", "left", "d");
  group.crash(10, "d");
  for (const [second, name] of [[12, "c"], [14, "a"], [20, "b"]] as const) group.says(second, name, "failed", "d");
  expect(group.results()).toMatchObject([after(2, 2, 10)]);
});

test("a farewell of an earlier life detects nothing", () => {
  const group = aGroup();
  group.crash(10, "d");
  for (const name of ["a", "b", "c"]) group.says(12, name, "left", "d");
  expect(group.results()).toMatchObject([{ firstDetection: { censoredAfter: 50 }, fullDissemination: { censoredAfter: 50 } }]);
});

test("where nobody suspects, the first word of death is the first doubt", () => {
  const group = aGroup();
  group.crash(10, "d");
  for (const name of ["a", "b", "c"]) group.says(14, name, "failed", "d");
  expect(group.results()).toMatchObject([after(4, 4, 4)]);
});

test("news of others is no news of this crash", () => {
  const group = aGroup();
  group.crash(10, "d");
  for (const name of ["a", "b"]) group.says(14, name, "failed", "c");
  expect(group.results()).toMatchObject([{ firstSuspicion: { censoredAfter: 50 }, firstDetection: { censoredAfter: 50 } }]);
});

test("several that crash at one instant are watched each on its own", () => {
  const group = aGroup();
  group.crash(10, "c", "d");
  for (const name of ["a", "b"]) group.says(14, name, "failed", "d");
  for (const name of ["a", "b"]) group.says(17, name, "failed", "c");
  expect(group.results()).toMatchObject([{ member: "c", ...after(7, 7, 7) }, { member: "d", ...after(4, 4, 4) }]);
});

describe("full dissemination", () => {
  const aAndBKnow = (): ReturnType<typeof aGroup> => {
    const group = aGroup();
    group.crash(10, "d");
    for (const name of ["a", "b"]) group.says(15, name, "failed", "d");
    return group;
  };

  test.for(["crashed", "departed", "leaving", "paused", "blocked"] as const)("waits no longer for one that is %s", (existence) => {
    const group = aAndBKnow();
    group.happens(20, ({ become }) => become("c", existence));
    expect(group.results()).toMatchObject([{ fullDissemination: { seconds: 10 } }]);
  });

  test.for([["not at all", viewOf([aRecord("c")])], ["as dead", viewOf([aRecord("c"), aRecord("d", { status: "dead" })])]] as const)(
    "does not wait for a newcomer who knows it %s", ([, view]) => {
      const group = aGroup();
      group.become("c", "absent");
      group.crash(10, "d");
      group.says(15, "a", "failed", "d");
      group.happens(17, ({ become, held, who }) => { held[who("c")] = view; become("c", "running"); });
      group.says(19, "b", "failed", "d");
      expect(group.results()).toMatchObject([{ fullDissemination: { seconds: 9 } }]);
    });

  test("waits for a newcomer who was told that it lives", () => {
    const group = aGroup();
    group.become("c", "absent");
    group.crash(10, "d");
    group.says(15, "a", "failed", "d");
    group.happens(17, ({ become, held, who }) => { held[who("c")] = viewOf([aRecord("c")]); become("c", "running"); });
    group.says(18, "c", "joined", "d");
    group.says(19, "b", "failed", "d");
    group.says(23, "c", "failed", "d");
    expect(group.results()).toMatchObject([{ fullDissemination: { seconds: 13 } }]);
  });

  test("once reached stays so, whatever happens to others later", () => {
    const group = aAndBKnow();
    group.says(19, "c", "failed", "d");
    group.crash(30, "c");
    expect(group.results()).toMatchObject([{ fullDissemination: { seconds: 9 } }, { member: "c" }]);
  });

  test("waits for one who takes its word back", () => {
    const group = aAndBKnow();
    group.says(16, "a", "joined", "d");
    group.says(17, "c", "failed", "d");
    group.says(21, "a", "failed", "d");
    expect(group.results()).toMatchObject([{ firstDetection: { seconds: 5 }, fullDissemination: { seconds: 11 } }]);
  });

  test("is of those on the side of the crashed, though the first word may come from another", () => {
    const group = aGroup();
    group.happens(5, ({ begin }) => begin(parted(1, 1, 2, 1)));
    group.crash(10, "d");
    group.says(12, "c", "failed", "d");
    group.says(14, "a", "failed", "d");
    group.says(17, "b", "failed", "d");
    expect(group.results()).toMatchObject([after(2, 2, 7)]);
  });

  test("is reached when a partition takes those away who did not know", () => {
    const group = aAndBKnow();
    group.happens(22, ({ begin }) => begin(parted(1, 1, 2, 1)));
    expect(group.results()).toMatchObject([{ fullDissemination: { seconds: 12 } }]);
  });

  test("waits for those whom the end of a partition brings back", () => {
    const group = aGroup();
    group.happens(5, ({ begin }) => begin(parted(1, 1, 2, 1)));
    group.crash(10, "d");
    group.says(14, "a", "failed", "d");
    group.happens(16, ({ heal }) => heal());
    group.says(17, "b", "failed", "d");
    group.says(19, "c", "failed", "d");
    expect(group.results()).toMatchObject([{ fullDissemination: { seconds: 9 } }]);
  });
});

describe("a restart", () => {
  test("ends the watch: what was not seen by then is censored there", () => {
    const group = aGroup();
    group.crash(10, "d");
    group.says(12, "a", "suspected", "d");
    group.restart(18, "d");
    group.says(20, "a", "failed", "d");
    expect(group.results()).toEqual([
      { member: "d", at: 10, firstSuspicion: { seconds: 2 }, firstDetection: { censoredAfter: 8 }, fullDissemination: { censoredAfter: 8 } },
    ]);
  });

  test("makes the next crash another one; they come in order of time", () => {
    const group = aGroup();
    group.crash(10, "c");
    group.crash(15, "d");
    group.restart(20, "d");
    group.crash(30, "d");
    group.says(33, "a", "failed", "d");
    expect(group.results()).toMatchObject([
      { member: "c", at: 10, firstDetection: { censoredAfter: 50 } },
      { member: "d", at: 15, firstDetection: { censoredAfter: 5 } },
      { member: "d", at: 30, firstDetection: { seconds: 3 } },
    ]);
  });
});
