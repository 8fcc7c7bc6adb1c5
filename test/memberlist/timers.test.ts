/** memberlist's rules 1 to 6: how a member starts, and what its clocks do. */

import { expect, test } from "vitest";
import { memberId, start, type Event } from "../../engine/index.ts";
import { ack, alive, aMember, at, heldBy, hears, ms, ping, pingReq, received, stateAfter, suspect, woke } from "../builders.ts";
import { acked, aLanMember, crowd, lan, lines, live, toldIn } from "./life.ts";

test("rule 1: a member begins with incarnation 1, and tells of itself as it tells of any other, as soon as there is somebody to tell", () => {
  const newborn = start({ config: lan, id: memberId("a"), address: at("a"), now: ms(0), seed: 1 });
  expect(heldBy(newborn, "a")).toBe("alive@1");
  expect(live(newborn, 900).deeds, "nobody to tell").toEqual([]);
  const { deeds } = live(newborn, 500, [hears(300, alive("b"))]);
  expect(lines(deeds, /gossip/)).toEqual(["400 gossip b: alive b@1, alive a@1"]);
});

test("rule 2: probes, pings of the application and relayed pings share one count of seqs, and the first is 1", () => {
  const asking: Event = { kind: "asked-to-ping", now: ms(20), to: at("b"), target: memberId("b") };
  const { deeds } = live(aLanMember("a", { knows: ["b"] }), 1000, [received(10, pingReq("c", "b", 77)), asking]);
  const seqs = deeds.flatMap(({ effect }) => (effect.kind === "send" && effect.message.kind === "ping" ? [effect.message.seq] : []));
  expect(seqs).toEqual([1, 2, 3]);
});

test("rule 3: the first probe comes exactly one period after the start, then one in each period, and gossip keeps beats of its own from the start (ours may begin at random)", () => {
  const { deeds } = live(aLanMember("a", { knows: ["b"] }), 3999, [hears(1030, alive("b", 2))], acked);
  expect(lines(deeds, /ping/)).toEqual(["1000 ping b", "2000 ping b", "3000 ping b"]);
  expect(lines(deeds, /gossip/).map((line) => Number.parseInt(line, 10))).toEqual([1200, 1400, 1600, 1800]);
  const firsts = crowd(40).map((_, seed) => aLanMember("a", { seed, config: { stagger: "random" } }).probe.periodEndsAt);
  expect(Math.max(...firsts), "with `stagger`, N members started together do not probe in step").toBeLessThan(ms(1000));
  expect(new Set(firsts).size).toBeGreaterThan(30);
});

test("rule 4: a period that ends while a probe is under way is made up for as soon as that is over; of more, only one", () => {
  const unwell = stateAfter(aLanMember("a", { knows: ["b"] }), hears(1, suspect("a", "z", 1)), hears(2, suspect("a", "z", 2)), hears(3, suspect("a", "z", 3)));
  expect(unwell.health, "so that a probe may take four periods").toBe(3);
  const { deeds } = live(unwell, 5500, [received(3700, ack(1))], (message, now) => (now > 3000 ? acked(message, now) : undefined));
  expect(lines(deeds, / ping/).filter((line) => !line.includes("stream")).map((line) => Number.parseInt(line, 10))).toEqual([1000, 3700, 4000, 5000]);
});

test("rule 5: views are exchanged after a random part of the interval and a whole one, then in each, which grows with the group beyond 32, as it is each time (ours measures the first by the group at birth)", () => {
  const firsts = crowd(200).map((_, seed) => aLanMember("a", { knows: ["b"], seed }).sync.syncAt / ms(1000));
  expect(Math.min(...firsts)).toBeGreaterThanOrEqual(30);
  expect(Math.max(...firsts)).toBeLessThan(60);
  expect(Math.max(...firsts) - Math.min(...firsts), "all over the interval").toBeGreaterThan(25);
  expect(aLanMember("a", { knows: crowd(63) }).sync.syncAt / ms(1000), "64 members: never before the second minute").toBeGreaterThanOrEqual(60);
  expect(aLanMember("a", { config: { syncEvery: lan.nackAfter, syncScale: "constant" } }).sync.syncAt).toBeLessThan(ms(1000));
  const table = [[1, 30], [9, 30], [32, 30], [33, 60], [64, 60], [65, 90], [128, 90], [129, 120], [256, 120], [512, 150], [1000, 180], [10_000, 300]] as const;
  for (const [size, interval] of table) expect(syncInterval(size), `${size} members`).toBe(ms(interval * 1000));
  expect(intervalsAsItGrows([32, 33, 65, 129, 129]), "one member, whose group grows after each exchange").toEqual([30, 60, 90, 120, 120]);
});

/** From one exchange of views to the next, in a group of so many. */
function syncInterval(size: number): number {
  const member = aMember("a", { knows: crowd(size - 1), config: { syncEvery: lan.syncEvery, syncScale: "log2" } });
  const due = member.sync.syncAt / 1000;
  return stateAfter(member, woke(due)).sync.syncAt - ms(due);
}

/** One member, born into a group of ten that has grown to so many at each exchange of views: how long it then waits for the next, in seconds. (Nobody answers it; the dead count.) */
function intervalsAsItGrows(sizes: readonly number[]): readonly number[] {
  let member = aMember("a", { knows: crowd(9), config: { syncEvery: lan.syncEvery, syncScale: "log2" } });
  return sizes.map((size) => {
    const due = member.sync.syncAt;
    member = stateAfter(member, hears(due / 1000 - 1, ...crowd(size - 1).map((name) => alive(name))), woke(due / 1000));
    return (member.sync.syncAt - due) / ms(1000);
  });
}

test("rule 6: leaving stops no clock: who says goodbye goes on probing, answering and telling (ours until its farewell was told often enough, for then it stops)", () => {
  const member = aLanMember("a", { knows: crowd(10) });
  const { state, deeds } = live(member, 3000, [{ kind: "asked-to-leave", now: ms(950) }, received(1010, ping("m1", "a", 5))], acked);
  expect(lines(deeds, / ping/)).toHaveLength(1);
  expect(lines(deeds, /ack/)).toEqual(["1010 ack m1: left a@1 by a"]);
  expect(lines(deeds, /gossip/).map((line) => Number.parseInt(line, 10)), "three at each beat").toEqual([1000, 1000, 1000, 1200, 1200, 1200]);
  expect(toldIn(deeds.map(({ effect }) => effect)), "as often as any news: 4·⌈log₁₀ 12⌉").toEqual(Array.from({ length: 8 }, () => "left a@1 by a"));
  expect(lines(deeds, /departed/)).toEqual(["1200 departed a@1"]);
  expect(live(state, 60_000, [received(3100, ping("m1", "a", 6))]).deeds, "nothing more is heard of it").toEqual([]);
});
