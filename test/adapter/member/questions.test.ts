/** Queries that our own application asks: whom, how long, and what comes back. */

import { afterEach, describe, expect, test } from "vitest";
import type { Asking, MemoryNetwork, SwimMember } from "../../../adapter/index.ts";
import { aGroupIn, aMemberIn, aWorld, stopAll } from "./group.ts";

const running: SwimMember[] = [];
afterEach(async () => { await stopAll(running.splice(0)); });

/** Members of Serf's layer, of which each answers with its name and what it was asked. */
async function aPool(world: MemoryNetwork, ...names: readonly string[]): Promise<readonly SwimMember[]> {
  const pool = await aGroupIn(world, names, { preset: "serf" });
  running.push(...pool);
  for (const member of pool) {
    member.updateTags({ role: member.name === "a" ? "web" : "db" });
    member.on("query", ({ name, payload, from, answer }) => answer(`${member.name}, asked ${name} ${Buffer.from(payload).toString()} by ${from}`));
  }
  await world.pass(2);
  return pool;
}

const textOf = ({ payload }: { readonly payload: Uint8Array }): string => Buffer.from(payload).toString();

describe("a query", () => {
  test("is answered by all, ourselves included, each once; the time that an agent waits is the usual one", async () => {
    const world = aWorld();
    const [a] = await aPool(world, "a", "b", "c");
    const began = world.clock.now();
    const { answers, acks } = await world.until(a!.query("load", "now"));
    expect((world.clock.now() - began) / 1_000_000).toBeCloseTo(3.2, 1);
    expect(answers.map(textOf).toSorted()).toEqual(["a", "b", "c"].map((name) => `${name}, asked load now by a`));
    expect([answers.map(({ from }) => from).toSorted(), acks.toSorted()]).toEqual([["a", "b", "c"], ["a", "b", "c"]]);
  });

  test("asks those whom names and tags choose, and is over as soon as enough have answered", async () => {
    const world = aWorld();
    const [a] = await aPool(world, "a", "b", "c");
    const from = async (asking: Asking): Promise<readonly string[]> => (await world.until(a!.query("load", "", asking))).answers.map((answer) => answer.from).toSorted();
    expect(await from({ names: ["b", "nobody"] })).toEqual(["b"]);
    expect(await from({ tags: { role: "^db$" } })).toEqual(["b", "c"]);
    expect(await from({ tags: { role: "db" }, names: ["a", "c"] })).toEqual(["c"]);
    const began = world.clock.now();
    expect(await from({ enough: 3 })).toEqual(["a", "b", "c"]);
    expect(world.clock.now() - began).toBeLessThan(2_000_000);
  });

  test("asked twice at one moment is two, and each has answers of its own", async () => {
    const world = aWorld();
    const [a, b] = await aPool(world, "a", "b");
    const both = await world.until(Promise.all([a!.query("x", "1"), a!.query("x", "2"), b!.query("x", "3")]));
    expect(both.map(({ answers }) => answers.map(textOf).toSorted())).toEqual([
      ["a, asked x 1 by a", "b, asked x 1 by a"], ["a, asked x 2 by a", "b, asked x 2 by a"], ["a, asked x 3 by b", "b, asked x 3 by b"],
    ]);
  });

  test("that nobody answers comes back empty; one that is aborted or outlives its member rejects, and later answers are nobody's", async () => {
    const world = aWorld();
    const [a, b] = await aPool(world, "a", "b");
    expect(await world.until(a!.query("load", "", { names: ["c"], deadline: 100 }))).toEqual({ answers: [], acks: [] });
    const abort = new AbortController();
    const aborted = expect(a!.query("load", "", { signal: abort.signal })).rejects.toMatchObject({ code: "aborted" });
    abort.abort();
    await aborted;
    await world.pass(2);
    const stopped = expect(b!.query("load")).rejects.toMatchObject({ code: "stopped" });
    await b!.stop();
    await stopped;
    await expect(b!.query("load")).rejects.toMatchObject({ code: "stopped" });
    expect(a!.stats().counters["serf.unreadable"]).toBe(0);
  });

  test.each<readonly [string, Parameters<SwimMember["query"]>, string]>([
    ["one of Serf's own names", ["_serf_ping"], "bad-option"],
    ["no time", ["load", "", { deadline: 0 }], "bad-option"],
    ["more time than a day", ["load", "", { deadline: Infinity }], "bad-option"],
    ["half an answer", ["load", "", { enough: 0.5 }], "bad-option"],
    ["too long a payload", ["load", "x".repeat(1_000)], "too-long"],
    ["too many names", ["load", "", { names: Array.from({ length: 300 }, (_, index) => `member-${index}`) }], "too-long"],
  ])("%s is refused", async (_why, asked, code) => {
    const [a] = await aPool(aWorld(), "a");
    await expect(a!.query(...asked)).rejects.toMatchObject({ name: "MemberError", code });
  });

  test("needs Serf's layer", async () => {
    const plain = await aMemberIn(aWorld(), "a");
    running.push(plain);
    await expect(plain.query("load")).rejects.toMatchObject({ code: "bad-option", message: expect.stringContaining("queries need Serf's layer") });
  });
});
