/** A member's figures, against what happened to it. */

import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import { createMember, type SwimMember } from "../../../adapter/index.ts";
import { memberWatch, metricsOf, placeOf, serveMetrics, type Metrics } from "../../../adapter/metrics/index.ts";
import { ownReadings } from "../../../adapter/metrics/own-names.ts";
import { aMemberIn, aWorld, stopAll } from "../member/group.ts";
import { readPrometheus, valueOf } from "./prometheus.ts";

/** Three members that have been together for ten seconds, the first of which is watched. */
async function aWatchedGroup(options: Parameters<typeof metricsOf>[1] = {}) {
  const world = aWorld();
  const watch = memberWatch();
  const a = await aMemberIn(world, "a", { recorder: watch });
  const metrics = metricsOf(a, { watch, ...options });
  const [b, c] = [await aMemberIn(world, "b", { seeds: [a.address] }), await aMemberIn(world, "c", { seeds: [a.address] })];
  await world.pass(10);
  return { world, a, b, c, metrics, read: async () => readPrometheus(await metrics.text()) };
}

describe("what is told", () => {
  test("a settled group: members, probes that are answered, bytes both ways; nothing suspected, nothing dropped", async () => {
    const { a, b, c, read } = await aWatchedGroup();
    const figures = await read();
    const value = (name: string, labels = {}): number | undefined => valueOf(figures, name, labels);
    expect(value("swimlab_members", { status: "alive" })).toBe(3);
    expect(value("memberlist_node_instances", { node_state: "alive" })).toBe(3);
    expect(value("memberlist_msg_alive")).toBe(2);
    expect(value("memberlist_health_score")).toBe(0);
    expect(value("memberlist_queue_broadcasts")).toBe(0);
    expect(value("swimlab_suspicions_total", { origin: "probe" })).toBe(0);
    for (const reason of ["malformed", "damaged", "too-slow", "too-many", "broken", "not-allowed"]) expect(value("swimlab_drops_total", { reason }), reason).toBe(0);
    // Ten periods, of which the first begins at a random moment and the last may be under way.
    expect(value("swimlab_probe_seconds_count", { outcome: "direct" })).toBeGreaterThanOrEqual(8);
    expect(value("memberlist_probeNode_count")).toBe(value("swimlab_probe_seconds_count", { outcome: "direct" }));
    expect(value("memberlist_tcp_accept")).toBe(a.stats().counters["steps.exchange-opened"]);
    const { sent, received } = a.stats();
    expect(value("swimlab_datagrams_sent_total", { kind: "ping" })).toBe(sent["ping"]?.count);
    expect(value("swimlab_streams_sent_total", { kind: "push-pull" })).toBe(sent["push-pull"]?.count);
    const streams = new Set(["push-pull", "compare", "patch", "user", "stream-ping", "stream-ack"]);
    const datagrams = Object.entries(received).filter(([kind]) => !streams.has(kind)).reduce((sum, [, { bytes }]) => sum + bytes, 0);
    expect(value("memberlist_udp_received")).toBe(datagrams);
    await stopAll([a, b, c]);
  });

  test("oddities that the engine and Serf's layer call alike are counted together", async () => {
    const { a, b, c } = await aWatchedGroup();
    const counters = { "oddities.oversized": 2, "oddities.unheard": 1, "serf.oversized": 3, "serf.crowded": 4 };
    const reading = ownReadings.find(({ name }) => name === "swimlab_oddities_total");
    const counted = reading?.read({ member: a, stats: { ...a.stats(), counters } }).map(({ labels, value }) => [labels["kind"], value]);
    expect(Object.fromEntries(counted ?? [])).toEqual({ oversized: 5, unheard: 1, crowded: 4 });
    await stopAll([a, b, c]);
  });

  test("a member that crashes: suspected, by whom, for how long; dead; then somebody leaves", async () => {
    const { world, a, b, c, read } = await aWatchedGroup();
    await b.stop();
    await world.pass(30);
    const figures = await read();
    const origins = ["probe", "gossip", "push-pull"].map((origin) => valueOf(figures, "swimlab_suspicions_total", { origin }) ?? 0);
    expect(origins.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(valueOf(figures, "memberlist_msg_suspect")).toBe(1);
    expect(valueOf(figures, "memberlist_msg_dead")).toBe(1);
    expect(valueOf(figures, "swimlab_members", { status: "failed" })).toBe(1);
    expect(valueOf(figures, "swimlab_suspicion_seconds_count", { outcome: "failed" })).toBe(1);
    expect(valueOf(figures, "swimlab_suspicion_seconds_sum", { outcome: "failed" })).toBeGreaterThan(3);
    expect(valueOf(figures, "swimlab_suspicion_seconds_count", { outcome: "cleared" })).toBe(0);
    const failed = valueOf(figures, "swimlab_probe_seconds_count", { outcome: "failed" }) ?? 0;
    expect(failed).toBeGreaterThanOrEqual(origins[0] ?? 0);
    await world.until(c.leave());
    await world.pass(2);
    expect(valueOf(await read(), "swimlab_members", { status: "left" })).toBe(1);
    await a.stop();
  });

  test("a late alarm is a lateness and a stall", async () => {
    const { world, a, b, c, read } = await aWatchedGroup();
    world.jump(3);
    await world.pass(1);
    const figures = await read();
    expect(valueOf(figures, "swimlab_alarm_lateness_max_seconds")).toBeGreaterThan(1);
    expect(valueOf(figures, "swimlab_stalls_total")).toBeGreaterThanOrEqual(1);
    await stopAll([a, b, c]);
  });

  test("the receive buffer is told by who has one, and is not there where there is none", async () => {
    await using sockets = await createMember({ name: "s", bind: "127.0.0.1:0" });
    const told = valueOf(readPrometheus(await metricsOf(sockets).text()), "swimlab_receive_buffer_bytes");
    expect(told).toBe(sockets.stats().gauges["receive-buffer"]);
    expect(told).toBeGreaterThanOrEqual(65_536);
    const inMemory = await aMemberIn(aWorld(), "m");
    expect(valueOf(readPrometheus(await metricsOf(inMemory).text()), "swimlab_receive_buffer_bytes")).toBeUndefined();
    expect(inMemory.stats().gauges).not.toHaveProperty("receive-buffer");
    await inMemory.stop();
  });

  test("broadcasts given up because too many wait are counted, ours and under Serf's layer what is to be told on", async () => {
    const world = aWorld();
    const [plain, serf] = [await aMemberIn(world, "p"), await aMemberIn(world, "s", { preset: "serf" })];
    const untold = async (member: SwimMember): Promise<number | undefined> => {
      const metrics = metricsOf(member, { registry: new Registry() });
      const value = valueOf(readPrometheus(await metrics.text()), "swimlab_untold_total");
      metrics.close();
      return value;
    };
    for (let nth = 0; nth < 4_096; nth++) {
      plain.broadcast(`${nth}`);
      serf.event(`${nth}`);
    }
    expect([await untold(plain), await untold(serf)]).toEqual([0, 0]);
    for (const nth of ["one", "two", "three"]) {
      plain.broadcast(nth);
      serf.event(nth);
    }
    expect([await untold(plain), await untold(serf)]).toEqual([3, 3]);
    expect([plain.stats().gauges["queue.normal"], serf.stats().gauges["queue.bulk"]]).toEqual([4_096, 4_096]);
    await stopAll([plain, serf]);
  });

  test("a prefix stands before every name; closed, the registry has none of ours left, and others' stay", async () => {
    const registry = new Registry();
    const { a, b, c, metrics } = await aWatchedGroup({ registry, prefix: "consul_" });
    const second = metricsOf(b, { registry, prefix: "second_" });
    const names = registry.getMetricsAsArray().map(({ name }) => name);
    expect(names).toContain("consul_memberlist_udp_sent");
    expect(names.every((name) => name.startsWith("consul_") || name.startsWith("second_"))).toBe(true);
    metrics.close();
    expect(registry.getMetricsAsArray().every(({ name }) => name.startsWith("second_"))).toBe(true);
    second.close();
    expect(registry.getMetricsAsArray()).toEqual([]);
    await stopAll([a, b, c]);
  });

  test("docs/metrics.md names each of them, with its type, and no other", async () => {
    const { a, b, c, read } = await aWatchedGroup();
    const page = readFileSync(new URL("../../../docs/metrics.md", import.meta.url), "utf8");
    const documented = Array.from(page.matchAll(/^\| `((?:memberlist|swimlab)_\w+)`[^|]*\| (\w+) \|/gm), ([, name, type]) => `${name} ${type}`);
    expect(documented.toSorted()).toEqual(Array.from((await read()).values(), ({ name, type }) => `${name} ${type}`).toSorted());
    await stopAll([a, b, c]);
  });
});

describe("the server", () => {
  const fakeMetrics = (text: () => Promise<string>): Metrics => ({ registry: new Registry(), contentType: "text/plain; version=0.0.4; charset=utf-8", text, close: () => {} });

  async function serving(text: () => Promise<string> = () => Promise.resolve("x 1\n")): Promise<{ member: SwimMember; url: string; close: () => Promise<void> }> {
    const member = await aMemberIn(aWorld(), "a");
    const server = await serveMetrics({ at: "0", metrics: fakeMetrics(text), member });
    return { member, url: server.url, close: async () => { await server.close(); await member.stop(); } };
  }

  test("serves figures, whether it is well, and what there is; on the loopback", async () => {
    const { member, url, close } = await serving();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const figures = await fetch(`${url}/metrics?x=1`);
    expect([figures.status, figures.headers.get("content-type"), await figures.text()]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8", "x 1\n"]);
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok", name: "a", address: member.address, health: 0, members: 1 }]);
    expect((await fetch(`${url}/`)).status).toBe(200);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: "POST" })).status).toBe(405);
    expect(await (await fetch(`${url}/metrics`, { method: "HEAD" })).text()).toBe("");
    await close();
  });

  test("who has left is not well", async () => {
    const world = aWorld();
    const member = await aMemberIn(world, "a");
    const server = await serveMetrics({ at: "127.0.0.1:0", metrics: fakeMetrics(() => Promise.resolve("")), member });
    await world.until(member.leave());
    const health = await fetch(`${server.url}/healthz`);
    expect([health.status, await health.json()]).toMatchObject([503, { status: "departed" }]);
    await server.close();
  });

  test("a figure that can't be read costs one connection, not the member", async () => {
    const { member, url, close } = await serving(() => Promise.reject(new Error("broken")));
    await expect(fetch(`${url}/metrics`)).rejects.toThrow();
    expect(member.state.phase.kind).toBe("member");
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await close();
  });

  test("closing does not wait for whoever keeps a connection", async () => {
    const { url, close } = await serving();
    const kept = request(`${url}/metrics`, { method: "POST" });
    kept.on("error", () => {});
    kept.write("never ends");
    await new Promise<void>((resolve) => { kept.once("response", () => resolve()); kept.flushHeaders(); });
    await close();
  });

  test("a port in use is one sentence", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => { other.listen(0, "127.0.0.1", resolve); });
    const { port } = other.address() as AddressInfo;
    const member = await aMemberIn(aWorld(), "a");
    await expect(serveMetrics({ at: `${port}`, metrics: fakeMetrics(() => Promise.resolve("")), member })).rejects.toMatchObject({
      code: "port-in-use", message: `metrics: another process listens on 127.0.0.1:${port}: choose another port, or 0 for any free one`,
    });
    await member.stop();
    other.close();
  });

  test.each([
    ["9090", { host: "127.0.0.1", port: 9090 }],
    [":9090", { host: "127.0.0.1", port: 9090 }],
    ["0.0.0.0:0", { host: "0.0.0.0", port: 0 }],
    ["[::1]:9090", { host: "::1", port: 9090 }],
    ["metrics.local:80", { host: "metrics.local", port: 80 }],
  ])("%s is a place", (at, place) => expect(placeOf(at)).toEqual(place));

  test.each(["", "x", "1.2.3.4", "::1:9090", "a:70000", "http://x:1"])("%j is none", (at) => expect(() => placeOf(at)).toThrow(/is not an address to listen on: write host:port/));
});

test.each([["a b", /"a b" is no prefix for names of metrics/], ["9_", /no digit first/]])("a prefix that no name can begin with is refused: %j", async (prefix, says) => {
  const a = await aMemberIn(aWorld(), "a");
  expect(() => metricsOf(a, { prefix })).toThrow(expect.objectContaining({ code: "bad-option", message: expect.stringMatching(says) }));
  await a.stop();
});

test("two members in one registry need two prefixes, and the second leaves nothing there", async () => {
  const world = aWorld();
  const [a, b] = [await aMemberIn(world, "a"), await aMemberIn(world, "b")];
  const registry = new Registry();
  metricsOf(a, { registry });
  const before = registry.getMetricsAsArray().length;
  expect(() => metricsOf(b, { registry })).toThrow(expect.objectContaining({ code: "bad-option", message: "the registry has a member's figures already: give each its own prefix" }));
  expect(registry.getMetricsAsArray().length).toBe(before);
  metricsOf(b, { registry, prefix: "b_" });
  await stopAll([a, b]);
});
