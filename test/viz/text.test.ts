/** The text mode's words, of a group in which more is suspected than is listed. */

import { expect, test } from "vitest";
import { instant, memberId } from "../../engine/index.ts";
import { nowText, observersOf, suspicionsCaption } from "../../viz/panel/text-tables.ts";
import { playing } from "./library.ts";

test("the sentence counts everybody who is suspected, however many suspicions there are; the table says of how many its rows are the first", async () => {
  const { ask, facts } = await playing("name: halves\nduration: 20s\nmembers: 64\ntimeline:\n  - { at: 5s, partition: [32, rest] }\n");
  const at = instant(8e6);
  const [group, suspicions] = [await ask("group", { run: 1, at, observer: null }), await ask("suspicions", { run: 1, at })];
  const suspected = facts.members.filter((_, who) => group.suspectedBy[who]! > 0).map(({ id }) => id);
  expect(suspicions.count).toBe(group.suspectedBy.reduce((sum, many) => sum + many, 0));
  expect(suspicions.first.length).toBe(200);
  const named = new Set(suspicions.first.map(({ about }) => about)).size;
  expect(named).toBeLessThan(suspected.length);
  expect(nowText(facts, { group }, { at, line: null, isPlaying: false, speed: 1 })).toContain(`; suspected: ${suspected.slice(0, 5).join(", ")} and ${suspected.length - 5} more; in force: `);
  expect(suspicionsCaption(suspicions)).toBe(`Who suspects whom, ordered by deadline: 200 of ${suspicions.count.toLocaleString("en")}.`);
  expect(suspicionsCaption({ count: 2, first: suspicions.first.slice(0, 2) })).toBe("Who suspects whom, ordered by deadline.");
});

test("whoever's eyes are looked through is among those offered, however large the group", () => {
  const members = Array.from({ length: 3_000 }, (_, who) => ({ id: memberId(`m${who}`), zone: null }));
  expect(observersOf(members, null).length).toBe(2_000);
  expect(observersOf(members, 2_500).slice(-2)).toEqual([1_999, 2_500]);
  expect(observersOf(members.slice(0, 3), 1)).toEqual([0, 1, 2]);
});
