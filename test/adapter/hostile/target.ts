/** A member that lives, a companion of its own group, and what a stranger throws at it over real sockets. */

import { createSocket, type Socket as Datagrams } from "node:dgram";
import { once } from "node:events";
import type { Socket } from "node:net";
import { createMember, memberlistCodec, type MemberOptions, type SwimMember } from "../../../adapter/index.ts";
import type { Claim } from "../../../engine/index.ts";
import { brisk } from "../brisk.ts";
import { allFrom, portOf, stranger } from "../exchange/sides.ts";
import { until } from "../until.ts";

export type Target = {
  readonly member: SwimMember;
  readonly companion: SwimMember;
  /** Throws datagrams at it, and waits until it has counted them all. */
  readonly throwAll: (packets: readonly Uint8Array[]) => Promise<void>;
  /** Says this in gossip, to it and to its companion. */
  readonly gossip: (...claims: readonly Claim[]) => Promise<void>;
  /** Opens a stream to it. */
  readonly caller: () => Promise<Socket>;
  /** Opens a stream, says all of it, and reads what comes back until it hangs up. */
  readonly say: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Does it still answer, ask, and let newcomers in? Takes a moment. */
  readonly assertLives: () => Promise<void>;
  /** Does it still find out who is gone? Takes some seconds. */
  readonly assertDetects: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** How many it has heard or dropped. */
export function counted(member: SwimMember): number {
  const { drops, received } = member.stats();
  return Object.values(drops).reduce((sum, count) => sum + count, 0) + Object.values(received).reduce((sum, { count }) => sum + count, 0);
}

/** So few at once that no socket's buffer runs over. */
const AT_ONCE = 100;

export async function aTarget(options: Partial<MemberOptions> = {}): Promise<Target> {
  const born = (name: string, more: Partial<MemberOptions> = {}): Promise<SwimMember> =>
    createMember({ bind: "127.0.0.1:0", preset: "memberlist-lan", config: { ...brisk, ...options.config }, ...options, name, ...more });
  const member = await born("target");
  const companion = await born("companion", { seeds: [member.address] });
  await until("they know each other", () => member.find("companion") !== undefined && companion.find("target") !== undefined);
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const codec = memberlistCodec();
  const caller = (): Promise<Socket> => stranger(member.self.record.address);
  let newcomers = 0;
  return {
    member, companion, caller,
    throwAll: async (packets) => {
      for (let first = 0; first < packets.length; first += AT_ONCE) {
        const some = packets.slice(first, first + AT_ONCE);
        const before = counted(member);
        for (const packet of some) socket.send(packet, portOf(member.self.record.address), "127.0.0.1");
        await until("all are counted", () => counted(member) >= before + some.length);
      }
    },
    gossip: async (...claims) => {
      const packet = codec.encode({ kind: "gossip", gossip: claims, userMessages: [] }, 5);
      for (const { self } of [member, companion]) await sent(socket, packet, portOf(self.record.address));
    },
    say: async (bytes) => {
      const stream = await caller();
      stream.end(bytes);
      return allFrom(stream).catch(() => new Uint8Array());
    },
    assertLives: async () => {
      await companion.ping("target");
      await member.ping("companion");
      await using newcomer = await born(`newcomer-${++newcomers}`);
      if (await newcomer.join([member.address]) !== 1) throw new Error("nobody let it in");
      await newcomer.leave();
    },
    assertDetects: async () => {
      const failed = new Promise<void>((resolve) => member.on("failed", ({ peer }) => { if (peer.name === "companion") resolve(); }));
      await companion.stop();
      await failed;
    },
    close: async () => {
      socket.close();
      await Promise.all([member.stop(), companion.stop()]);
    },
  };
}

const sent = (socket: Datagrams, packet: Uint8Array, port: number): Promise<void> =>
  new Promise((resolve, reject) => { socket.send(packet, port, "127.0.0.1", (error) => (error === null ? resolve() : reject(error))); });
