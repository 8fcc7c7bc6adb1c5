/** docs/member.md has a line for all that an application may give, ask, hear, decide and get wrong; the compiler sees to it that none is missing here. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ErrorCode, Hooks, MemberEvents, MemberOptions, SwimMember } from "../../../adapter/index.ts";

const options = {
  name: 1, bind: 1, advertise: 1, preset: 1, config: 1, tags: 1, meta: 1, versions: 1, seeds: 1, keys: 1, verifyIncoming: 1, verifyOutgoing: 1, label: 1, compress: 1, serf: 1, streams: 1, allow: 1,
  hooks: 1, recorder: 1, transport: 1, codec: 1, clock: 1, seed: 1, generation: 1, incarnation: 1, knows: 1, signal: 1,
} satisfies Record<keyof MemberOptions, 1>;
const methods = {
  name: 1, address: 1, self: 1, health: 1, readiness: 1, state: 1, members: 1, find: 1, on: 1, once: 1, join: 1, leave: 1, stop: 1, send: 1, broadcast: 1, ping: 1, updateMeta: 1, updateTags: 1, keys: 1, event: 1, query: 1,
  distance: 1, coordinate: 1, stats: 1,
} satisfies Record<Extract<keyof SwimMember, string>, 1>;
const events = {
  join: 1, update: 1, suspect: 1, clear: 1, failed: 1, leave: 1, refute: 1, message: 1, event: 1, query: 1, keys: 1, conflict: 1, forget: 1, error: 1,
} satisfies Record<keyof MemberEvents, 1>;
const hooks = { admit: 1, admitMerge: 1, settleConflict: 1, ackPayload: 1, roundTrip: 1, localState: 1, mergeState: 1 } satisfies Record<keyof Hooks, 1>;
const codes = {
  "port-in-use": 1, "address-not-ours": 1, "bad-option": 1, unwritable: 1, "no-such-host": 1, system: 1, "join-failed": 1, "cut-off": 1, "no-such-member": 1, stopped: 1, "too-long": 1, "timed-out": 1, overflow: 1,
  aborted: 1,
} satisfies Record<ErrorCode, 1>;

const page = readFileSync(new URL("../../../docs/member.md", import.meta.url), "utf8");

/** What stands in backticks in a section's table, in its first column or in its last. */
function cells(heading: string, column: 1 | -2): readonly string[] {
  const [, text = ""] = page.split(`\n## ${heading}\n`);
  const rows = (text.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| `"));
  return rows.flatMap((row) => Array.from((row.split(" | ").at(column === 1 ? 0 : -1) ?? "").matchAll(/`([\w-]+)`/g), ([, word]) => word ?? ""));
}

test.each([["Options", options], ["Methods", methods], ["Events", events], ["Hooks", hooks], ["Errors", codes]] as const)("%s: one by one, in this order", (heading, all) => {
  expect(cells(heading, 1)).toEqual(Object.keys(all));
});

test("the errors of its methods are such codes", () => {
  const thrown = cells("Methods", -2).filter((word) => !(word in methods));
  expect(thrown.length).toBeGreaterThan(20);
  expect(thrown.filter((code) => !(code in codes))).toEqual([]);
});
