/** Network coordinates under Serf's layer: how far others are, without asking them. */

import { describe, expect, test } from "vitest";
import { roundTripBetween } from "../../../engine/index.ts";
import { aGroupIn, type aMemberIn, aWorld, stopAll } from "./group.ts";

describe("distances", () => {
  test("are about the round-trip times, between others too; of a stranger there is none, nor to oneself", async () => {
    const world = aWorld({ latency: [10, 11] });
    const members = await aGroupIn(world, ["a", "b", "c", "d", "e"], { preset: "serf" }, 180);
    const [a] = members;
    for (const member of members) {
      for (const { name } of members) {
        if (name === member.name) expect(member.distance(name)).toBeUndefined();
        else expect(Math.abs(member.distance(name)! / 21_000 - 1), `from ${member.name} to ${name}`).toBeLessThan(0.25);
      }
    }
    expect(Math.abs(a!.distance("b", "c")! / 21_000 - 1)).toBeLessThan(0.25);
    expect(a!.distance("b")).toBe(roundTripBetween(a!.coordinate()!, a!.coordinate("b")!));
    expect([a!.distance("z"), a!.coordinate("z")]).toEqual([undefined, undefined]);
    await stopAll(members);
  });

  test("tell a near data centre from a far one", async () => {
    const world = aWorld({ latency: [0.2, 0.4] });
    const [here, there] = [["a", "b", "c"], ["x", "y", "z"]];
    const far = new Set<string>();
    const members = await aGroupIn({ ...world, host: (name) => withDelay(world, name, far) }, [...here, ...there], { preset: "serf" }, 5);
    for (const member of members) if (there.includes(member.name)) far.add(member.address);
    await world.pass(240);
    const [a] = members;
    for (const name of here.slice(1)) for (const other of there) expect(a!.distance(name)!, `${name} is nearer than ${other}`).toBeLessThan(a!.distance(other)! / 4);
    await stopAll(members);
  });

  test("are unknown without Serf's layer, where acks carry something of the application's, and where round-trip times are not wanted", async () => {
    const world = aWorld();
    for (const [at, options] of [
      {}, { preset: "serf", hooks: { ackPayload: () => new Uint8Array([7]) } }, { preset: "serf", config: { roundTrips: "silent" } }, { preset: "serf", config: { metaLimit: 100 } },
    ].entries() as ArrayIterator<[number, Parameters<typeof aMemberIn>[2]]>) {
      const members = await aGroupIn(world, [`a${at}`, `b${at}`], options, 30);
      expect([members[0]!.distance(`b${at}`), members[0]!.coordinate()]).toEqual([undefined, undefined]);
      expect(members[0]!.state.mail.toAcks, "acks carry what they are to").toBe(at === 1 ? "\u0007" : "");
      await stopAll(members);
    }
  });
});

/** A place from which datagrams to and from those who are far take 20 ms more. */
function withDelay(world: ReturnType<typeof aWorld>, name: string, far: ReadonlySet<string>): ReturnType<typeof world.host> {
  const host = world.host(name);
  const { transport, clock } = host;
  let own = "";
  return {
    ...host,
    transport: {
      ...transport,
      open: async (receiver) => (own = await transport.open(receiver)),
      send: (to, packet) => {
        const copy = Uint8Array.from(packet);
        if (far.has(own) === far.has(to)) transport.send(to, copy);
        else clock.alarm((clock.now() + 20_000) as ReturnType<typeof clock.now>, () => transport.send(to, copy));
      },
    },
  };
}
