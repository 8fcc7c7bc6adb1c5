/** memberlist's rules 36 to 43: what is made of a claim that somebody is suspect, and how long it then has. */

import { expect, test } from "vitest";
import { memberId, micros, type Config, type Event, type State } from "../../engine/index.ts";
import { lookUp } from "../../engine/words/agenda.ts";
import { alive, dead, hears, heldBy, newsAfter, stateAfter, suspect } from "../builders.ts";
import { acked, aLanMember, crowd, lan, lines, live, local, toldIn, wan } from "./life.ts";

const suspicionOf = (state: State, about = "b") => lookUp(state.suspicions, memberId(about));
/** In a group of so many, ourselves and b among them. */
const inAGroupOf = (size: number, config: Partial<Config> = {}): State => aLanMember("a", { knows: ["b", ...crowd(size - 2)], config });
/** What it tells in the following half second. */
const tells = (state: State): readonly string[] => [...new Set(toldIn(live(state, 500).deeds.map(({ effect }) => effect)))];

test("rule 36: nobody is suspected who is unknown, or has spoken since", () => {
  const member = aLanMember("a", { knows: ["c"] });
  expect(heldBy(stateAfter(member, hears(10, suspect("x", "c", 9))), "x")).toBeUndefined();
  expect(heldBy(stateAfter(member, hears(10, alive("c", 5), suspect("c", "z", 4))), "c")).toBe("alive@5");
});

test("rule 37: who is suspect already is confirmed as such by another accuser, who is told on as that; the incarnation we hold stays", () => {
  const member = stateAfter(inAGroupOf(9), hears(1, suspect("b", "c")));
  const confirmed = stateAfter(member, hears(2, suspect("b", "d", 7)));
  expect(newsAfter(member, hears(2, suspect("b", "d", 7)))).toEqual(["confirmed b@1"]);
  expect([heldBy(confirmed, "b"), suspicionOf(confirmed)?.confirmedBy]).toEqual(["suspect@1", ["d"]]);
  expect(tells(confirmed), "in the accuser's own name and words").toEqual(["suspect b@7 by d"]);
});

test("rule 38: the dead and the departed are not suspected", () => {
  const member = aLanMember("a", { knows: ["c"], mourns: ["b"], misses: ["d"] });
  const after = stateAfter(member, hears(10, suspect("b", "c", 5), suspect("d", "c", 5)));
  expect([heldBy(after, "b"), heldBy(after, "d"), after.suspicions]).toEqual(["dead@1", "left@1", null]);
});

test("rule 39: whoever hears that it is suspected itself refutes, and is no suspect", () => {
  const member = aLanMember("a", { knows: ["b"], life: 3 });
  expect(newsAfter(member, hears(10, suspect("a", "b", 3)))).toEqual(["refuted a@4"]);
  const after = stateAfter(member, hears(10, suspect("a", "b", 3)));
  expect([heldBy(after, "a"), after.suspicions]).toEqual(["alive@4", null]);
});

test("rule 40: else it is told on, held under the incarnation said, and given time; two confirmations (`suspicionMult` − 2) shorten that, none where there are not that many others", () => {
  const after = stateAfter(inAGroupOf(9), hears(1, suspect("b", "c", 4)));
  expect([heldBy(after, "b"), tells(after)]).toEqual(["suspect@4", ["suspect b@4 by c"]]);
  expect(newsAfter(inAGroupOf(9), hears(1, suspect("b", "c", 4)))).toEqual(["suspected b@4"]);
  expect(suspicionOf(after)).toMatchObject({ by: "c", wanted: 2, least: 4_000_000, most: 6 * 4_000_000 });
  expect(newsAfter(after, hears(2, suspect("b", "c", 4))), "who began it confirms nothing").toEqual([]);
  const wanted = ([2, 3, 4, 5] as const).map((size) => suspicionOf(stateAfter(inAGroupOf(size), hears(1, suspect("b", "c"))))?.wanted);
  expect(wanted, "of 2 to 5 members").toEqual([0, 0, 2, 2]);
  expect([lan, wan, local].map(({ confirmations, suspicionMult }) => suspicionMult - confirmations)).toEqual([2, 2, 2]);
  expect([lan, wan, local].map(({ suspicionMaxMult }) => suspicionMaxMult)).toEqual([6, 6, 6]);
});

test("rule 41: the least time is `suspicionMult` periods, times log₁₀ of the group, cut to thousandths, beyond ten", () => {
  const table = [[2, 4], [9, 4], [10, 4], [11, 4.164], [16, 4.816], [32, 6.02], [33, 6.072], [64, 7.224], [65, 7.248], [99, 7.98], [100, 8], [128, 8.428],
    [129, 8.44], [256, 9.632], [512, 10.836], [1000, 12], [10_000, 16]] as const;
  for (const [size, least] of table) expect(suspicionOf(stateAfter(inAGroupOf(size), hears(0, suspect("b", "c"))))?.least, `${size} members`).toBe(micros(least * 1e6));
});

/** When it declares b dead, in ms, if it heard the first accusation at the origin and one more at each of these moments. (Its own probes are answered.) */
const deadAfter = (size: number, moments: readonly number[], config: Partial<Config> = {}): number => {
  const accusations = moments.map((moment, accuser): Event => hears(moment, suspect("b", `m${accuser}`)));
  const { deeds } = live(stateAfter(inAGroupOf(size, config), hears(0, suspect("b", "z"))), 60_000, accusations, acked);
  return Number.parseInt(lines(deeds, /failed b/).join(), 10);
};

test("rule 42: it begins with the most time, and each new confirmation shortens it by the logarithm, to the least at the last; one that comes too late ends it at once; those beyond are not told on", () => {
  expect([deadAfter(16, []), deadAfter(16, [10]), deadAfter(16, [10, 20])]).toEqual([28_896, 13_703, 4816]);
  expect([deadAfter(128, []), deadAfter(128, [10]), deadAfter(128, [10, 20])]).toEqual([50_568, 23_980, 8428]);
  const threeOf30: Partial<Config> = { suspicionMult: 2, suspicionMaxMult: 15, confirmations: 3 };
  const after2s = [0, 1, 2, 3, 4].map((times) => deadAfter(9, Array.from({ length: times }, () => 2000), threeOf30) - 2000);
  expect(after2s, "of 2 to 30 s, three wanted, 2 s over").toEqual([28_000, 14_000, 5810, 0, 0]);
  expect(deadAfter(3, []), "none are wanted: the least at once").toBe(4000);
  expect(deadAfter(16, [10, 20, 30, 40]), "three and more count for no more than two").toBe(4816);
  expect(deadAfter(16, [10, 20_000]), "the first had it end at 13.7 s").toBe(13_703);
  expect(deadAfter(16, [9000, 9500]), "the second is late").toBe(9500);
  const full = stateAfter(inAGroupOf(16), hears(0, suspect("b", "z")), hears(1, suspect("b", "m1")), hears(2, suspect("b", "m2")));
  expect(newsAfter(full, hears(3, suspect("b", "m3")))).toEqual([]);
  expect(tells(stateAfter(full, hears(3, suspect("b", "m3"))))).toEqual(["suspect b@1 by m2"]);
  const doubled = stateAfter(inAGroupOf(16), hears(0, suspect("b", "z")), hears(1, suspect("b", "m1")), hears(2, suspect("b", "m1")));
  expect(suspicionOf(doubled)?.confirmedBy, "who says so twice counts once").toEqual(["m1"]);
});

test("rule 43: when it is over, whoever is still suspect is dead, under the incarnation we hold and in our own name; who was cleared or died since is not", () => {
  const member = stateAfter(aLanMember("a", { knows: ["b", "c"] }), hears(0, suspect("b", "c", 2)));
  const fate = (state: State, ...events: readonly Event[]): readonly string[] => lines(live(state, 9000, events, acked).deeds, /failed/);
  expect(fate(member)).toEqual(["4000 failed b@2"]);
  expect(lines(live(member, 4500, [], acked).deeds, /dead/)).toContain("4200 gossip c: dead b@2 by a");
  expect(fate(member, hears(100, alive("b", 3)))).toEqual([]);
  expect(fate(member, hears(100, dead("b", "c", 2))), "that was long before").toEqual(["100 failed b@2"]);
  expect(fate(member, hears(100, alive("b", 3)), hears(3000, suspect("b", "c", 3))), "a new suspicion has its own time").toEqual(["7000 failed b@3"]);
});
