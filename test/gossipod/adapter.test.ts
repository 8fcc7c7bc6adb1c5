/** Of the seventeen things that Gossipod did not do, or did wrong, those that concern more than the engine: sockets, keys, figures. The others: shortcomings.test.ts. */

import { afterEach, expect, test } from "vitest";
import { createMember, keyringOf, memberlistCodec, udpTcp, type Codec, type SwimMember } from "../../adapter/index.ts";
import { memberWatch, metricsOf } from "../../adapter/metrics/index.ts";
import { advertisedHost } from "../../adapter/transport/advertise.ts";
import { address } from "../../engine/index.ts";
import { aMemberIn, aWorld, stopAll } from "../adapter/member/group.ts";
import { readPrometheus, valueOf } from "../adapter/metrics/prometheus.ts";
import { isIPv6PassedOver } from "../adapter/transport/ends.ts";
import { alive, ping } from "../builders.ts";

const running: SwimMember[] = [];
afterEach(async () => { await Promise.all(running.splice(0).map((member) => member.stop())); });

test("Gossipod 3: what is said is sealed, and opened by whoever has the key; damaged, under another key or without one it is not heard", () => {
  const codecWith = (...keys: readonly number[]): Codec => memberlistCodec({ keyring: keyringOf(keys.map((key) => new Uint8Array(32).fill(key))) });
  const message = { ...ping("a", "b"), gossip: [alive("hidden-from-strangers")] };
  const from = address("10.0.0.1:7946");
  const packet = codecWith(1).encode(message, 5);
  expect(Buffer.from(packet).includes("hidden-from-strangers")).toBe(false);
  expect(Buffer.from(codecWith().encode(message, 5)).includes("hidden-from-strangers"), "without keys").toBe(true);
  expect(codecWith(1).decode(packet, from)).toEqual({ ok: true, message, unread: [] });
  expect(codecWith(2, 1).decode(packet, from), "an older key").toMatchObject({ ok: true, message });
  expect([codecWith(2), codecWith()].map((codec) => codec.decode(packet, from).ok), "another key, and none").toEqual([false, false]);
  for (let place = 0; place < packet.length; place += 5) expect(codecWith(1).decode(packet.with(place, packet[place]! ^ 1), from).ok, `byte ${place} damaged`).toBe(false);
});

const families = [["127.0.0.1", /^127\.0\.0\.1:\d+$/], ...(isIPv6PassedOver ? [] : [["::1", /^\[::1\]:\d+$/] as const])] as const;

test.each(families)("Gossipod 14: members start and meet on %s, and look for no address of the other family, nor for one beyond the host", async (host, shape) => {
  const bind = host.includes(":") ? `[${host}]:0` : `${host}:0`;
  const transports = [udpTcp({ bind }), udpTcp({ bind })];
  for (const [number, transport] of transports.entries()) running.push(await createMember({ name: `m${number}`, transport }));
  const [one, other] = running;
  if (one === undefined || other === undefined) throw new Error("two members were started");
  expect(one.address).toMatch(shape);
  expect(await other.join([one.address])).toBe(1);
  expect(other.members().map(({ name, address: where }) => [name, where])).toEqual([["m0", one.address], ["m1", other.address]]);
});

test("Gossipod 14: who listens everywhere has an address to be known by, though the host has none of one family, or none but its loopback", () => {
  const lo = [{ address: "127.0.0.1", family: "IPv4" as const, internal: true }];
  const eth0 = [{ address: "fd00::1", family: "IPv6" as const, internal: false }];
  expect([advertisedHost("0.0.0.0", { lo }), advertisedHost("0.0.0.0", { lo, eth0 }), advertisedHost("::", { lo, eth0 })]).toEqual(["127.0.0.1", "127.0.0.1", "fd00::1"]);
});

test("Gossipod 16: the protocol has figures, and each moves when what it counts happens", async () => {
  const world = aWorld();
  const watch = memberWatch();
  const a = await aMemberIn(world, "a", { recorder: watch });
  const metrics = metricsOf(a, { watch });
  const read = async (...names: readonly (readonly [string, Record<string, string>?])[]): Promise<readonly (number | undefined)[]> => {
    const figures = readPrometheus(await metrics.text());
    return names.map(([name, labels = {}]) => valueOf(figures, name, labels));
  };
  const [b, c] = [await aMemberIn(world, "b", { seeds: [a.address] }), await aMemberIn(world, "c", { seeds: [a.address] })];
  const group = [["swimlab_members", { status: "alive" }], ["swimlab_members", { status: "failed" }], ["memberlist_msg_suspect"], ["memberlist_msg_dead"]] as const;
  const traffic = [["swimlab_datagrams_sent_total", { kind: "ping" }], ["memberlist_udp_received"], ["swimlab_probe_seconds_count", { outcome: "direct" }]] as const;
  await world.pass(5);
  const early = await read(...traffic);
  await world.pass(5);
  const late = await read(...traffic);
  expect(early.map((value, place) => (value ?? 0) > 0 && (late[place] ?? 0) > (value ?? 0))).toEqual([true, true, true]);
  expect(await read(...group)).toEqual([3, 0, 0, 0]);
  await b.stop();
  await world.pass(40);
  expect(await read(...group)).toEqual([2, 1, 1, 1]);
  expect((await read(["swimlab_probe_seconds_count", { outcome: "failed" }], ["swimlab_suspicion_seconds_count", { outcome: "failed" }])).map((value) => (value ?? 0) > 0)).toEqual([true, true]);
  await stopAll([a, c]);
});
