/** A Serf agent, another that joins by way of ours, and a member of ours, all on the loopback of IPv6. */

import { afterEach, describe, expect, test } from "vitest";
import { createMember, type SwimMember } from "../../../adapter/index.ts";
import { isIPv6PassedOver } from "../transport/ends.ts";
import { until, untilHolds } from "../until.ts";
import { isPassedOver, startAgentOn, type Agent } from "./agent.ts";
import { heardOf, optionsOf } from "./ours.ts";

const running: (Agent | SwimMember)[] = [];
afterEach(async () => { await Promise.all(running.splice(0).map((member) => member.stop())); });

async function anAgent(name: string, ...options: readonly string[]): Promise<Agent> {
  const agent = await startAgentOn("[::1]", name, ...options);
  running.push(agent);
  return agent;
}

describe.runIf(!isPassedOver && !isIPv6PassedOver)("on ::1", () => {
  test("ours joins Serf's and is joined: tags, an event, a crash and a farewell, each seen by either side", async () => {
    const first = await anAgent("s1", "-tag", "role=db");
    const member = await createMember({ ...optionsOf("ours", [first.address]), bind: "[::1]:0" });
    running.push(member);
    const heard: string[] = [];
    void (async () => { for await (const event of member) heard.push(heardOf(event)); })();
    expect(member.address).toMatch(/^\[::1\]:\d+$/);
    const second = await anAgent("s2", `-join=${member.address}`);
    const seenBy = async (agent: Agent): Promise<object> => Object.fromEntries((await agent.members()).map(({ name, addr, status }) => [name, [addr.replace(/^\[?::1\]?:(\d+)$/, "[::1]:$1"), status]]));
    const everybody = Object.fromEntries([first, second, member].map(({ name, address }) => [name, [address, "alive"]]));
    for (const agent of [first, second]) await untilHolds(`${agent.name} shows all, at their addresses`, async () => expect(await seenBy(agent)).toEqual(everybody));
    await until("ours knows all", () => member.members().length === 3);
    expect(Object.fromEntries(member.members().map(({ name, address, status }) => [name, [address, status]]))).toEqual(everybody);
    expect(member.find("s1")?.tags).toMatchObject({ role: "db" });

    await second.tell("event", "-coalesce=false", "deploy", "v7");
    member.event("from-ours", "v8");
    await until("both events are heard", () => heard.includes("event deploy: v7") && first.said().includes("user-event: from-ours"));

    await second.stop();
    await until("the one that was killed is found dead by both", () => heard.includes("failed s2") && first.said().includes("EventMemberFailed: s2"));
    await member.leave();
    await untilHolds("it shows that we left", async () => expect(await seenBy(first)).toMatchObject({ ours: [member.address, "left"] }));
    expect(member.stats().drops).toEqual({});
  }, 120_000);
});
