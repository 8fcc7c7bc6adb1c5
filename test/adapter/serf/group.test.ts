/** Three Serf agents and five members of ours, one group: what each side sees of the other's life, and what was recorded of ours. */

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPassedOver, startAgent, type Agent } from "./agent.ts";
import { apart, here, type Apart, type Ours } from "./ours.ts";
import { traceIn } from "../recorder/files.ts";
import { redone } from "../recorder/keeping.ts";
import { until, untilHolds } from "../until.ts";

const house = fileURLToPath(new URL("../../..", import.meta.url));

describe.runIf(!isPassedOver)("three agents and five of ours", () => {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-serf-"));
  const flight = (name: string): string => join(folder, `${name}.flight`);
  const handled = join(folder, "handled");
  let agents: readonly Agent[] = [];
  let ours: readonly Ours[] = [];
  let stopped: Apart;
  let killed: Apart;
  let within: readonly Awaited<ReturnType<typeof here>>[] = [];

  beforeAll(async () => {
    const first = await startAgent("s1", "-tag", "role=db", `-event-handler=user:deploy=cat >> ${handled}`);
    const rest = (name: string): Promise<Agent> => startAgent(name, "-tag", `rack=${name}`, `-join=${first.address}`);
    const seed = [first.address];
    const members = await Promise.all([rest("s2"), rest("s3"), apart("o4", flight("o4"), first.address), apart("o5", flight("o5"), first.address), ...["o1", "o2", "o3"].map((name) => here(name, flight(name), seed))]);
    const [second, third, o4, o5, ...inside] = members as unknown as readonly [Agent, Agent, Apart, Apart, ...typeof within];
    [agents, ours, stopped, killed, within] = [[first, second, third], [...inside, o4, o5], o4, o5, inside];
  }, 120_000);

  afterAll(async () => {
    await Promise.all([...agents, ...ours].map((member) => member.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  const everybody = { s1: { role: "db" }, s2: { rack: "s2" }, s3: { rack: "s3" }, ...Object.fromEntries(["o1", "o2", "o3", "o4", "o5"].map((is) => [is, { by: "swimlab", is }])) };
  const one = (name: string): Ours => ours.find((member) => member.name === name)!;
  const agent = (name: string): Agent => agents.find((member) => member.name === name)!;
  /** What those who still run and are not stopped see of these. */
  const allSee = (seers: readonly (Agent | Ours)[], seen: Readonly<Record<string, string>>): Promise<void> => untilHolds(`all see ${JSON.stringify(seen)}`, async () => {
    const views = await Promise.all(seers.map(async (seer) => ("members" in seer
      ? (await seer.members()).map(({ name, status }) => [name, status])
      : Object.entries(seer.view()).map(([name, [status]]) => [name, status]))));
    for (const view of views) expect(Object.fromEntries(view)).toMatchObject(seen);
  });

  test("agree: all eight are alive, and each shows the tags of the others", async () => {
    await untilHolds("all agree", async () => {
      for (const seer of agents) expect(Object.fromEntries((await seer.members()).map(({ name, tags, status }) => [name, [status, tags]]))).toEqual(aliveWith(everybody));
      for (const seer of ours) expect(seer.view()).toEqual(aliveWith(everybody));
    });
    for (const { port, name } of agents) expect((await agents[0]!.members()).find((line) => line.name === name)?.addr).toBe(`127.0.0.1:${port}`);
    for (const { address, name } of ours) expect((await agents[0]!.members()).find((line) => line.name === name)?.addr).toBe(address);
  });

  test("a user event arrives at every application of ours, and ours at Serf's", async () => {
    await agent("s2").tell("event", "-coalesce=false", "restart", "now");
    await untilHolds("all heard it", () => { for (const { heard } of ours) expect(heard()).toContain("event restart: now"); });
    const { member } = one("o1") as Awaited<ReturnType<typeof here>>;
    member.event("deploy", "v7\n");
    await untilHolds("Serf's handler heard it", () => expect(readFileSync(handled, "utf8")).toBe("v7\n"));
    for (const { heard } of ours) expect(heard().filter((line) => line.startsWith("event restart"))).toHaveLength(1);
  });

  test("one of each side stops, is suspected, goes on, and refutes", async () => {
    const still = [one("o1"), one("o2"), one("o3"), killed];
    await Promise.all([stopAndGoOn(agent("s2")), stopAndGoOn(stopped)]);
    await untilHolds("those who were suspected say so", () => {
      expect(stopped.heard()).toContain("refute");
      expect(agent("s2").said()).toMatch(/memberlist: Refuting a (suspect|dead) message/);
      for (const name of ["s2", "o4"]) expect(still.some(({ heard }) => heard().includes(`clear ${name}`) || heard().includes(`join ${name}`))).toBe(true);
    });
    await allSee([...agents, ...ours], { s2: "alive", o4: "alive" });

    async function stopAndGoOn(member: Agent | Apart): Promise<void> {
      member.signal("SIGSTOP");
      try {
        await until(`${member.name} is suspected`, () => still.some(({ heard }) => heard().includes(`suspect ${member.name}`)));
      } finally {
        member.signal("SIGCONT");
      }
    }
  });

  test("one of each side is killed, and both sides find that it failed", async () => {
    agent("s3").signal("SIGKILL");
    killed.signal("SIGKILL");
    const left = [agent("s1"), agent("s2"), one("o1"), one("o2"), one("o3"), stopped];
    await allSee(left, { s1: "alive", s2: "alive", s3: "failed", o1: "alive", o2: "alive", o3: "alive", o4: "alive", o5: "failed" });
    for (const name of ["o1", "o2", "o3", "o4"]) expect(one(name).heard()).toEqual(expect.arrayContaining(["failed s3", "failed o5"]));
    expect(agent("s1").said()).toContain("EventMemberFailed: o5");
  });

  test("one of each side leaves, and both sides see that it left", async () => {
    await Promise.all([agent("s2").tell("leave"), stopped.leave(), one("o3").leave()]);
    await allSee([agent("s1"), one("o1"), one("o2")], { s1: "alive", s2: "left", s3: "failed", o1: "alive", o2: "alive", o3: "left", o4: "left", o5: "failed" });
    for (const name of ["o1", "o2"]) {
      expect(one(name).heard()).toEqual(expect.arrayContaining(["leave s2", "leave o4", "leave o3"]));
      for (const gone of ["s2", "o4", "o3"]) expect(one(name).heard().filter((line) => line === `leave ${gone}`)).toHaveLength(1);
    }
    // Its log is a pipe, and comes when it comes. Where the farewell overtook Serf's intent, it says that it was forced.
    await untilHolds("Serf's agent says that both left", () => {
      for (const gone of ["o3", "o4"]) expect(agent("s1").said()).toMatch(new RegExp(`EventMemberLeave( \\(forced\\))?: ${gone}`));
    });
  });

  test("what was recorded of all five of ours replays without a differing effect", async () => {
    await Promise.all(ours.map((member) => member.stop()));
    const { code, output } = await replay(...ours.map(({ name }) => flight(name)));
    const told = JSON.parse(output) as { readonly verdict: string; readonly recordings: readonly object[] };
    expect(told).toMatchObject({ verdict: "same" });
    expect(code).toBe(0);
  });

  test("and to the very effects and states that they had, where these were kept beside", () => {
    expect(within).toHaveLength(3);
    for (const { name, deeds } of within) {
      expect(deeds.length).toBeGreaterThan(50);
      expect(redone(traceIn(flight(name)))).toEqual(deeds);
    }
  });

  const replay = (...files: readonly string[]): Promise<{ readonly code: number; readonly output: string }> => new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", "bin/sim.ts", "replay", "--json", ...files], { cwd: house, encoding: "utf8", maxBuffer: 2 ** 26 }, (error, output, errors) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: output === "" ? errors : output }));
  });
});

const aliveWith = (tags: Readonly<Record<string, object>>): object => Object.fromEntries(Object.entries(tags).map(([name, its]) => [name, ["alive", its]]));
