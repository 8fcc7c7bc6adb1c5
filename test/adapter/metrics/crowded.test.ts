/** The server of figures among those who hold it up: they are hung up on, and are so many at most. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SwimMember } from "../../../adapter/index.ts";
import { serveMetrics, type MetricsServer } from "../../../adapter/metrics/index.ts";
import { aMemberIn, aWorld } from "../member/group.ts";

let [member, server]: [SwimMember?, MetricsServer?] = [];
const callers: Socket[] = [];

beforeAll(async () => {
  member = await aMemberIn(aWorld(), "a");
  server = await serveMetrics({ at: "0", member, metrics: { registry: new Registry(), contentType: "text/plain", text: () => Promise.resolve("x 1\n"), close: () => {} } });
});
afterAll(async () => {
  for (const caller of callers) caller.destroy();
  await server?.close();
  await member?.stop();
});

/** Somebody who connects, and says no more than this. */
async function caller(words: string): Promise<Socket> {
  const socket = connect(Number(new URL(server?.url ?? "").port), "127.0.0.1");
  callers.push(socket.on("error", () => {}));
  socket.write(words);
  await once(socket, "connect");
  return socket;
}

/** All that it hears until it is hung up on. */
async function heardBy(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (piece: string) => { text += piece; });
  await new Promise<void>((resolve) => { socket.once("close", () => resolve()); });
  return text;
}

/** What is answered to one who asks for figures: nothing, if it is turned away. */
const answer = async (): Promise<string> => (await heardBy(await caller("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))).slice(0, 15);

test("whoever never comes to the end of its request is hung up on, in ten seconds at most", async () => {
  const since = performance.now();
  await heardBy(await caller("GET /metrics HTTP/1.1\r\nHost: a\r\n"));
  expect(performance.now() - since).toBeGreaterThan(4_900);
}, 25_000);

test("sixty-four may be connected at once; the next is turned away until one has gone", async () => {
  const crowd: Socket[] = [];
  for (let count = 64; count > 0; count--) crowd.push(await caller("GET /healthz HTTP/1.1\r\n"));
  expect(await answer().catch(() => "")).toBe("");
  crowd[0]?.destroy();
  await expect.poll(() => answer().catch(() => ""), { timeout: 4_000 }).toBe("HTTP/1.1 200 OK");
});
