/** A server of metrics keeps no process alive, nor does whoever reads from it. */

import { Agent, get } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../program.ts";

test("a process ends when its member has stopped, though somebody keeps a connection for the next scrape", async () => {
  const child = run(process.execPath, ["--import", "tsx", fileURLToPath(new URL("unref.ts", import.meta.url))]);
  const url = await child.begun(() => /http:\S+/.exec(child.said())?.[0]);
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve, reject) => { get(`${url}/metrics`, { agent }, (answer) => answer.resume().once("end", resolve)).once("error", reject); });
  const kept = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
  expect(kept).toHaveLength(1);
  const over = new Promise<void>((resolve) => { kept[0]!.once("close", () => resolve()); });
  child.signal("SIGTERM");
  await over;
  await child.stop();
}, 20_000);
