/** Where values come from: a preset that departs from what it is built on says why, and one that does not claims no source of its own. */

import { expect, test } from "vitest";
import { calledHere, configSubjects, presets, sourceOf, type Config, type PresetName } from "../../../engine/index.ts";

const fields = Object.keys(presets.swimlab) as readonly (keyof Config)[];
const differs = (one: PresetName, other: PresetName, field: keyof Config): boolean => presets[one][field] !== presets[other][field];

test("each field has one subject", () => {
  expect(Object.values(configSubjects).flatMap(Object.keys).toSorted()).toEqual(fields.toSorted());
});

test.for([
  [["serf"], "memberlist-lan"],
  [["swimlab"], "memberlist-lan"],
  [["lifeguard", "lha-probe", "lha-suspicion", "buddy", "lifeguard-base"], "memberlist-lan"],
] as const)("%j: a source of their own where any of them differs from %s, and nowhere else", ([family, base]) => {
  const departing = fields.filter((field) => family.some((name) => differs(name, base, field)));
  expect(fields.filter((field) => sourceOf(family[0], field) !== sourceOf(base, field))).toEqual(departing);
});

test("SWIM's: a source of their own wherever they differ from swimlab, on which they are built", () => {
  const departing = fields.filter((field) => (["swim-inf-susp", "swim-inf", "swim-basic"] as const).some((name) => differs(name, "swimlab", field)));
  expect(departing.filter((field) => sourceOf("swim-basic", field) === sourceOf("swimlab", field))).toEqual([]);
});

test.each([
  ["ProbeInterval", "memberlist's ProbeInterval is periodEvery here"],
  ["probe_timeout", "memberlist's ProbeTimeout is askRelaysAfter here"],
  ["awarenessMaxMultiplier", "memberlist's AwarenessMaxMultiplier − 1 is healthMax here"],
  ["GossipToTheDeadTime", "memberlist's GossipToTheDeadTime is gossipToDeadFor here"],
  ["DisableTcpPings", "memberlist's DisableTcpPings is streamPing here"],
  ["reconnect_timeout", "Serf's ReconnectTimeout is forgetAfter here"],
  ["SuspicionMult", undefined],
  ["Ping", undefined],
  ["rules", undefined],
  ["", undefined],
])("%j, as memberlist, Serf and Consul call it: %s", (word, here) => {
  expect(calledHere(word)).toBe(here);
});
