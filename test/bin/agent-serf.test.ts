/** Our agent in a pool of a real Serf agent's: tags both ways, a goodbye, and keys that Serf changes. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isPassedOver, startAgent as startSerf } from "../adapter/serf/agent.ts";
import { passingFolder } from "../cli/command.ts";
import { about, startAgent } from "./agents.ts";

const folder = passingFolder();

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

test.runIf(!isPassedOver)("what serf keys changes is in the agent's key file, and a restart begins with it", async () => {
  const [OLD, NEW, THIRD] = ["AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "ZGVmZ2hpamtsbW5vcHFycw==", "AAAAAAAAAAAAAAAAAAAAAA=="];
  const keyFile = join(folder, "keyring.json");
  writeFileSync(keyFile, JSON.stringify([OLD]));
  const serf = await startSerf("s1", `-encrypt=${OLD}`);
  const words = ["--name", "a", "--bind", "127.0.0.1:0", "--join", `127.0.0.1:${serf.port}`, "--preset", "serf", "--json", "--key-file", keyFile];
  const agent = startAgent(...words);
  await agent.said("join", about("s1"));
  for (const [deed, keys] of [["install", [OLD, NEW]], ["use", [NEW, OLD]]] as const) {
    const from = agent.lines.length;
    await serf.tell("keys", `-${deed}=${NEW}`);
    expect(await agent.said("keys-written", () => true, from)).toMatchObject({ file: keyFile });
    expect(JSON.parse(readFileSync(keyFile, "utf8"))).toEqual(keys);
  }
  const from = agent.lines.length;
  agent.process.kill("SIGHUP");
  expect(await agent.said("read-again", () => true, from), "what it wrote itself is no news to it").toMatchObject({ done: [] });
  // Somebody writes a third key there, and has not said so yet.
  writeFileSync(keyFile, JSON.stringify([NEW, OLD, THIRD]));
  await serf.tell("keys", `-remove=${OLD}`);
  expect(await agent.said("keys-not-written", () => true, from)).toMatchObject({ file: keyFile });
  expect(JSON.parse(readFileSync(keyFile, "utf8"))).toEqual([NEW, OLD, THIRD]);
  agent.process.kill("SIGTERM");
  expect(await agent.ended).toBe(0);
  const again = startAgent(...words);
  await again.said("join", about("s1"));
  again.process.kill("SIGKILL");
  await serf.stop();
}, 120_000);
