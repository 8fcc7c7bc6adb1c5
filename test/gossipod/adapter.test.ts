/** Of the seventeen things that Gossipod did not do, or did wrong, those that concern more than the engine: sockets, keys, figures. The others: shortcomings.test.ts. */

import { afterEach, expect, test } from "vitest";
import { createMember, keyringOf, memberlistCodec, udpTcp, type Codec, type SwimMember, type Transport } from "../../adapter/index.ts";
import { memberWatch, metricsOf } from "../../adapter/metrics/index.ts";
import { advertisedHost } from "../../adapter/transport/advertise.ts";
import { address, encode } from "../../engine/index.ts";
import { allFrom, stranger } from "../adapter/exchange/sides.ts";
import { aMemberIn, aWorld, stopAll } from "../adapter/member/group.ts";
import { readPrometheus, valueOf } from "../adapter/metrics/prometheus.ts";
import { isIPv6PassedOver } from "../adapter/transport/ends.ts";
import { alive, aRecord, ping, pushPull } from "../builders.ts";

const running: SwimMember[] = [];
afterEach(async () => { await Promise.all(running.splice(0).map((member) => member.stop())); });

test("more of Gossipod 3: what is said is sealed, and opened by whoever has the key; damaged, under another key or without one it is not heard", () => {
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

test("Gossipod 9: who leaves says goodbye while its sockets are open: everybody has heard it before they are closed, and only then is the leave over", async () => {
  const world = aWorld();
  const [a, c] = [await aMemberIn(world, "a"), await aMemberIn(world, "c")];
  const happened: string[] = [];
  const inner = world.transport();
  const codec = memberlistCodec();
  const tellsGoodbye = (packet: Uint8Array): boolean => {
    const decoded = codec.decode(packet, address(a.address));
    return decoded.ok && decoded.message.gossip.some((claim) => claim.kind === "left" && claim.about === "b");
  };
  const transport: Transport = {
    ...inner,
    send: (to, packet) => {
      if (tellsGoodbye(packet)) happened.push("goodbye sent");
      inner.send(to, packet);
    },
    close: () => {
      happened.push("sockets closed");
      return inner.close();
    },
  };
  const b = await aMemberIn(world, "b", { transport, codec, seeds: [a.address, c.address] });
  await world.pass(10);
  for (const other of [a, c]) other.on("leave", ({ peer }) => happened.push(`${other.name} heard that ${peer.name} left`));
  await world.until(b.leave().then(() => { happened.push("left"); }));
  expect(happened.slice(-2)).toEqual(["sockets closed", "left"]);
  expect(new Set(happened.slice(0, -2)), "all before").toEqual(new Set(["goodbye sent", "a heard that b left", "c heard that b left"]));
  expect([b.self.status, a.find("b")?.status, c.find("b")?.status], "its own record says so as well").toEqual(["left", "left", "left"]);
  await stopAll([a, c]);
});

test("Gossipod 12: what comes over a stream is one message, however it is cut up on its way: a member takes it in when it is all there, and answers it whole", async () => {
  const member = await createMember({ name: "a", transport: udpTcp({ bind: "127.0.0.1:0" }), preset: "memberlist-lan" });
  running.push(member);
  const crowd = Array.from({ length: 100 }, (_, number) => aRecord(`m${number}`, { meta: "much to say of itself" }));
  const written = encode(pushPull(true, ...crowd));
  expect(written.length, "more than one read").toBeGreaterThan(4096);
  const caller = await stranger(address(member.address));
  try {
    for (let place = 0; place < written.length; place += 97) {
      expect(member.members().length, "nothing is taken from a part of it").toBe(1);
      await new Promise((resolve) => { caller.write(written.subarray(place, place + 97), resolve); });
      // A turn for whoever reads: the pieces come one by one.
      await new Promise(setImmediate);
    }
    const answer = memberlistCodec().decodeStream(await allFrom(caller), address(member.address), "answerer");
    expect(answer).toMatchObject({ kind: "message", message: { kind: "push-pull", join: true } });
    expect(member.members().length).toBe(101);
  } finally {
    caller.destroy();
  }
});

const families = [["127.0.0.1", /^127\.0\.0\.1:\d+$/], ...(isIPv6PassedOver ? [] : [["::1", /^\[::1\]:\d+$/] as const])] as const;

test("Gossipod 14: members start and meet on the loopback of either family, and look for no address of the other, nor for one beyond the host", async () => {
  for (const [host, shape] of families) {
    const bind = host.includes(":") ? `[${host}]:0` : `${host}:0`;
    const [one, other] = [await createMember({ name: "m0", transport: udpTcp({ bind }) }), await createMember({ name: "m1", transport: udpTcp({ bind }) })];
    running.push(one, other);
    expect(one.address).toMatch(shape);
    expect(await other.join([one.address])).toBe(1);
    expect(other.members().map(({ name, address: where }) => [name, where])).toEqual([["m0", one.address], ["m1", other.address]]);
  }
});

test("more of Gossipod 14: who listens everywhere has an address to be known by, though the host has none of one family, or none but its loopback", () => {
  const lo = [{ address: "127.0.0.1", family: "IPv4" as const, internal: true }];
  const eth0 = [{ address: "fd00::1", family: "IPv6" as const, internal: false }];
  expect([advertisedHost("0.0.0.0", { lo }), advertisedHost("0.0.0.0", { lo, eth0 }), advertisedHost("::", { lo, eth0 })]).toEqual(["127.0.0.1", "127.0.0.1", "fd00::1"]);
});

test("more of Gossipod 16: the protocol has figures, and each moves when what it counts happens", async () => {
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
