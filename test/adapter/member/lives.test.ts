/** Who comes back: which life of its name begins, and that the group believes it. */

import { describe, expect, test } from "vitest";
import { lifeAt, lifeOfGeneration } from "../../../adapter/member/lives.ts";
import { aGroupIn, aMemberIn, aWorld, listen, stopAll } from "./group.ts";

const FIRST = Date.UTC(2026, 0);
const HOUR = 3_600_000;

describe("the life that begins", () => {
  test("counts parts of hours since 2026, so that its first incarnation is 65,536 for each hour", () => {
    for (const perLife of [16, 65_536]) for (const hours of [0, 1, 5_000, 65_534]) expect(lifeAt(FIRST + hours * HOUR, perLife) * perLife).toBe((1 + hours) * 65_536);
  });

  test("is later than one that began 0.88 s ago, where lives have 16 incarnations; or an hour, where they have 65,536", () => {
    const now = Date.UTC(2026, 10, 28, 10);
    expect(lifeAt(now, 16)).toBeGreaterThan(lifeAt(now - 880, 16));
    expect(lifeAt(now + HOUR - 1, 65_536)).toBe(lifeAt(now, 65_536));
    expect(lifeAt(now + HOUR, 65_536)).toBe(lifeAt(now, 65_536) + 1);
  });

  test("is the first without a clock or before 2026, the last after 2033: an incarnation never outgrows 32 bits", () => {
    for (const wall of [undefined, 0, FIRST - 1, FIRST]) expect(lifeAt(wall, 16)).toBe(4_096);
    for (const wall of [Date.UTC(2034, 0), 1e15]) expect(lifeAt(wall, 16) * 16).toBe(65_535 * 65_536);
    expect(lifeAt(FIRST, 16_777_216), "however long lives are, there is a first").toBe(1);
  });

  test("is the one that the application counts, as far from the next as an hour", () => {
    expect([lifeOfGeneration(1, 16), lifeOfGeneration(2, 16), lifeOfGeneration(65_535, 65_536)]).toEqual([4_096, 8_192, 65_535]);
  });
});

describe("a member that comes back at another address", () => {
  const moved = async (downFor: number, generation?: number): Promise<readonly string[]> => {
    const world = aWorld();
    const group = await aGroupIn(world, ["a", "b", "c"], generation === undefined ? {} : { generation });
    const [a, b, c] = [group[0]!, group[1]!, group[2]!];
    const heard = listen(a);
    world.cut(c.address);
    await world.pass(downFor);
    const back = await world.until(aMemberIn(world, "c", { seeds: [a.address], ...(generation === undefined ? {} : { generation }) }));
    await world.pass(1);
    const believed = [a, b].filter((member) => member.find("c")?.address === back.address).length;
    await stopAll([a, b, c, back]);
    return [`believed by ${believed}`, ...heard.filter((line) => !/^(suspect|clear) /.test(line))];
  };

  test("is believed at once if a second has passed, by its clock, since it began: it moved, and is no second bearer of its name", async () => {
    expect(await moved(1)).toEqual(["believed by 2", "update c"]);
    expect(await moved(3)).toEqual(["believed by 2", "update c"]);
  });

  test("is another bearer of its name in the same life", async () => {
    const [believed, ...heard] = await moved(1, 7);
    expect(believed).toBe("believed by 0");
    expect(new Set(heard.map((line) => line.split(" ")[0]))).toEqual(new Set(["conflict"]));
  });

  test("one after another, as containers are replaced: nobody is held failed, nobody bears a name twice, and all agree", async () => {
    const world = aWorld();
    const names = Array.from({ length: 8 }, (_, index) => `m${index}`);
    const group = [...await aGroupIn(world, names)];
    const heard = group.map(listen);
    for (const [index, name] of names.entries()) {
      const old = group[index]!;
      world.cut(old.address);
      await old.stop();
      await world.pass(2);
      world.heal();
      group[index] = await world.until(aMemberIn(world, name, { seeds: group.filter((member) => member !== old).map(({ address }) => address) }));
      heard.push(listen(group[index]));
      await world.pass(3);
    }
    expect(heard.flat().filter((line) => /^(failed|conflict|leave|error) /.test(line))).toEqual([]);
    const addresses = group.map(({ address }) => address);
    for (const member of group) expect(names.map((name) => member.find(name)?.address)).toEqual(addresses);
    await stopAll(group);
  });
});
