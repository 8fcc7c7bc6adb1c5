/** Members with keys: what somebody recorded and says again is not heard; and a group that speaks plainly comes to encrypt without losing a packet or a member. */

import { describe, expect, test } from "vitest";
import { memberlistCodec, type MemberOptions, type MemoryNetwork, type SwimMember } from "../../../adapter/index.ts";
import { address } from "../../../engine/index.ts";
import { SOMEWHERE } from "../../engine/wire/arbitrary.ts";
import { aMemberIn, aWorld, listen, namesOf, stopAll } from "./group.ts";
import { emptyTape, taped, type Tape } from "./tape.ts";

const KEY = Buffer.alloc(32, 7);

/** Somebody without a key, who says again what was recorded; of a stream one byte first, and then the rest. Resolves when the member has hung up each time. */
async function sayAgain(world: MemoryNetwork, to: string, { packets, streams }: Tape): Promise<void> {
  const stranger = world.transport();
  await stranger.open({ packet: () => undefined, connection: (connection) => connection.destroy(), undeliverable: () => undefined });
  for (const packet of packets) stranger.send(address(to), packet);
  for (const bytes of streams) {
    const connection = await world.until(stranger.connect(address(to), new AbortController().signal));
    await world.until(connection.write(bytes.subarray(0, 1)).then(() => connection.write(bytes.subarray(1))));
    connection.end();
    await world.until((async () => { for await (const piece of connection) void piece; })().catch(() => undefined));
  }
  await stranger.close();
}

test("what was recorded of an encrypted group, datagrams and streams, is dropped and counted when it comes again, and changes nothing", async () => {
  const world = aWorld();
  const tape = emptyTape();
  const a = await aMemberIn(world, "a", { keys: [KEY] });
  const host = world.host("b");
  const b = await aMemberIn(world, "b", { ...host, keys: [KEY], transport: taped(host.transport, tape) });
  await world.until(b.join([a.address]));
  const heard = listen(a);
  b.send("a", "in a datagram");
  await world.pass(1);
  b.send("a", "on a stream", { reliable: true });
  await world.pass(1);
  expect(heard).toEqual(["message b: in a datagram", "message b: on a stream"]);
  expect(a.stats().drops, "nothing that was said once").toEqual({});
  expect([tape.packets.length > 2, tape.streams.length], "the join, and the message").toEqual([true, 2]);
  await b.stop();
  const before = a.stats();
  await sayAgain(world, a.address, tape);
  const { drops, received } = a.stats();
  expect(drops).toEqual({ replayed: tape.packets.length + tape.streams.length });
  expect(received).toEqual(before.received);
  expect(heard).toHaveLength(2);
  expect(namesOf(a)).toEqual(["a", "b"]);
  await a.stop();
});

/** What an operator restarts members with. */
type Round = Pick<MemberOptions, "keys" | "verifyIncoming" | "verifyOutgoing">;
const plainly: Round = {};
const withKeys: Round = { keys: [KEY], verifyIncoming: false, verifyOutgoing: false };
const encrypting: Round = { keys: [KEY], verifyIncoming: false, verifyOutgoing: true };
const insisting: Round = { keys: [KEY], verifyIncoming: true, verifyOutgoing: true };

const NAMES = ["a", "b", "c"] as const;
type Name = (typeof NAMES)[number];
const PLACES: Readonly<Record<Name, string>> = { a: "10.1.0.1:7946", b: "10.1.0.2:7946", c: "10.1.0.3:7946" };

/** Three members that speak plainly and know one another, to be restarted at their places; and what came of all their lives. */
class Pool {
  readonly world = aWorld();
  readonly tape = emptyTape();
  readonly heard: string[] = [];
  readonly members = new Map<Name, SwimMember>();
  private readonly bygone: object[] = [];
  private lives = 0;

  static async plain(): Promise<Pool> {
    const pool = new Pool();
    for (const name of NAMES) await pool.begin(name, plainly);
    await pool.world.until(pool.get("b").join([PLACES.a]));
    await pool.world.until(pool.get("c").join([PLACES.a, PLACES.b]));
    return pool;
  }

  get = (name: Name): SwimMember => this.members.get(name)!;

  /** Ends it without a word and begins it anew; resolves with how many of the others let it in. */
  async restart(name: Name, round: Round): Promise<number> {
    this.bygone.push(this.get(name).stats().drops);
    await this.get(name).stop();
    await this.begin(name, round);
    return this.world.until(this.get(name).join(NAMES.filter((other) => other !== name).map((other) => PLACES[other])));
  }

  /** What was dropped in each life, for any reason. */
  drops = (): readonly object[] => [...this.bygone, ...Array.from(this.members.values(), (member) => member.stats().drops)];

  /** For each, whom it takes for alive, and in which life. */
  views = (): readonly object[] => Array.from(this.members.values(), (member) =>
    Object.fromEntries(member.members().filter(({ status }) => status === "alive").map(({ name, incarnation }) => [name, incarnation])));

  /** What each of them must see. */
  truth = (): object => Object.fromEntries(Array.from(this.members.values(), ({ name, self }) => [name, self.incarnation]));

  /** Everybody says a word to everybody, in a datagram and on a stream; resolves when all of them are heard. */
  async converse(): Promise<void> {
    for (const [from, to] of NAMES.flatMap((one) => NAMES.map((other) => [one, other] as const))) {
      if (from === to) continue;
      for (const reliable of [false, true]) {
        const word = this.get(to).once("message");
        this.get(from).send(to, `from ${from}`, { reliable });
        expect(Buffer.from((await this.world.until(word)).payload).toString()).toBe(`from ${from}`);
      }
    }
  }

  stop = (): Promise<void> => stopAll([...this.members.values()]);

  private async begin(name: Name, round: Round): Promise<void> {
    const host = this.world.host(name, PLACES[name]);
    const member = await aMemberIn(this.world, name, { ...host, ...round, transport: taped(host.transport, this.tape), generation: ++this.lives });
    member.on("failed", ({ peer }) => this.heard.push(`${name}: failed ${peer.name}`));
    member.on("suspect", ({ peer }) => this.heard.push(`${name}: suspect ${peer.name}`));
    member.on("error", ({ error }) => this.heard.push(`${name}: ${error.message}`));
    this.members.set(name, member);
  }
}

/** Of what was said since, how much can be read without a key. */
const readable = (packets: readonly Uint8Array[]): number => packets.filter((packet) => memberlistCodec().decode(packet, SOMEWHERE).ok).length;

describe("encryption is rolled out in a pool that speaks plainly, one restart after another", () => {
  test("keys for all, then encrypted by all, then required by all: nobody is doubted, no packet is dropped, and then who speaks plainly is refused", async () => {
    const pool = await Pool.plain();
    const { world, tape } = pool;
    const share: number[] = [];
    for (const round of [plainly, withKeys, encrypting, insisting]) {
      for (const name of NAMES) {
        if (round !== plainly) expect(await pool.restart(name, round), `${name} is let in by both`).toBe(2);
        expect(pool.views(), `after ${name}`).toEqual(NAMES.map(pool.truth));
        await pool.converse();
        await world.pass(10);
      }
      tape.packets.length = 0;
      await world.pass(10);
      share.push(readable(tape.packets) / tape.packets.length);
      expect(pool.views()).toEqual(NAMES.map(pool.truth));
    }
    expect(pool.heard).toEqual([]);
    expect(pool.drops()).toEqual(Array.from({ length: 12 }, () => ({})));
    expect(share, "read on the way: all, all, nothing, nothing").toEqual([1, 1, 0, 0]);
    const stranger = await aMemberIn(world, "stranger");
    await expect(world.until(stranger.join([PLACES.a]))).rejects.toMatchObject({ code: "join-failed" });
    expect(pool.get("a").stats().drops).toEqual({ plain: 1 });
    expect(namesOf(pool.get("a"))).toEqual(NAMES);
    await stranger.stop();
    await pool.stop();
  });

  test("a round left out, who insists hears nobody who does not encrypt yet, and is not let in", async () => {
    const pool = await Pool.plain();
    for (const name of NAMES) await pool.restart(name, withKeys);
    await expect(pool.restart("a", insisting)).rejects.toMatchObject({ code: "join-failed" });
    expect(pool.get("a").stats().drops).toEqual({ plain: expect.any(Number) });
    await pool.stop();
  });
});
