/** A member that nobody's datagrams reach is told so: it would blame the others otherwise. */

import { expect, test } from "vitest";
import { createMember, type SwimMember } from "../../../adapter/index.ts";
import { brisk } from "../brisk.ts";
import { aGroupIn, aWorld, listen, stopAll } from "./group.ts";

const told = (heard: readonly string[]): number => heard.filter((line) => line === "error cut-off").length;

test("who is cut off hears it once in each silence, and the others, who still hear one another, never", async () => {
  const world = aWorld();
  const group = await aGroupIn(world, ["a", "b", "c", "d", "e"]);
  const heard = group.map(listen);
  const errors: string[] = [];
  group[4]!.on("error", ({ error }) => errors.push(error.message));
  for (const silences of [1, 2]) {
    world.cut(group[4]!.address);
    await world.pass(10);
    expect(heard.map(told)).toEqual([0, 0, 0, 0, silences]);
    world.heal();
    await world.pass(60);
  }
  expect(errors[0]).toMatch(/^no datagram has come in while our probes of [a-d] and [a-d] failed: the network may be down here, UDP may be blocked, or nobody can reach us at 10\.0\.0\.5:7946, the address that we advertise$/);
  await stopAll(group);
});

test("of two others both must be silent; of one alone, that died, nothing is said", async () => {
  for (const [names, expected] of [[["a", "b", "c"], 1], [["a", "b"], 0]] as const) {
    const world = aWorld();
    const [a, ...others] = await aGroupIn(world, names);
    const heard = listen(a!);
    for (const other of others) await other.stop();
    await world.pass(20);
    expect(told(heard), names.join(" ")).toBe(expected);
    await a!.stop();
  }
});

test("who advertises an address that leads nowhere is told which", async () => {
  const members: SwimMember[] = [];
  const make = async (name: string, advertise?: string): Promise<SwimMember> => {
    const seeds = members[0] === undefined ? [] : [members[0].address];
    const member = await createMember({ name, bind: "127.0.0.1:0", config: brisk, seeds, ...(advertise !== undefined && { advertise }) });
    members.push(member);
    return member;
  };
  for (const name of ["a", "b", "c"]) await make(name);
  const lost = await make("lost", "127.0.0.1:9");
  const cutOff = new Promise<string>((resolve) => {
    lost.on("error", ({ error }) => { if ("code" in error && error.code === "cut-off") resolve(error.message); });
  });
  expect(await cutOff).toContain("nobody can reach us at 127.0.0.1:9");
  await stopAll(members);
});
