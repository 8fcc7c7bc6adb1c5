/** New settings for a running member: keys in their order, tags, and what waits for a restart. */

import { describe, expect, test } from "vitest";
import { takeOver, withWords } from "../../../adapter/agent/rereading.ts";
import type { AgentSettings, WrittenMember } from "../../../adapter/agent/settings.ts";
import { watchDrops } from "../../../adapter/agent/drops.ts";
import type { News } from "../../../adapter/agent/news.ts";
import { aGroupIn, aMemberIn, aWorld, stopAll } from "../member/group.ts";

const [ONE, TWO, THREE] = [1, 2, 3].map((n) => Buffer.alloc(32, n).toString("base64")) as [string, string, string];
const settings = (member: Partial<WrittenMember>, more: Partial<AgentSettings> = {}): AgentSettings => ({ member: { name: "a", ...member }, show: "lines", ...more });

describe("keys", () => {
  const aKeyed = async (...keys: readonly string[]) => {
    const member = await aMemberIn(aWorld(), "a", { keys });
    const take = (before: readonly string[], after: readonly string[]) => takeOver(settings({ keys: before }), settings({ keys: after }), member);
    return { member, take, keys: () => member.keys.list().map(({ key }) => key) };
  };

  test("a rotation in three readings: add, use, remove", async () => {
    const { member, take, keys } = await aKeyed(ONE);
    expect([take([ONE], [ONE, TWO]), keys()]).toEqual([["1 key added"], [ONE, TWO]]);
    expect([take([ONE, TWO], [TWO, ONE]), keys()]).toEqual([["another key encrypts now"], [TWO, ONE]]);
    expect([take([TWO, ONE], [TWO]), keys()]).toEqual([["1 key removed"], [TWO]]);
    expect(take([TWO], [TWO])).toEqual([]);
    await member.stop();
  });

  test("all at once, too", async () => {
    const { member, take, keys } = await aKeyed(ONE, TWO);
    expect(take([ONE, TWO], [THREE])).toEqual(["1 key added", "another key encrypts now", "2 keys removed"]);
    expect(keys()).toEqual([THREE]);
    await member.stop();
  });

  test("a key that is none changes nothing; the last one is not taken away; without keys there is nothing to change", async () => {
    const { member, take, keys } = await aKeyed(ONE);
    expect(() => take([ONE], [TWO, "nonsense"])).toThrow(/a key of 6 bytes/);
    expect(keys()).toEqual([ONE]);
    expect(() => take([ONE], [])).toThrow(/keeps its last key/);
    await member.stop();
    const plain = await aMemberIn(aWorld(), "a");
    expect(() => takeOver(settings({}), settings({ keys: [ONE] }), plain)).toThrow(/started without keys/);
    expect(takeOver(settings({}), settings({}), plain)).toEqual([]);
    await plain.stop();
  });

  test("what the group did to them since stands, until what is written is another: opening a log anew must not bring back a key that was dropped", async () => {
    const { member, take, keys } = await aKeyed(ONE);
    member.keys.rotate(TWO);
    member.keys.remove(ONE);
    expect([take([ONE], [ONE]), keys()]).toEqual([[], [TWO]]);
    expect([take([ONE], [TWO]), keys()], "written down since").toEqual([[], [TWO]]);
    expect([take([TWO], [TWO, THREE]), keys()]).toEqual([["1 key added"], [TWO, THREE]]);
    await member.stop();
  });

  test("a member with an empty ring gets its first key", async () => {
    const { member, take, keys } = await aKeyed();
    expect(take([], [])).toEqual([]);
    expect(take([], [ONE])).toEqual(["1 key added"]);
    expect(keys()).toEqual([ONE]);
    await member.stop();
  });
});

test("tags, and meta, are told to the group; the rest waits for a restart", async () => {
  const world = aWorld();
  const [a, b] = await aGroupIn(world, ["a", "b"], { tags: { role: "web" } });
  const before = settings({ tags: { role: "web" }, bind: "10.0.0.1:7946" });
  const after = settings({ tags: { role: "db" }, bind: "10.0.0.1:7947", tcp: {} }, { record: "a.flight" });
  expect(takeOver(before, after, a!)).toEqual(["new tags", "a restart is needed to change bind, tcp, record"]);
  await world.pass(3);
  expect(b!.find("a")?.tags).toEqual({ role: "db" });
  const now = withWords(before, after);
  expect(now).toEqual(settings({ tags: { role: "db" }, bind: "10.0.0.1:7946" }));
  expect(takeOver(now, settings({ meta: new TextEncoder().encode("x"), bind: "10.0.0.1:7946" }), a!)).toEqual(["new meta"]);
  await world.pass(3);
  expect(Buffer.from(b!.find("a")!.meta).toString()).toBe("x");
  await stopAll([a!, b!]);
});

test.each<readonly [what: string, wrong: Partial<WrittenMember>, why: RegExp]>([
  ["tags that are too long", { keys: [TWO], tags: { role: "x".repeat(600) } }, /the meta of \d+ bytes: at most 512 are allowed/],
  ["a meta that is too long", { keys: [TWO], meta: new Uint8Array(600) }, /the meta of 600 bytes: at most 512 are allowed/],
  ["a key that is none", { keys: [TWO, "nonsense"], tags: { role: "db" } }, /a key of 6 bytes/],
  ["no key any more", { keys: [], tags: { role: "db" } }, /keeps its last key/],
])("one mistake changes nothing else either: %s", async (_, wrong, why) => {
  const right: Partial<WrittenMember> = { keys: [ONE], tags: { role: "web" } };
  const member = await aMemberIn(aWorld(), "a", right);
  const { state } = member;
  expect(() => takeOver(settings(right), settings(wrong), member)).toThrow(why);
  expect(member.keys.list().map(({ key }) => key)).toEqual([ONE]);
  expect(member.state).toBe(state);
  await member.stop();
});

test("what was dropped is told once, by how many more there are", async () => {
  const member = await aMemberIn(aWorld(), "a");
  const stats = member.stats();
  const told: News[] = [];
  let drops: Record<string, number> = { label: 2 };
  const stop = watchDrops({ stats: () => ({ ...stats, drops }) } as unknown as typeof member, (news) => told.push(news));
  drops = { label: 5, damaged: 1 };
  stop();
  expect(told).toEqual([{ kind: "note", what: "drops", text: "dropped: 5 label, 1 damaged", facts: { drops: { label: 5, damaged: 1 } } }]);
  await member.stop();
});
