/** Whether a member is in its group: `readiness`, and the probe that tells it. */

import { Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import type { SwimMember } from "../../../adapter/index.ts";
import { serveMetrics } from "../../../adapter/metrics/index.ts";
import { aMemberIn, aWorld, stopAll } from "../member/group.ts";

describe("a readiness probe", () => {
  async function serving(member: SwimMember): Promise<{ readonly ready: () => Promise<readonly unknown[]>; readonly close: () => Promise<void> }> {
    const server = await serveMetrics({ at: "0", metrics: { registry: new Registry(), contentType: "text/plain", text: () => Promise.resolve(""), close: () => {} }, member });
    const ready = async (): Promise<readonly unknown[]> => {
      const answer = await fetch(`${server.url}/readyz`);
      return [answer.status, await answer.json()];
    };
    return { ready, close: server.close };
  }
  const report = (member: SwimMember, status: string, members = 1): unknown => ({ status, name: member.name, address: member.address, members });

  test("is green where there are no seeds, until it leaves", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a");
    const { ready, close } = await serving(a);
    expect(await ready()).toEqual([200, report(a, "ready")]);
    await world.until(a.leave());
    expect(await ready()).toEqual([503, report(a, "departed", 0)]);
    await close();
  });

  test("is red until a seed lets it in, however often it asks, and green from then on, even when it has lost everybody", async () => {
    const world = aWorld();
    const at = "10.0.0.9:7946";
    const b = await aMemberIn(world, "b", { seeds: [at] });
    const { ready, close } = await serving(b);
    expect(await ready()).toEqual([503, report(b, "joining")]);
    await world.pass(30);
    expect(await ready()).toEqual([503, report(b, "joining")]);
    const a = await aMemberIn(world, "a", { transport: world.transport(at) });
    await world.pass(10);
    expect(await ready()).toEqual([200, report(b, "ready", 2)]);
    await a.stop();
    await world.pass(60);
    expect(await ready()).toEqual([200, report(b, "ready")]);
    await close();
    await b.stop();
  });

  test.each(["swimlab", "serf"] as const)("is red from the first word of the goodbye on: %s", async (preset) => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { preset });
    const b = await aMemberIn(world, "b", { preset });
    const joined = b.join([a.address]);
    expect([a.readiness, b.readiness], "nobody has answered").toEqual(["ready", "joining"]);
    expect([await world.until(joined), b.readiness]).toEqual([1, "ready"]);
    const left = b.leave();
    expect(b.readiness).toBe("leaving");
    await world.until(left);
    await a.stop();
    expect([a.readiness, b.readiness]).toEqual(["leaving", "leaving"]);
  });

  test("is green for the first of all, whose only seed is itself, and for whom others have joined", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { seeds: ["10.0.0.1:7946"] });
    await world.pass(1);
    const b = await aMemberIn(world, "b", { seeds: ["10.0.0.9:7946"] });
    await world.pass(1);
    expect([a.address, a.readiness, b.readiness]).toEqual(["10.0.0.1:7946", "ready", "joining"]);
    await world.until(a.join([b.address]));
    await world.pass(1);
    expect(b.readiness).toBe("ready");
    await stopAll([a, b]);
  });

  test("is green where seeds are looked for and there are none", async () => {
    const world = aWorld();
    const a = await aMemberIn(world, "a", { seeds: () => [] });
    await world.pass(1);
    expect(a.readiness).toBe("ready");
    await a.stop();
  });
});
