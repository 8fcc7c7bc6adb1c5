/** The conformance vectors in the repository are those that the engine gives; and whoever reads them alone comes to the same effects. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { memberId, membersOf, viewOf, type Event } from "../../engine/index.ts";
import { aConfig, aMember, aRecord, after } from "../builders.ts";
import { vectors, vectorsText, type Record, type Vector } from "./vectors.ts";

const text = readFileSync(new URL("../../conformance/swim.json", import.meta.url), "utf8");

test("the file is what the engine gives: npx vitest run test/conformance -u writes it anew", async () => {
  await expect(vectorsText(aConfig())).toMatchFileSnapshot("../../conformance/swim.json");
});

test("there are enough, each with a name of its own", () => {
  expect(vectors.length).toBeGreaterThan(150);
  expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  for (const { source } of vectors) expect(source).toMatch(/SWIM|Lifeguard|memberlist/);
});

/** From nothing but the file. */
describe("read from the file alone", () => {
  const read = (JSON.parse(text) as { readonly vectors: readonly Vector[] }).vectors;
  const named = (members: readonly Record[], status: string): readonly string[] => members.flatMap((member) => (member.status === status && member.id !== "a" ? [member.id] : []));
  const withView = (event: Event): Event => {
    if (event.kind !== "exchange-opened" || event.message.kind !== "push-pull") return event;
    const records = event.message.view as unknown as readonly Record[];
    return { ...event, message: { ...event.message, view: viewOf(records.map(({ id, status, incarnation }) => aRecord(id, { status: status as "alive", life: incarnation }))) } };
  };

  test.each(read.map((vector) => [vector.name, vector] as const))("%s", (_, { config, state, events, expect: expected }) => {
    const { self, members } = state;
    const member = aMember(self.id, {
      knows: named(members, "alive"), suspects: named(members, "suspect"), mourns: named(members, "dead"), misses: named(members, "left"), config, life: self.incarnation,
    });
    const [reached, effects] = after(member, ...events.map(withView));
    expect(JSON.parse(JSON.stringify(effects, (key, value: unknown) => (key === "view" ? undefined : value)))).toEqual(expected.effects);
    expect(membersOf(reached.view).map(({ id, status, incarnation }) => [id, status, incarnation]).toSorted()).toEqual(expected.members.map(({ id, status, incarnation }) => [memberId(id), status, incarnation]).toSorted());
  });
});
