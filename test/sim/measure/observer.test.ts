/** Whole runs whose figures can be told by hand: two members, a beat of a second, every packet a millisecond. */

import { describe, expect, test } from "vitest";
import { bytes, memberId, seconds, seqNo, viewOf, type Cause, type Change, type Config } from "../../../engine/index.ts";
import { Observer } from "../../../sim/measure/observer.ts";
import type { RunResult } from "../../../sim/measure/result.ts";
import { playRun } from "../../../sim/run.ts";
import { aRecord, aScenario, at, atSecond, ms, named, type Setting } from "../../builders.ts";
import { aScene, type HandMade } from "./scene.ts";

/** Periods begin at seconds 1, 2, 3 and so on; a suspicion lasts four. Nothing is repaired. */
const onTheBeat: Partial<Config> = { stagger: "none", syncEvery: seconds(0), reconnectEvery: seconds(0) };
const everybody = { kind: "all" } as const;

const play = (setting: Partial<Setting>): RunResult => playRun(aScenario({ members: 2, lasts: 12.5, config: onTheBeat, ...setting }), 0);

describe("two members in peace", () => {
  const run = play({});

  test("ask and answer each other once in each of twelve periods", () => {
    expect(run.load).toMatchObject({ streams: 0, datagrams: 48, byKind: { ack: { count: 24 }, ping: { count: 24 } } });
  });

  test("live twelve seconds and a half each, and agree all the time", () => {
    expect(run).toMatchObject({ simulatedSeconds: 12.5, memberSeconds: 25, disruptions: [], crashes: [], suspicions: 0, refutations: 0 });
    expect(run.agreement).toEqual(Array(120).fill(1));
  });
});

describe("one of two crashes at second 2.5", () => {
  const run = play({ timeline: [atSecond(2.5, { kind: "crash", members: named("m1") })] });

  test("the period from 3 to 4 finds out, the suspicion ends at 8, and that is all who must know", () => {
    const died = { firstSuspicion: { seconds: 1.5 }, firstDetection: { seconds: 5.5 }, fullDissemination: { seconds: 5.5 } };
    expect(run.crashes).toEqual([{ member: "m1", at: 2.5, ...died }]);
    expect(run.disruptions).toEqual([{ entry: 0, at: 2.5, kind: "crash", members: ["m1"], convergence: { seconds: 5.5 } }]);
  });

  test("it was no mistake, and one suspicion", () => {
    expect(run).toMatchObject({ falsePositives: { count: 0, falseDeathSeconds: 0 }, partitionEvictions: 0, suspicions: 1, refutations: 0 });
  });

  test("it lived for two seconds and a half", () => expect(run.memberSeconds).toBe(12.5 + 2.5));

  test("nobody agreed from 2.5 until 8: 53 of 120 parts had their middle there", () => {
    // A part is 12.5/120 s; the middles of the 25th to the 77th, counted from 1, lie between.
    expect(run.agreement.map((share, part) => [share, part] as const).filter(([share]) => share !== 1).map(([share, part]) => `${part}: ${share}`))
      .toEqual(Array.from({ length: 53 }, (_, nth) => `${24 + nth}: 0`));
  });
});

test("of three, one more hears of the death a millisecond later: it is told with the next ping, which can only be to it", () => {
  for (const seed of ["1", "2", "3", "4", "5"]) {
    const [crash] = play({ members: 3, seed, timeline: [atSecond(2.5, { kind: "crash", members: named("m2") })] }).crashes;
    const lengths = [crash?.firstSuspicion, crash?.firstDetection, crash?.fullDissemination].map((length) => (length !== undefined && "seconds" in length ? length.seconds : NaN));
    const [suspicion = NaN, detection = NaN, dissemination = NaN] = lengths;
    expect([1.5, 2.5]).toContain(suspicion);
    expect(detection).toBe(suspicion + 4);
    // Nothing later where both had their doubts at once.
    expect([detection, detection + 0.001]).toContain(dissemination);
  }
});

describe("two who lose each other at second 2.5 declare each other dead at second 8", () => {
  test.for([
    ["everything is lost everywhere: two false positives, by healthy members",
      { kind: "impair", from: everybody, to: everybody, bothWays: false, loss: 1, duplicate: 0, delay: null },
      { count: 2, atHealthy: 2, ofHealthy: 2, healthyOfHealthy: 2, victims: 2, falseDeathSeconds: 9 }, 0, 0],
    ["all that one of them sends or gets is lost: false, but both are singled out",
      { kind: "impair", from: named("m0"), to: named("m1"), bothWays: true, loss: 1, duplicate: 0, delay: null },
      { count: 2, atHealthy: 0, ofHealthy: 0, healthyOfHealthy: 0, victims: 2, falseDeathSeconds: 9 }, 0, 0],
    ["a cut in one direction: two evictions, and one refutation that never arrives",
      { kind: "cut", from: named("m0"), to: named("m1"), bothWays: false }, { count: 0, atHealthy: 0, victims: 0, falseDeathSeconds: 0 }, 2, 1],
    ["a partition: two evictions",
      { kind: "partition", sides: [named("m0"), named("m1")] }, { count: 0, atHealthy: 0, victims: 0, falseDeathSeconds: 0 }, 2, 0],
  ] as const)("%s", ([, action, falsePositives, partitionEvictions, refutations]) => {
    expect(play({ timeline: [atSecond(2.5, action)] })).toMatchObject({ falsePositives, partitionEvictions, suspicions: 2, refutations });
  });
});

test("false death ends with the crash of one of the two, for the victim and for what it believed itself", () => {
  const silence = { kind: "impair", from: everybody, to: everybody, bothWays: false, loss: 1, duplicate: 0, delay: null } as const;
  const run = play({ timeline: [atSecond(2.5, silence), atSecond(10, { kind: "crash", members: named("m1") })] });
  const { curve = [], ...figures } = run.falsePositives;
  expect(figures).toEqual({ count: 2, atHealthy: 2, ofHealthy: 2, healthyOfHealthy: 2, victims: 2, falseDeathSeconds: 2 + 2 });
  // Both at the same moment, so in the same of its parts.
  expect(curve.filter((count) => count > 0)).toEqual([2]);
});

test("one who runs again before its suspicion has ended was never detected: that is known after three seconds and a half", () => {
  const timeline = [atSecond(2.5, { kind: "crash", members: named("m1") }), atSecond(6, { kind: "restart", members: named("m1"), incarnation: "kept", address: "same" })];
  const unseen = { censoredAfter: 3.5 };
  expect(play({ timeline }).crashes).toEqual([{ member: "m1", at: 2.5, firstSuspicion: { seconds: 1.5 }, firstDetection: unseen, fullDissemination: unseen }]);
});

test("one who stands still from 2.5 to 5 is suspected at 4, and speaks up when it goes on", () => {
  const run = play({ timeline: [atSecond(2.5, { kind: "pause", members: named("m1") }), atSecond(5, { kind: "resume", members: named("m1") })] });
  expect(run).toMatchObject({ suspicions: 1, refutations: 1, falsePositives: { count: 0 }, memberSeconds: 25 - 2.5 });
  // It was held living all the while: nobody had come to agree that it did not run, and all were right again at once.
  expect(run.disruptions.map(({ convergence }) => convergence)).toEqual([{ censoredAfter: 2.5 }, { seconds: 0 }]);
});

test("a newcomer opens one stream, of two legs; across a partition it opens one as well, over which nothing passes", () => {
  const join = atSecond(2.5, { kind: "join", members: named("m1") });
  const apart = atSecond(1, { kind: "partition", sides: [named("m0"), named("m1")] });
  const met = play({ absent: ["m1"], lasts: 4, timeline: [join] });
  expect(met).toMatchObject({ memberSeconds: 5.5, load: { streams: 1, byKind: { "push-pull": { count: 2 } } } });
  // Two packets to open the stream, one with the question, one with the answer.
  expect(met.disruptions).toMatchObject([{ kind: "join", convergence: { seconds: 0.004 } }]);
  expect(play({ absent: ["m1"], lasts: 4, timeline: [apart, join] }).load).toEqual({ streams: 1, datagrams: 0, bytes: 0, byKind: {} });
});

describe("what a member announces", () => {
  const why = {
    probe: { kind: "probe", seq: seqNo(1), at: ms(0), relays: [], nacks: 0 }, gossip: { kind: "gossip", via: at("c") }, view: { kind: "view", via: at("c") },
  } as const satisfies Record<Cause["kind"], Cause>;
  const suspected = (cause: Cause["kind"]): Change => ({ kind: "suspected", member: aRecord("b"), by: memberId("a"), cause: why[cause] });
  const failed: Change = { kind: "failed", member: aRecord("b"), by: memberId("a"), cause: { kind: "unrefuted" }, grounds: null };
  const results = (observer: Observer): RunResult => observer.results({ run: 0, seed: "1/0", traceHash: "", events: 0 }, seconds(60));

  test.for([
    ["probe", 1, "its own probe failed"],
    ["gossip", 0, "it was told"],
    ["view", 0, "a push-pull said so, whose word it takes as its own"],
  ] as const)("is a suspicion begun by a failed probe, because of %s: %d, for %s", ([cause, suspicions]) => {
    const observer = new Observer(aScene("a", "b", "c"));
    observer.announced(0, suspected(cause), seconds(10));
    expect(results(observer).suspicions).toBe(suspicions);
  });

  test.for(["leaving", "paused"] as const)("proves nothing while it is %s", (existence) => {
    const scene = aScene("a", "b", "c");
    const observer = new Observer(scene);
    scene.become("a", existence);
    observer.announced(0, failed, seconds(10));
    scene.become("b", "crashed");
    observer.crashed(1, seconds(11));
    observer.afterDisruption(seconds(11));
    observer.announced(0, failed, seconds(12));
    expect(results(observer)).toMatchObject({ falsePositives: { count: 0 }, crashes: [{ firstDetection: { censoredAfter: 49 } }] });
  });

  test("while it blocks is a mistake of a process that is there, but finds nothing out for the others", () => {
    const scene = aScene("a", "b", "c");
    const observer = new Observer(scene);
    scene.become("a", "blocked");
    observer.blocked(0, seconds(5));
    observer.announced(0, failed, seconds(10));
    scene.become("b", "crashed");
    observer.crashed(1, seconds(11));
    observer.announced(0, failed, seconds(12));
    expect(results(observer)).toMatchObject({
      falsePositives: { count: 1, atHealthy: 0, ofHealthy: 1, healthyOfHealthy: 0, falseDeathSeconds: 50 }, crashes: [{ firstDetection: { censoredAfter: 49 } }],
    });
  });

  test("before it blocks it goes on believing", () => {
    const scene = aScene("a", "b", "c");
    const observer = new Observer(scene);
    observer.announced(0, failed, seconds(3));
    scene.become("a", "blocked");
    observer.blocked(0, seconds(5));
    expect(results(observer).falsePositives.falseDeathSeconds).toBe(57);
  });

  test("is counted by kind, whoever announces it; what did not occur is left out", () => {
    const scene = aScene("a", "b", "c");
    const observer = new Observer(scene);
    scene.become("c", "leaving");
    observer.announced(0, failed, seconds(10));
    observer.announced(2, failed, seconds(10));
    observer.announced(1, { kind: "message", payload: bytes("hi"), from: at("a") }, seconds(11));
    observer.announced(1, { kind: "unanswered", target: memberId("a") }, seconds(12));
    expect(results(observer).announcements).toEqual({ failed: 2, unanswered: 1, message: 1 });
  });
});

test.for(["paused", "blocked", "stopped"] as const)("what was said waits for nobody who is %s", (manner) => {
  const scene = aScene("a", "b", "c");
  const observer = new Observer(scene);
  observer.broadcast(0, bytes("hi"), seconds(10));
  observer.updated(0, bytes("v=2"), seconds(10));
  scene.become("c", manner === "stopped" ? "leaving" : manner);
  observer[manner](2, seconds(12));
  observer.announced(1, { kind: "message", payload: bytes("hi"), from: at("a") }, seconds(13));
  observer.holds(0, viewOf([aRecord("a", { meta: "v=2" })]), seconds(14));
  observer.holds(1, viewOf([aRecord("a", { meta: "v=2" })]), seconds(15));
  const { broadcasts, updates } = observer.results({ run: 0, seed: "1/0", traceHash: "", events: 0 }, seconds(60));
  expect(broadcasts).toMatchObject([{ payload: "hi", reached: 2, of: 2, toAll: { seconds: 3 } }]);
  expect(updates).toMatchObject([{ member: "a", reached: 2, of: 2, toAll: { seconds: 5 } }]);
});

describe("a member that blocks", () => {
  const results = (observer: Observer): RunResult => observer.results({ run: 0, seed: "1/0", traceHash: "", events: 0 }, seconds(60));
  const failed = (about: string): Change => ({ kind: "failed", member: aRecord(about), by: memberId("a"), cause: { kind: "unrefuted" }, grounds: null });
  const blockedAtTen = (): { readonly scene: HandMade; readonly observer: Observer } => {
    const scene = aScene("a", "b", "c");
    const observer = new Observer(scene);
    scene.become("b", "blocked");
    observer.blocked(1, seconds(10));
    observer.afterDisruption(seconds(10));
    return { scene, observer };
  };

  test("is watched as a crash would be, in a list of its own", () => {
    const { observer } = blockedAtTen();
    observer.announced(0, failed("b"), seconds(14));
    observer.announced(2, failed("b"), seconds(16));
    expect(results(observer)).toMatchObject({ crashes: [], blocks: [{ member: "b", at: 10, firstDetection: { seconds: 4 }, fullDissemination: { seconds: 6 } }] });
  });

  test("is watched until it goes on, or crashes", () => {
    const { observer } = blockedAtTen();
    observer.unblocked(1, seconds(13));
    observer.announced(0, failed("b"), seconds(14));
    expect(results(observer).blocks).toMatchObject([{ firstDetection: { censoredAfter: 3 } }]);

    const other = blockedAtTen();
    other.scene.become("b", "crashed");
    other.observer.crashed(1, seconds(12));
    other.observer.announced(0, failed("b"), seconds(15));
    expect(results(other.observer)).toMatchObject({ blocks: [{ firstDetection: { censoredAfter: 2 } }], crashes: [{ firstDetection: { seconds: 3 } }] });
  });
});
