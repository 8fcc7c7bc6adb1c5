/** What a member under the preset `serf` does otherwise than an agent of Serf's, whose memberlist forgets the dead after half a minute while Serf remembers them beside it (docs/decisions/0007). */

import { expect, test } from "vitest";
import { exchangeId, memberId, membersOf, presets, seconds, type Config, type Event, type State } from "../../engine/index.ts";
import { lookUp } from "../../engine/words/agenda.ts";
import { alive, aMember, aRecord, at, hears, heldBy, ms, newsAfter, pushPull, stateAfter, suspect } from "../builders.ts";
import { acked, crowd, live, ofKind } from "./life.ts";

const { serf, "memberlist-lan": lan } = presets;
/** A member that knows c, and holds b dead for an hour already, or forgot it. */
const anHourLater = (config: Partial<Config>): State => live(aMember("a", { knows: ["c"], mourns: ["b"], config }), 3_600_000, [], acked).state;
const elsewhere: Event = hears(3_600_001, { kind: "alive", member: { ...aRecord("b", { life: 5 }), address: at("x") } });
/** As a member says that lost its incarnation. */
const again: Event = hears(3_600_001, alive("b", 1));

test("who failed and is back at another address after half a minute is taken in, as by an agent, which has forgotten it; without `reclaimAfter` it would be a conflict for a day", () => {
  expect(newsAfter(anHourLater(lan), elsewhere)).toEqual(["joined b@5"]);
  expect(newsAfter(anHourLater(serf), elsewhere)).toEqual(["joined b@5"]);
  expect(newsAfter(anHourLater({ ...serf, reclaimAfter: seconds(0) }), elsewhere)).toEqual(["conflict b@1"]);
});

test("who is back under the incarnation that it died with must refute first; an agent has forgotten that", () => {
  expect([anHourLater(lan), anHourLater(serf)].map((state) => newsAfter(state, again))).toEqual([["joined b@1"], []]);
});

test("its views tell of them: whoever has met such a member again suspects it for that, until it refutes; who has not learns nothing", () => {
  const shown = membersOf(anHourLater(serf).view);
  const view: Event = { kind: "exchange-opened", now: ms(10), from: at("a"), exchange: exchangeId(1), message: pushPull(false, ...shown) };
  const agent = (...knows: readonly string[]): State => aMember("p", { knows: ["a", "c", ...knows], config: lan });
  expect(newsAfter(agent("b"), view)).toEqual(["suspected b@1"]);
  expect([newsAfter(agent(), view), heldBy(stateAfter(agent(), view), "b")]).toEqual([[], undefined]);
  const itself = aMember("b", { knows: ["a", "c"], config: lan });
  expect([newsAfter(itself, view), stateAfter(itself, view).health]).toEqual([["refuted b@2"], 1]);
});

test("they count: of a hundred who live and a hundred who failed today, a suspect has 9.2 s at least, among agents 8", () => {
  const least = (mourned: number): number | undefined => {
    const names = crowd(99 + mourned);
    const member = aMember("a", { knows: names.slice(0, 99), mourns: names.slice(99), config: serf });
    return lookUp(stateAfter(member, hears(1, suspect("m0", "m1"))).suspicions, memberId("m0"))?.least;
  };
  expect([least(100), least(0)]).toEqual([ms(9204), ms(8000)]);
});

test("its calls to the dead do not say that they are joins, so that nobody asks whether the groups may merge", () => {
  const calls = ofKind(live(aMember("a", { knows: ["c"], mourns: ["b"], config: serf }), 31_000, [], acked).deeds.map(({ effect }) => effect), "exchange").filter((call) => call.with === at("b"));
  expect(calls.map(({ message }) => message.kind === "push-pull" && message.join)).toEqual([false]);
});
