/** Strangers of another protocol: a view in which one lives is refused; one that is gone has no say, where it is remembered for long. */

import { describe, expect, test } from "vitest";
import { memberId, presets, type Config, type Event, type Member, type PresetName, type State } from "../../../engine/index.ts";
import { after, aMember, answered, aRecord, at, heldBy, hears, left, ms, opened, pushPull, stateAfter, suspect } from "../../builders.ts";

/** Lives, and understands what we speak, but speaks what we do not understand. */
const stranger: Member = { ...aRecord("x"), versions: [1, 9, 9, 0, 0, 0] };
const lives = hears(1, { kind: "alive", member: stranger });
const config = (preset: PresetName): Partial<Config> => presets[preset];
const seed = (preset: PresetName, ...events: readonly Event[]): State => stateAfter(aMember("a", { knows: ["b"], config: config(preset) }), lives, ...events);
const join = opened(10, pushPull(true, aRecord("n")));
/** Is a newcomer taken in, and does it take its seed's view? */
function isTakenIn(preset: PresetName, ...events: readonly Event[]): readonly [bySeed: boolean, byNewcomer: boolean] {
  const [state, effects] = after(seed(preset, ...events), join);
  const answer = effects.find((effect) => effect.kind === "answer");
  const message = answer?.kind === "answer" && answer.message.kind === "push-pull" ? answer.message : pushPull(true);
  const newcomer = stateAfter(aMember("n", { config: config(preset) }), { kind: "asked-to-join", now: ms(9), seeds: [at("a")] }, answered(11, message));
  return [heldBy(state, "n") !== undefined, heldBy(newcomer, "b") !== undefined];
}

describe.for(["swimlab", "serf"] as const)("under %s, which remembers the gone for a day, one stranger", (preset) => {
  test("that lives holds up exchanges of views, for it cannot be talked to, and so does one that is suspected", () => {
    expect(isTakenIn(preset)).toEqual([false, false]);
    expect(isTakenIn(preset, hears(2, suspect("x", "b")))).toEqual([false, false]);
  });

  test("does not, once it has left: newcomers are taken in", () => {
    expect(heldBy(seed(preset, hears(2, left("x"))), "x"), "though it is remembered").toBe("left@1");
    expect(isTakenIn(preset, hears(2, left("x")))).toEqual([true, true]);
    expect(isTakenIn(preset, hears(2, { kind: "dead", about: memberId("x"), incarnation: stranger.incarnation, from: memberId("b") }))).toEqual([true, true]);
  });
});

test("under memberlist's presets it does, for the half minute in which it is remembered (rule 52)", () => {
  expect(isTakenIn("memberlist-lan", hears(2, left("x")))).toEqual([false, false]);
});
