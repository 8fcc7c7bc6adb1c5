/** An encrypted group of both kinds: `serf keys` rotates the key of all, ours included, and nothing is lost over it. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMember, type SwimMember } from "../../../adapter/index.ts";
import { isPassedOver, startAgent, type Agent } from "./agent.ts";
import { until, untilHolds } from "../until.ts";

const OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const NEW = "ZGVmZ2hpamtsbW5vcHFycw==";

describe.runIf(!isPassedOver)("an encrypted group", () => {
  let agents: readonly Agent[] = [];
  let ours: readonly SwimMember[] = [];

  beforeAll(async () => {
    const first = await startAgent("s1", `-encrypt=${OLD}`);
    const second = await startAgent("s2", `-encrypt=${OLD}`, `-join=${first.address}`);
    agents = [first, second];
    const member = (name: string): Promise<SwimMember> => createMember({ name, bind: "127.0.0.1:0", preset: "serf", keys: [OLD], seeds: [first.address] });
    ours = await Promise.all([member("o1"), member("o2")]);
    await untilHolds("all are there", async () => {
      for (const agent of agents) expect((await agent.members()).map(({ name }) => name).toSorted()).toEqual(["o1", "o2", "s1", "s2"]);
      for (const { members } of ours.map((one) => ({ members: one.members() }))) expect(members).toHaveLength(4);
    });
  });

  afterAll(async () => { await Promise.all([...agents, ...ours].map((member) => member.stop())); });

  const keysOf = (member: SwimMember): readonly string[] => member.keys.list().map(({ key }) => key);
  const dropped = (): readonly object[] => ours.map((member) => member.stats().drops);
  /** A word of each side's is heard by the other. */
  const bothAreHeard = async (word: string): Promise<void> => {
    const heard = Promise.all(ours.map(async (member) => {
      for await (const event of member) if (event.kind === "event" && event.name === word) return;
    }));
    await agents[1]!.tell("event", "-coalesce=false", word);
    await heard;
    ours[0]!.event(`${word}-back`);
    await until(`Serf hears ${word}-back`, () => agents.every(({ said }) => said().includes(`user-event: ${word}-back`)));
  };

  test("hears each other, and what `serf keys` asks of all is done by ours as well", async () => {
    const [agent] = agents;
    await bothAreHeard("before");
    expect(await agent!.tell("keys", `-install=${NEW}`)).toContain("Successfully installed key");
    expect(ours.map(keysOf)).toEqual([[OLD, NEW], [OLD, NEW]]);
    await bothAreHeard("installed");
    expect(await agent!.tell("keys", `-use=${NEW}`)).toContain("Successfully changed primary key");
    expect(ours.map(keysOf)).toEqual([[NEW, OLD], [NEW, OLD]]);
    await bothAreHeard("used");
    await agent!.tell("keys", `-remove=${OLD}`);
    expect(ours.map(keysOf)).toEqual([[NEW], [NEW]]);
    await bothAreHeard("removed");
    expect(await agent!.tell("keys", "-list")).toMatch(new RegExp(`${NEW} +\\[4/4\\]`));
    expect(dropped(), "not a packet of Serf's was lost over it").toEqual([{}, {}]);
    for (const { said } of agents) expect(said()).not.toMatch(/[Dd]ecrypt/);
  });

  test("what cannot be done is told to the operator: a key that nobody has, the primary one removed", async () => {
    const [agent] = agents;
    await expect(agent!.tell("keys", `-use=${OLD}`)).rejects.toThrow(/o1.*add it first/s);
    await expect(agent!.tell("keys", `-remove=${NEW}`)).rejects.toThrow(/o1.*the key to remove is the primary one/s);
    expect(ours.map(keysOf)).toEqual([[NEW], [NEW]]);
  });

  test("who has no key, or the old one, is not let in, on either side", async () => {
    const drops = async (keys?: readonly string[]): Promise<void> => {
      await using stranger = await createMember({ name: "x", bind: "127.0.0.1:0", preset: "serf", ...(keys !== undefined && { keys }) });
      for (const door of [agents[0]!.address, ours[0]!.address]) await expect(stranger.join([door])).rejects.toMatchObject({ code: "join-failed" });
    };
    await drops();
    await drops([OLD]);
    expect((await agents[0]!.members()).map(({ name }) => name)).not.toContain("x");
  });
});
