/** One Serf agent and one member of ours: who joins whom, what they ask one another, and what is compressed on the wire. */

import { afterEach, describe, expect, test } from "vitest";
import { createMember, memberlistCodec, type Asking, type Codec, type MemberOptions, type SwimMember } from "../../../adapter/index.ts";
import { isPassedOver, startAgent, type Agent } from "./agent.ts";
import { ownPlace } from "../own-place.ts";
import { heardOf } from "./ours.ts";
import { until, untilHolds } from "../until.ts";

const running: (Agent | SwimMember)[] = [];
afterEach(async () => { await Promise.all(running.splice(0).map((member) => member.stop())); });

async function anAgent(name: string, ...options: readonly string[]): Promise<Agent> {
  const agent = await startAgent(name, ...options);
  running.push(agent);
  return agent;
}

async function aMember(name: string, options: Partial<MemberOptions> = {}): Promise<{ readonly member: SwimMember; readonly heard: readonly string[] }> {
  const member = await createMember({ name, bind: "127.0.0.1:0", preset: "serf", ...options });
  running.push(member);
  const heard: string[] = [];
  void (async () => { for await (const event of member) heard.push(heardOf(event)); })();
  return { member, heard };
}

describe.runIf(!isPassedOver)("one of each", () => {
  test("ours joins it: tags both ways, changed tags too, and ours leaves", async () => {
    const agent = await anAgent("theirs", "-tag", "role=db", "-tag", "größe=groß");
    const { member } = await aMember("ours", { tags: { role: "web", ort: "Köln" } });
    expect(await member.join([agent.address])).toBe(1);
    expect(member.find("theirs")).toMatchObject({ status: "alive", address: agent.address, tags: { role: "db", größe: "groß" } });
    await untilHolds("it shows us", async () => expect(await lineOf(agent)).toMatchObject({ addr: member.address, status: "alive", tags: { role: "web", ort: "Köln" } }));
    const changed = member.once("update");
    await agent.tell("tags", "-set", "role=cache");
    expect((await changed).peer.tags).toMatchObject({ role: "cache" });
    member.updateTags({ role: "proxy" });
    await untilHolds("it shows our new tags", async () => expect(await lineOf(agent)).toMatchObject({ tags: { role: "proxy" } }));
    await member.leave();
    await untilHolds("it shows that we left", async () => expect(await lineOf(agent)).toMatchObject({ status: "left" }));
    expect(agent.said()).not.toContain("EventMemberFailed");
  });

  test("it joins ours, and leaves; neither has tags, and neither shows any of the other", async () => {
    const { member, heard } = await aMember("ours");
    const agent = await anAgent("theirs", `-join=${member.address}`);
    await untilHolds("both are there", async () => {
      expect(heard).toContain("join theirs");
      expect(await lineOf(agent)).toMatchObject({ status: "alive" });
    });
    expect([member.find("theirs")?.tags, await lineOf(agent)]).toEqual([{}, expect.objectContaining({ tags: {} })]);
    member.updateTags({ role: "web" });
    await untilHolds("it shows one", async () => expect(await lineOf(agent)).toHaveProperty("tags", { role: "web" }));
    member.updateTags({});
    await untilHolds("it shows none", async () => expect(await lineOf(agent)).toHaveProperty("tags", {}));
    await agent.tell("leave");
    await untilHolds("it left", () => expect(heard).toContain("leave theirs"));
    expect(heard).not.toContain("failed theirs");
    expect(member.find("theirs")?.status).toBe("left");
  });

  test("who comes back after a crash is taken for alive again, on both sides", async () => {
    const agent = await anAgent("theirs");
    const { member } = await aMember("ours", { bind: ownPlace(), seeds: [agent.address] });
    const { address } = member;
    await untilHolds("it shows us", async () => expect(await lineOf(agent)).toMatchObject({ status: "alive" }));
    await member.stop();
    await until("it sees that we failed", () => agent.said().includes("EventMemberFailed: ours"));
    const { member: again } = await aMember("ours", { bind: address, seeds: [agent.address] });
    await untilHolds("it shows us again", async () => expect(await lineOf(agent)).toMatchObject({ status: "alive" }));
    await until("we see it", () => again.find("theirs")?.status === "alive");
  });

  test("`serf query` is answered by our application, acknowledged by us, and only by those it is for; `serf reachability` reaches us", async () => {
    const agent = await anAgent("theirs");
    const { member } = await aMember("ours", { tags: { role: "web" }, seeds: [agent.address] });
    member.on("query", ({ name, payload, from, answer }) => answer(`${from} asked ${name}: ${Buffer.from(payload).toString()}`));
    await untilHolds("it shows us", async () => expect(await lineOf(agent)).toMatchObject({ status: "alive" }));
    const ask = async (...filters: readonly string[]): Promise<unknown> =>
      JSON.parse(await agent.tell("query", "-format=json", "-timeout=1500ms", ...filters, "load", "now"));
    const answered = { Responses: { ours: expect.stringMatching(/asked load: now$/) } };
    expect(await ask("-node=ours")).toMatchObject({ Acks: ["ours"], ...answered });
    expect(await ask("-tag=role=^we.$")).toMatchObject({ Acks: ["ours"], ...answered });
    expect(await ask("-tag=role=db")).toMatchObject({ Acks: null, Responses: {} });
    expect(await agent.tell("reachability")).toContain("Successfully contacted all live nodes");
  });

  test("a query of our own is answered by an agent's handler, and by ourselves; acknowledged by whom it is for", async () => {
    const agent = await anAgent("theirs", "-tag", "role=db", "-event-handler=query:load=tr -d '\\n' | tr a-z A-Z");
    const { member } = await aMember("ours", { tags: { role: "web" }, seeds: [agent.address] });
    member.on("query", ({ name, payload, from, answer }) => answer(`${from} asked ${name}: ${Buffer.from(payload).toString()}`));
    await untilHolds("it shows us", async () => expect(await lineOf(agent)).toMatchObject({ status: "alive" }));
    const ask = async (asking: Asking): Promise<unknown> => {
      const { answers, acks } = await member.query("load", "now", { deadline: 3_000, ...asking });
      return [acks.toSorted(), answers.map(({ from, payload }) => `${from}: ${Buffer.from(payload).toString()}`).toSorted()];
    };
    expect(await ask({ enough: 2 })).toEqual([["ours", "theirs"], ["ours: ours asked load: now", "theirs: NOW"]]);
    expect(await ask({ names: ["theirs"], enough: 1 })).toEqual([["theirs"], ["theirs: NOW"]]);
    expect(await ask({ tags: { role: "^d" }, enough: 1 })).toEqual([["theirs"], ["theirs: NOW"]]);
    expect(await ask({ tags: { role: "cache" }, deadline: 300 })).toEqual([[], []]);
  });

  test("`serf rtt` tells how far we are, and we how far agents are from us and from each other; no agent complains about our coordinates", async () => {
    const agent = await anAgent("theirs");
    const other = await anAgent("other", `-join=${agent.address}`);
    const { member } = await aMember("ours", { seeds: [agent.address] });
    const milliseconds = async (...names: readonly string[]): Promise<number> => Number(/rtt: ([\d.]+) ms/.exec(await agent.tell("rtt", ...names))?.[1]);
    await untilHolds("it has probed us, and we both of them", async () => {
      expect(await milliseconds("ours")).toBeGreaterThan(0);
      expect(member.distance("theirs", "other")).toBeGreaterThan(0);
    });
    expect(await milliseconds("ours"), "on loopback").toBeLessThan(1_000);
    expect(member.distance("theirs")).toBeLessThan(1_000_000);
    expect(`${agent.said()}${other.said()}`).not.toMatch(/coordinate|ping version/i);
  });

  test.for([
    ["both compress", [], true],
    ["neither does", ["-disable-compression"], false],
  ] as const)("%s, and they understand each other", async ([, options, compress]) => {
    const tally = { sent: 0, received: 0, packets: 0 };
    const agent = await anAgent("theirs", ...options);
    const { member, heard } = await aMember("ours", { codec: watched(memberlistCodec({ compress }), tally) });
    await member.join([agent.address]);
    // Something that gets shorter by it, in datagrams, both ways.
    const long = "what is said again and again ".repeat(12);
    await untilHolds("it shows us", async () => expect(await lineOf(agent)).toMatchObject({ status: "alive" }));
    member.event("ours", long);
    await agent.tell("event", "-coalesce=false", "theirs", long);
    await until("both are heard", () => heard.includes(`event theirs: ${long}`) && agent.said().includes("user-event: ours"));
    expect(tally.packets).toBeGreaterThan(0);
    expect([tally.sent > 0, tally.received > 0]).toEqual([compress, compress]);
    expect(member.stats().drops).toEqual({});
  });
});

const lineOf = async (agent: Agent): Promise<object | undefined> => (await agent.members()).find(({ name }) => name === "ours");

/** memberlist's type byte of what is compressed; before it there may be a checksum. */
const isCompressed = (packet: Uint8Array): boolean => packet[packet[0] === 12 ? 5 : 0] === 9;

/** The same codec, and counts what goes through it compressed. */
function watched(codec: Codec, tally: { sent: number; received: number; packets: number }): Codec {
  return {
    ...codec,
    encode: (message, version) => {
      const packet = codec.encode(message, version);
      tally.sent += Number(isCompressed(packet));
      return packet;
    },
    decode: (packet, from) => {
      tally.packets++;
      tally.received += Number(isCompressed(packet));
      return codec.decode(packet, from);
    },
  };
}
