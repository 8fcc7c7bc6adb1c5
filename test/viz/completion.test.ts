/** What the editor offers, by the scenario's schema: at `|`. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { completionsAt, type Schema } from "../../viz/model/completion.ts";

const schema = JSON.parse(readFileSync("scenarios/scenario.schema.json", "utf8")) as Schema;

const offered = (marked: string): readonly string[] => {
  const at = marked.indexOf("|");
  return completionsAt(marked.replace("|", ""), at, schema).list.map(({ text }) => text.trim());
};

test.for([
  ["dur|", ["duration:"]],
  ["name: x\nnetw|", ["network:"]],
  ["network:\n  lat|", ["latency:"]],
  ["network: { lat|", ["latency:"]],
  ["network: { loss: 1%, strea|", ["streamDeadline:"]],
  ["timeline:\n  - { at: 1s, part|", ["partition:"]],
  ["timeline:\n  - at: 1s\n    part|", ["partition:"]],
  ["timeline:\n  - { at: 1s, impair: { mem|", ["members:"]],
  ["timeline:\n  - { at: 1s, crash: 1 }\n  - { at: 2s, unbl|", ["unblock:"]],
  ["preset: lifeguard|", ["lifeguard-base"]],
  ["start: c|", ["cold"]],
  ["# dur|", []],
  ["config:\n  periodEv|\nmembers: 3\n", ["periodEvery:"]],
] as const)("%j", ([marked, expected]) => {
  expect(offered(marked)).toEqual(expected);
});
