/** memberlist's rules 56 and 57: who is told the news between probes, and in how many datagrams. */

import { expect, test } from "vitest";
import { bytes, encode, type Event, type State } from "../../engine/index.ts";
import { alive, hears, ms, suspect } from "../builders.ts";
import { acked, aLanMember, crowd, lines, live, ofKind } from "./life.ts";

const news = (now: number): Event => ({ kind: "asked-to-update", now: ms(now), meta: bytes(`${now}`) });
/** Whom it tells, and at which beat: `"200 b"`. */
const told = (state: State, until: number, event: Event): readonly string[] =>
  lines(live(state, until, [event], acked).deeds, /gossip/).map((line) => line.replace("gossip ", "").replace(/:.*/, "")).toSorted();

test("rule 56: at each beat `gossipTo` random members are told: the living, and the dead for `gossipToDeadFor` after their death, but never the departed", () => {
  const member = aLanMember("a", { knows: ["b"], suspects: ["c"], mourns: ["d"], misses: ["e"] });
  expect(told(member, 300, news(10))).toEqual(["200 b", "200 c", "200 d"]);
  const mourner = aLanMember("a", { knows: ["b"], mourns: ["d"], misses: ["e"] });
  expect(told(mourner, 30_300, news(29_850)), "the last time 30 s after").toEqual(["30000 b", "30000 d", "30200 b"]);
  expect(told(mourner, 30_900, news(30_050))).toEqual(["30200 b", "30400 b", "30600 b", "30800 b"]);
  const friends = crowd(60).flatMap((_, seed) => told(aLanMember("a", { knows: crowd(9), seed }), 300, news(10)));
  expect(friends).toHaveLength(3 * 60);
  expect(new Set(friends).size, "anybody").toBe(9);
});

test("rule 57: each of them is told as if by itself, which counts once for each, and nobody is told nothing; one claim goes bare, more as a compound (the checksum around it is the driver's: `wrap`)", () => {
  const member = aLanMember("a", { knows: ["b", "c", "d", "e"] });
  const { deeds } = live(member, 900, [news(10)]);
  expect(lines(deeds, /gossip/).map((line) => Number.parseInt(line, 10)), "four times in all").toEqual([200, 200, 200, 400]);
  const [bare] = ofKind(deeds.map(({ effect }) => effect), "send");
  expect([bare !== undefined && encode(bare.message)[0], bare?.size], "alive").toEqual([4, bare !== undefined && encode(bare.message).length]);
  const [compound] = ofKind(live(member, 300, [hears(10, alive("b", 2), suspect("c", "d"))]).deeds.map(({ effect }) => effect), "send");
  expect(compound !== undefined && [...encode(compound.message).subarray(0, 2)], "a compound of two").toEqual([7, 2]);
});
