/** Our agent in a pool of a real Serf agent's: tags both ways, and a goodbye. */

import { expect, test } from "vitest";
import { isPassedOver, startAgent as startSerf } from "../adapter/serf/agent.ts";
import { about, startAgent } from "./agents.ts";

test.runIf(!isPassedOver)("joins Serf, is seen there with its tags, and leaves", async () => {
  const serf = await startSerf("s1", "-tag", "role=lb");
  const words = (name: string): readonly string[] => ["--name", name, "--bind", "127.0.0.1:0", "--join", `127.0.0.1:${serf.port}`, "--preset", "serf", "--json"];
  const a = startAgent(...words("a"), "--tag", "role=web");
  const b = startAgent(...words("b"), "--tag", "role=db");
  expect(await a.said("join", about("s1"))).toMatchObject({ member: { status: "alive", tags: { role: "lb" } } });
  // Both joined Serf: what they know of one another they have from it.
  await Promise.all([a.said("join", about("b")), b.said("join", about("a"))]);
  a.process.kill("SIGTERM");
  expect(await a.ended).toBe(0);
  expect(await b.said("leave", about("a"))).toMatchObject({ member: { status: "left", tags: { role: "web" } } });
  await serf.stop();
  b.process.kill("SIGKILL");
}, 120_000);
