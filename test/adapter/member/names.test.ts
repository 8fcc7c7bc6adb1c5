/** Seeds with names: looked up again while we are alone, as when a whole group is being started, or one has moved. */

import { afterEach, describe, expect, test } from "vitest";
import { memberlistCodec, MemberError, memoryNetwork, type MemoryNetwork, type SwimMember } from "../../../adapter/index.ts";
import { exchanges } from "../../../adapter/exchange/exchanges.ts";
import { openDriver } from "../../../adapter/driver/open.ts";
import { RunningMember } from "../../../adapter/member/running.ts";
import { address, memberId, presets, type PresetName } from "../../../engine/index.ts";
import { aMemberIn, listen, namesOf, stopAll } from "./group.ts";

const running: SwimMember[] = [];

afterEach(async () => { await stopAll(running.splice(0)); });

/** Where hosts are, and how often each was looked up. */
class Hosts {
  readonly known = new Map<string, readonly string[]>();
  readonly looked: Record<string, number> = {};

  readonly resolve = async (text: string): Promise<readonly ReturnType<typeof address>[]> => {
    this.looked[text] = (this.looked[text] ?? 0) + 1;
    const found = this.known.get(text) ?? (/^[\d.]+:\d+$/.test(text) ? [text] : []);
    if (found.length === 0) throw new MemberError("no-such-host", `no host is called "${text}"`);
    return found.map(address);
  };
}

/** A member that looks its seeds up there, and what it complains of. */
async function aMember(world: MemoryNetwork, hosts: Hosts, preset: PresetName = "swimlab"): Promise<{ readonly b: RunningMember; readonly complaints: string[] }> {
  const { transport, clock, seed } = world.host("b");
  let b: RunningMember | undefined;
  const driver = await openDriver({
    clock, transport, codec: memberlistCodec(), serf: null, birth: { config: presets[preset], id: memberId("b"), seed },
    exchanges: (codec, hear) => exchanges({ transport, codec, hear, clock }), report: (report) => b?.hear(report),
  });
  b = new RunningMember(driver, { clock, keyring: undefined, ruled: { why: "" }, hooks: {}, streamRoom: 0, transport: {}, close: () => Promise.resolve(), resolve: hosts.resolve });
  const complaints: string[] = [];
  b.on("error", ({ error }) => complaints.push(error.message));
  running.push(b);
  return { b, complaints };
}

async function aSeed(world: MemoryNetwork, name: string): Promise<SwimMember> {
  const seed = await aMemberIn(world, name);
  running.push(seed);
  return seed;
}

/** Nobody is there. */
const NOBODY = "10.9.9.9:7946";

test("a host that there is not yet is looked up every five seconds, until there is", async () => {
  const [world, hosts] = [memoryNetwork(), new Hosts()];
  const a = await aSeed(world, "a");
  const { b } = await aMember(world, hosts);
  const heard = listen(b);
  b.joinInPassing(["seed.example:7946"]);
  await world.pass(12);
  expect([hosts.looked, heard]).toEqual([{ "seed.example:7946": 3 }, ["error join-failed", "error join-failed", "error join-failed"]]);
  hosts.known.set("seed.example:7946", [a.address]);
  await world.pass(12);
  expect([hosts.looked, namesOf(b)]).toEqual([{ "seed.example:7946": 4 }, ["a", "b"]]);
});

test.for(["swimlab", "serf"] as const)("so it is beside a seed that has an address, and nobody; each complaint names it, preset %s", async (preset) => {
  const [world, hosts] = [memoryNetwork(), new Hosts()];
  const a = await aSeed(world, "a");
  const { b, complaints } = await aMember(world, hosts, preset);
  b.joinInPassing(["late.example:7946", NOBODY]);
  await world.pass(7);
  expect(complaints).toEqual([
    `no seed let us in: no host is called "late.example:7946"; ${NOBODY}: nobody listens at ${NOBODY}`,
    // The engine asks the other again by itself, under swimlab.
    `no seed let us in: no host is called "late.example:7946"${preset === "serf" ? `; ${NOBODY}: nobody listens at ${NOBODY}` : ""}`,
  ]);
  hosts.known.set("late.example:7946", [a.address]);
  await world.pass(5);
  expect(namesOf(b)).toEqual(["a", "b"]);
  await world.pass(20);
  expect(hosts.looked["late.example:7946"], "in company nothing is looked up").toBe(3);
});

test.for(["swimlab", "memberlist-lan", "serf"] as const)("a seed that has moved is found where its name leads now; that the others still do not answer is said once, preset %s", async (preset) => {
  const [world, hosts] = [memoryNetwork(), new Hosts()];
  hosts.known.set("seed.example:7946", [NOBODY]);
  const a = await aSeed(world, "a");
  const { b, complaints } = await aMember(world, hosts, preset);
  b.joinInPassing(["seed.example:7946"]);
  await world.pass(12);
  expect(complaints).toEqual([`no seed let us in: ${NOBODY}: nobody listens at ${NOBODY}`]);
  hosts.known.set("seed.example:7946", [NOBODY, a.address]);
  await world.pass(6);
  expect(namesOf(b)).toEqual(["a", "b"]);
});

test.for(["swimlab", "memberlist-lan", "serf"] as const)("a seed that is down at first, and one that was down when we lost everybody, is joined as soon as it is up: %s", async (preset) => {
  const [world, hosts] = [memoryNetwork(), new Hosts()];
  const { b, complaints } = await aMember(world, hosts, preset);
  b.joinInPassing([NOBODY]);
  for (const times of [1, 2]) {
    await world.pass(600);
    expect([namesOf(b), complaints]).toEqual([["b"], Array.from({ length: times }, () => `no seed let us in: ${NOBODY}: nobody listens at ${NOBODY}`)]);
    const seed = await aMemberIn(world, `seed ${times}`, { transport: world.transport(NOBODY) });
    await world.pass(7);
    expect(namesOf(b)).toEqual(["b", `seed ${times}`]);
    await seed.stop();
  }
});

test.for(["swimlab", "memberlist-lan"] as const)("who has lost everybody looks for the seeds again, and asks them: %s", async (preset) => {
  const [world, hosts] = [memoryNetwork(), new Hosts()];
  const a = await aSeed(world, "a");
  hosts.known.set("seed.example:7946", [a.address]);
  const { b } = await aMember(world, hosts, preset);
  b.joinInPassing(["seed.example:7946"]);
  await world.pass(20);
  expect(namesOf(b)).toEqual(["a", "b"]);
  await a.stop();
  await world.pass(60);
  expect(namesOf(b)).toEqual(["b"]);
  // Another machine, under the former's name.
  const c = await aSeed(world, "c");
  hosts.known.set("seed.example:7946", [c.address]);
  await world.pass(7);
  expect(namesOf(b)).toEqual(["b", "c"]);
  // And another where it was that we have asked before.
  await c.stop();
  running.push(await aMemberIn(world, "d", { transport: world.transport(c.address) }));
  await world.pass(60);
  expect(namesOf(b)).toEqual(["b", "d"]);
});

test("who finds but itself under its own name looks on for the others of it", async () => {
  const [world, hosts] = [memoryNetwork(), new Hosts()];
  const a = await aSeed(world, "a");
  const { b, complaints } = await aMember(world, hosts);
  hosts.known.set("group.example:7946", [b.address]);
  b.joinInPassing(["group.example:7946"]);
  await world.pass(7);
  expect([complaints, namesOf(b)]).toEqual([[], ["b"]]);
  hosts.known.set("group.example:7946", [a.address, b.address]);
  await world.pass(5);
  expect(namesOf(b)).toEqual(["a", "b"]);
});

test("who joins by hand hears of each seed why it let nobody in, by the deadline too", async () => {
  const [world, hosts] = [memoryNetwork({ latency: [50, 50] }), new Hosts()];
  const { b } = await aMember(world, hosts);
  await expect(world.until(b.join(["late.example:1", "later.example:1"]))).rejects.toMatchObject({
    code: "join-failed", message: `no seed let us in: no host is called "late.example:1"; no host is called "later.example:1"`, cause: { code: "no-such-host" },
  });
  await expect(world.until(b.join(["late.example:1", NOBODY], { deadline: 20 }))).rejects.toMatchObject({
    code: "join-failed", message: `no seed let us in before the deadline: no host is called "late.example:1"`, cause: { code: "no-such-host" },
  });
});

describe("seeds that a function finds", () => {
  test("are asked for at the beginning, and every five seconds while we are alone: whoever is found by then is joined", async () => {
    const world = memoryNetwork();
    const a = await aSeed(world, "a");
    const registry: string[] = [];
    let asked = 0;
    const b = await aMemberIn(world, "b", { seeds: async () => { asked++; return [...registry]; } });
    running.push(b);
    const heard = listen(b);
    await world.pass(7);
    expect([asked, namesOf(b), heard], "that nobody is there yet is no mistake").toEqual([2, ["b"], []]);
    registry.push(a.address, b.address);
    await world.pass(20);
    expect([asked, namesOf(b)], "in company nobody is looked for").toEqual([3, ["a", "b"]]);
    await a.stop();
    await world.pass(60);
    expect([namesOf(b), asked > 3]).toEqual([["b"], true]);
    await b.stop();
    const before = asked;
    await world.pass(30);
    expect(asked, "nor once we have stopped").toBe(before);
  });

  test.for<readonly [what: string, seeds: () => never, says: RegExp, cause: unknown]>([
    ["throws", () => { throw new Error("the registry is down"); }, /none could be looked for: the registry is down/, expect.objectContaining({ message: "the registry is down" })],
    ["rejects", () => Promise.reject(new Error("the registry is down")) as never, /none could be looked for: the registry is down/, expect.objectContaining({ message: "the registry is down" })],
    ["gives no list", () => "10.0.0.1:7946" as never, /must give a list of texts/, undefined],
    ["gives a list of other things", () => [7] as never, /must give a list of texts/, undefined],
    ["never answers", () => new Promise(() => {}) as never, /before the deadline/, undefined],
  ])("one that %s is told of, and asked again", async ([, seeds, says, cause]) => {
    const world = memoryNetwork();
    let asked = 0;
    const b = await aMemberIn(world, "b", { seeds: () => { asked++; return seeds(); } });
    running.push(b);
    const errors: Error[] = [];
    b.on("error", ({ error }) => errors.push(error));
    await world.pass(17);
    expect(errors[0]).toMatchObject({ name: "MemberError", code: "join-failed", message: expect.stringMatching(says) });
    expect(errors[0]?.cause).toEqual(cause);
    expect(asked).toBeGreaterThan(1);
  });
});
