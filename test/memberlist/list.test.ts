/** memberlist's rules 7 to 10: the list of members, in which order it is probed, when the gone drop out, and how members are drawn from it. */

import { expect, test } from "vitest";
import { alive, effectsAfter, hears, stateAfter, woke } from "../builders.ts";
import { acked, aLanMember, crowd, deedsOf, lines, live } from "./life.ts";

test("rule 7: a newcomer takes a random place in the order of probing (ours: in a shuffled pass, for we keep no list)", () => {
  const waits = crowd(300).map((_, seed) => {
    const { deeds } = live(aLanMember("a", { knows: ["b", "c", "d", "e", "f"], seed }), 11_500, [hears(2500, alive("z"))], acked);
    return Math.min(...lines(deeds, / ping z/).map((line) => Number.parseInt(line, 10) / 1000)) - 2;
  });
  const times = (wait: number): number => waits.filter((each) => each === wait).length;
  for (const wait of [1, 2, 3, 4]) expect(times(wait), `in this pass, of which two are over: after ${wait} periods`).toBeGreaterThan(40);
  for (const wait of [5, 6, 7, 8, 9]) expect(times(wait), `in the next: after ${wait} periods`).toBeGreaterThan(4);
  expect(Math.max(...waits)).toBe(9);
});

test("rule 8: ourselves, the dead and the departed are passed over without costing a period, and where nobody else is left, that is the end of it", () => {
  const bereaved = aLanMember("a", { knows: ["b", "c"], mourns: ["d", "e", "f"], misses: ["g", "h"] });
  const probes = lines(live(bereaved, 8500, [], acked).deeds, / ping/);
  expect(probes).toHaveLength(8);
  for (const pass of [0, 2, 4, 6]) expect(new Set(probes.slice(pass, pass + 2).map((line) => line.at(-1))), "everybody once in each pass").toEqual(new Set(["b", "c"]));
  expect(live(aLanMember("a", { mourns: ["d", "e"], misses: ["g"] }), 8500).deeds).toEqual([]);
});

test("rule 9: the dead and the departed are forgotten when a pass ends, if they have been gone for longer than `forgetAfter`", () => {
  const forgotten = (peers: readonly string[]): readonly string[] =>
    lines(live(aLanMember("a", { knows: peers, mourns: ["x"], misses: ["y"] }), 60_000, [], acked).deeds, /forgotten/);
  expect(forgotten(["b"]).map((line) => Number.parseInt(line, 10)), "not at 30 s sharp, but at the next end").toEqual([31_000, 31_000]);
  expect(forgotten(crowd(7)).toSorted(), "passes of seven end every seven periods").toEqual(["36000 forgotten x@1", "36000 forgotten y@1"]);
});

test("rule 10: members are drawn at random, each that suits as likely as the others, and of a small group none is missed (ours gives up sooner where hardly anybody suits)", () => {
  const relaysOf = (peers: readonly string[], seed: number): readonly string[] =>
    deedsOf(effectsAfter(stateAfter(aLanMember("a", { knows: peers, seed }), woke(1000)), woke(1500))).flatMap((deed) => (deed.startsWith("ping-req") ? [deed.slice(9)] : []));
  for (let seed = 0; seed < 50; seed++) expect(relaysOf(["b", "c", "d"], seed), "the two who are not the target").toHaveLength(2);
  const draws = crowd(400).flatMap((_, seed) => relaysOf(["b", "c", "d", "e", "f", "g", "h", "i"], seed));
  expect(draws).toHaveLength(3 * 400);
  for (const peer of ["b", "c", "d", "e", "f", "g", "h", "i"]) {
    const times = draws.filter((relay) => relay === peer).length;
    expect(times, `${peer}, of 150 expected`).toBeGreaterThan(115);
    expect(times, `${peer}, of 150 expected`).toBeLessThan(185);
  }
});
