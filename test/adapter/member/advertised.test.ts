/** Members that are reached elsewhere than where they listen: on every address, or behind a door that passes on what comes to another address and port. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createMember, type MemberOptions, type SwimMember } from "../../../adapter/index.ts";
import { brisk } from "../brisk.ts";
import { ownPlace } from "../own-place.ts";
import { until } from "../until.ts";
import { listen } from "./group.ts";

/** What ends when a test is over. */
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => { for (const end of ends.splice(0).toReversed()) await end(); });

async function aMember(name: string, options: Partial<MemberOptions> = {}): Promise<SwimMember> {
  const member = await createMember({ name, bind: "127.0.0.1:0", config: brisk, ...options });
  ends.push(() => member.stop());
  return member;
}

type Door = { readonly address: string; readonly passed: () => { readonly datagrams: number; readonly streams: number } };

/** A port of 127.0.0.1 that passes on datagrams and streams to where a member listens, as a router does that forwards a port. What goes out does not come this way. */
async function doorTo(place: string): Promise<Door> {
  const [host = "", port = ""] = place.split(":");
  const passed = { datagrams: 0, streams: 0 };
  const streams = new Set<Socket>();
  const server = createServer((outside) => {
    passed.streams++;
    const inside = connect({ host, port: Number(port) });
    for (const socket of [outside, inside]) {
      streams.add(socket);
      socket.on("error", () => { outside.destroy(); inside.destroy(); }).on("close", () => streams.delete(socket));
    }
    outside.pipe(inside).pipe(outside);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  const socket = createSocket("udp4");
  socket.on("message", (packet) => {
    passed.datagrams++;
    socket.send(packet, Number(port), host);
  });
  socket.bind(own, "127.0.0.1");
  await once(socket, "listening");
  ends.push(() => {
    socket.close();
    server.close();
    for (const stream of streams) stream.destroy();
  });
  return { address: `127.0.0.1:${own}`, passed: () => ({ ...passed }) };
}

/** Each of these holds the member for alive, at this address. */
const allHold = (members: readonly SwimMember[], { name }: SwimMember, address: string): boolean =>
  members.every((member) => member.find(name)?.status === "alive" && member.find(name)?.address === address);

const textOf = (payload: Uint8Array): string => Buffer.from(payload).toString();

test("who listens on every address, and says under which it is reached, is known by that, and alive to all", async () => {
  const seed = await aMember("seed", { bind: "0.0.0.0:0", advertise: "127.0.0.1" });
  const port = seed.address.split(":").at(-1);
  expect(seed.address).toBe(`127.0.0.1:${port}`);
  const other = await aMember("other", { bind: "0.0.0.0:0", advertise: "127.0.0.1" });
  expect(await other.join([seed.address])).toBe(1);
  await until("each knows the other by what it advertises", () => allHold([seed, other], other, other.address) && allHold([seed, other], seed, `127.0.0.1:${port}`));
  expect([await seed.ping("other") > 0, await other.ping("seed") > 0]).toEqual([true, true]);
});

test.runIf(process.platform === "linux")("who is behind a door, on another address and port, is reached by all through it, and held dead by nobody", async () => {
  const place = ownPlace();
  const door = await doorTo(place);
  const a = await aMember("a");
  const inside = await aMember("inside", { bind: place, advertise: door.address });
  const [hostOfPlace] = place.split(":");
  expect([inside.address, hostOfPlace === "127.0.0.1"]).toEqual([door.address, false]);
  const heard = listen(a);
  // It joins, and later somebody joins through it: the exchange goes by way of the door.
  expect(await inside.join([a.address])).toBe(1);
  const late = await aMember("late");
  expect(await late.join([door.address])).toBe(1);
  const members = [a, inside, late];
  await until("all know it by its door, those who hear of it by gossip too", () => members.every((member) => member.members().length === 3) && allHold(members, inside, door.address));
  const before = door.passed();
  expect(before.streams).toBe(1);
  expect(await a.ping("inside")).toBeGreaterThan(0);
  const [word, long] = [inside.once("message"), "long ".repeat(20_000)];
  a.send("inside", long, { reliable: true });
  expect(textOf((await word).payload)).toBe(long);
  expect(door.passed().streams).toBe(2);
  // Several periods long, each probes the others: all the pings to it, and all the acks to its own, come through the door.
  const pings = (): number => (a.stats().sent["ping"]?.count ?? 0) + (late.stats().sent["ping"]?.count ?? 0);
  const first = pings();
  await until("both have probed for some periods", () => pings() >= first + 8);
  expect(door.passed().datagrams).toBeGreaterThan(before.datagrams + 3);
  expect(inside.stats().received["ack"]?.count).toBeGreaterThan(0);
  expect(heard.filter((line) => line.startsWith("failed"))).toEqual([]);
  expect(allHold(members, inside, door.address)).toBe(true);
});
