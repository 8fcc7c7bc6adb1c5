/** Two Alertmanagers and three members of ours under the preset `memberlist-lan`, one group: what each side sees of the other's life, and hears of its words. No Serf anywhere. */

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMember, type MemberOptions, type SwimMember } from "../../../adapter/index.ts";
import { ownPlace } from "../own-place.ts";
import { apart, heardOf, optionsOf, type Apart } from "../serf/ours.ts";
import { until, untilHolds } from "../until.ts";
import { isPassedOver, startAlertmanager, type Alertmanager } from "./alertmanager.ts";

/** What an Alertmanager says only if it could not read or take something; but not what a busy machine makes it say. */
const COMPLAINT = /(\[(WARN|ERR)\]|level=(warn|error))(?!.*(Was able to connect|fallback ping|Refuting))/;

describe.runIf(!isPassedOver)("two Alertmanagers and three of ours", () => {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-alertmanager-"));
  const place = ownPlace();
  const running: { readonly stop: () => Promise<void> }[] = [];
  /** What `o1` and `o2` heard, in words. */
  const heard = { o1: [] as string[], o2: [] as string[] };
  /** What Alertmanagers gossiped to `o1`, and what they added to exchanges of views with it; and what it adds. */
  const words: Buffer[] = [];
  const states: { readonly state: Buffer; readonly isJoin: boolean }[] = [];
  /** A silence that all of theirs have. */
  let known = "";
  let ourState: Uint8Array = new Uint8Array();

  let [first, second]: [Alertmanager, Alertmanager] = [] as never;
  let [o1, o2, o3]: [SwimMember, SwimMember, Apart] = [] as never;

  /** One of theirs. */
  async function theirs(name: string, listen: string, ...peers: readonly string[]): Promise<Alertmanager> {
    const started = await startAlertmanager(join(folder, name), listen, peers);
    running.push(started);
    return started;
  }

  /** One of ours, in this process. */
  async function inside(name: "o1" | "o2", seed: string, hooks: MemberOptions["hooks"] = {}): Promise<SwimMember> {
    const member = await createMember({ ...optionsOf(name, [seed], "memberlist-lan"), hooks });
    running.push(member);
    void (async () => { for await (const event of member) heard[name].push(heardOf(event)); })();
    return member;
  }

  const hearing = (): readonly (readonly string[])[] => [heard.o1, heard.o2, o3.heard()];
  const statusIn = (name: string): readonly unknown[] => [o1.find(name)?.status, o2.find(name)?.status, o3.view()[name]?.[0]];

  beforeAll(async () => {
    first = await theirs("first", "127.0.0.1:0");
    o1 = await inside("o1", first.address, { localState: () => ourState, mergeState: (state, _, isJoin) => states.push({ state: Buffer.from(state), isJoin }) });
    o1.on("message", ({ payload }) => words.push(Buffer.from(payload)));
    // One joins theirs, and one of theirs joins ours.
    second = await theirs("second", place, o1.address);
    o2 = await inside("o2", second.address);
    o3 = await apart("o3", join(folder, "o3.flight"), first.address, "memberlist-lan");
    running.push(o3);
  });

  afterAll(async () => {
    await Promise.all(running.map((member) => member.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  test("all five agree who is there, and where", async () => {
    const everybody = Object.fromEntries([first, second, o1, o2, o3].map(({ name, address }) => [name, address]));
    await untilHolds("all agree", async () => {
      for (const seer of [first, second]) expect(await seer.peers()).toEqual(everybody);
      for (const seer of [o1, o2]) expect(Object.fromEntries(seer.members().map(({ name, address }) => [name, address]))).toEqual(everybody);
      for (const { name } of [first, second, o1, o2]) expect(o3.view()[name]?.[0]).toBe("alive");
    });
    expect(o1.find(first.name)?.record.versions, "of its application it says nothing").toEqual([1, 5, 2, 0, 0, 0]);
  });

  test("what it gossips is heard by each of ours, in datagrams or by streams; and its state comes whole with each exchange", async () => {
    const long = "long ".repeat(400);
    // It gossips a short word to three of four, once: chance may pass one of ours over, and has another chance with the next.
    const short: string[] = [];
    const haveHeard = (): readonly boolean[] => hearing().map((lines) => lines.some((line) => line.startsWith("message ") && short.some((id) => line.includes(id))));
    while (haveHeard().includes(false)) {
      const id = await first.silence("short");
      short.push(id);
      await until("some of ours heard it", () => hearing().some((lines) => lines.some((line) => line.includes(id))));
    }
    known = short.find((id) => words.some((word) => word.includes(id)))!;
    const silences = [known, await second.silence(long)];
    await untilHolds("all heard the long one, whole", () => {
      for (const lines of hearing()) expect(lines.some((line) => line.startsWith("message ") && line.includes(silences[1]!) && line.includes(long))).toBe(true);
    });
    for (const isJoin of [true, false]) {
      await until(`a state came, join: ${isJoin}`, () => states.some((one) => one.isJoin === isJoin));
    }
    await until("its state has both", () => states.some(({ state }) => silences.every((id) => state.includes(id)) && state.includes(long)));
  });

  test("what ours broadcast, send and add to exchanges is heard by both", async () => {
    const word = words.find((one) => one.includes(known))!;
    const state = states.findLast((one) => one.state.includes(known))!.state;
    /** The same of another silence: its id is as long. */
    const renamed = (bytes: Buffer, to: string): Buffer => Buffer.from(bytes.toString("latin1").replaceAll(known, to), "latin1");
    const said = { broadcast: randomUUID(), datagram: randomUUID(), stream: randomUUID(), state: randomUUID() };
    o2.broadcast(renamed(word, said.broadcast));
    o1.send(first.name, renamed(word, said.datagram));
    o1.send(second.name, renamed(word, said.stream), { reliable: true });
    ourState = renamed(state, said.state);
    await untilHolds("both have all", async () => {
      for (const { silences } of [first, second]) expect(await silences()).toEqual(expect.arrayContaining(Object.values(said)));
    });
  });

  test("of all that was said, nobody left a word unread", () => {
    for (const { said } of [first, second]) expect(said().split("\n").filter((line) => COMPLAINT.test(line))).toEqual([]);
    for (const { drops, counters } of [o1.stats(), o2.stats()]) expect([drops, counters["unread"]]).toEqual([{}, 0]);
    for (const lines of hearing()) expect(lines.filter((line) => /^(error|conflict)/.test(line))).toEqual([]);
  });

  test("one of each side stops, is suspected, goes on, and refutes", async () => {
    await Promise.all([stopAndGoOn(second), stopAndGoOn(o3)]);
    await untilHolds("those who were suspected say so", () => {
      expect(o3.heard()).toContain("refute");
      expect(second.said()).toMatch(/memberlist: Refuting a (suspect|dead) message/);
      expect(hearing().some((lines) => lines.includes(`clear ${second.name}`) || lines.filter((line) => line === `join ${second.name}`).length > 1)).toBe(true);
    });
    await untilHolds("all are alive again", async () => {
      expect(statusIn(second.name)).toEqual(["alive", "alive", "alive"]);
      expect(await first.peers()).toHaveProperty("o3");
    });

    async function stopAndGoOn(member: Alertmanager | Apart): Promise<void> {
      member.signal("SIGSTOP");
      try {
        await until(`${member.name} is suspected`, () => [heard.o1, heard.o2].some((lines) => lines.includes(`suspect ${member.name}`)));
      } finally {
        member.signal("SIGCONT");
      }
    }
  });

  test("one of each side is killed, and both sides find out; what begins at the same address is somebody else", async () => {
    const before = { o1: heard.o1.length, o2: heard.o2.length };
    second.signal("SIGKILL");
    o3.signal("SIGKILL");
    await Promise.all([second.stop(), o3.stop()]);
    const next = await theirs("next", place, o2.address);
    await untilHolds("all see it", async () => {
      for (const lines of [heard.o1.slice(before.o1), heard.o2.slice(before.o2)]) expect(lines).toEqual(expect.arrayContaining([`failed ${second.name}`, "failed o3", `join ${next.name}`]));
      for (const seer of [first, next]) expect(Object.keys(await seer.peers()).toSorted()).toEqual([first.name, next.name, "o1", "o2"].toSorted());
    });
    expect(o1.find(next.name)).toMatchObject({ status: "alive", address: second.address });
    second = next;
  });

  test("one of each side leaves, and both sides see that; ours comes back from elsewhere", async () => {
    second.signal("SIGTERM");
    await untilHolds("ours see it", () => {
      for (const lines of [heard.o1, heard.o2]) expect(lines).toContain(`leave ${second.name}`);
    });
    for (const lines of [heard.o1, heard.o2]) expect(lines).not.toContain(`failed ${second.name}`);
    const before = first.said().length;
    await o2.leave();
    await untilHolds("theirs sees it", async () => expect(Object.keys(await first.peers()).toSorted()).toEqual([first.name, "o1"].toSorted()));
    expect(first.said().slice(before)).not.toContain("Suspect o2 has failed");
    await until("ours sees it", () => heard.o1.includes("leave o2"));
    const again = await inside("o2", first.address);
    expect(again.address).not.toBe(o2.address);
    await untilHolds("it is there again", async () => {
      expect((await first.peers())["o2"]).toBe(again.address);
      expect(o1.find("o2")).toMatchObject({ status: "alive", address: again.address });
    });
  });
});
