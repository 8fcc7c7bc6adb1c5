/** A house: real members that share a process, and what becomes of the conductor's orders in it. */

import { join } from "node:path";
import { createMember, faulty, flightRecorder, machineClock, udpTcp, type Clock, type FlightRecorder, type SwimMember } from "../../adapter/index.ts";
import { rawOf, type Config, type Event, type Member } from "../../engine/index.ts";
import { obedientFaults } from "./hindrances.ts";
import { lodged, type Lodged } from "./lodged.ts";
import type { Birth, Hindrance, News, Order } from "./orders.ts";
import { standstill, type Standstill } from "./standstill.ts";

/** Lines wait so many milliseconds at most until they are written: what a SIGKILL costs the measurement. */
const FLUSH_EVERY = 500;
/** Bytes of a recording: more than any run that anybody waits for. */
const ROOM = 2 ** 30;
/** How long a farewell may take, in milliseconds: the engine ends it sooner. */
const FAREWELL = 60_000;

type Opened = { readonly clock: Clock; readonly folder: string; readonly config: Config };

type Tenant = {
  readonly member: Promise<SwimMember>;
  readonly still: Standstill;
  readonly hinder: (hindrances: readonly Hindrance[]) => void;
  /** Null until it runs, and when it has stopped. */
  running: SwimMember | null;
};

export type House = { readonly obey: (order: Order) => void };

export function openHouse(tell: (news: News) => void): House {
  const tenants = new Map<number, Tenant>();
  /** What was in a member's way before it began. */
  const hindrances = new Map<number, readonly Hindrance[]>();
  const rooms = new Map<number, Lodged>();
  let known: readonly Member[] | undefined;
  let opened: Opened | undefined;
  let isClosing = false;

  function lodge(member: number): void {
    const room = lodged(udpTcp({ bind: "127.0.0.1:0" }));
    rooms.set(member, room);
    room.address.then((address) => tell({ kind: "lodged", member, address }), (error: unknown) => tell({ kind: "broke", member, why: reason(error) }));
  }

  function start(birth: Birth): void {
    if (opened === undefined) return;
    const { clock, folder, config } = opened;
    const still = standstill();
    const { faults, hinder } = obedientFaults(birth.seed ^ birth.life);
    hinder(hindrances.get(birth.member) ?? []);
    const { name, bind, meta, generation, incarnation, seed, life, member: number } = birth;
    const recorder = watched(flightRecorder({ file: join(folder, `${number}-${life}.flight`), maxBytes: ROOM, flushEvery: FLUSH_EVERY }), number, tell);
    const room = bind === null ? rooms.get(number)?.transport : undefined;
    const before = tenants.get(number)?.member.then((former) => former.stop(), () => undefined) ?? Promise.resolve();
    const member = before.then(() => createMember({
      name, meta, config, generation, seed, compress: false, recorder, serf: false, preset: "swimlab",
      ...(incarnation !== null && { incarnation }),
      clock: still.clock(clock),
      transport: still.transport(faulty(room ?? udpTcp({ bind: bind ?? "127.0.0.1:0" }), faults)),
      ...(known !== undefined && life === 1 && room !== undefined && { knows: known.filter(({ id }) => id !== name) }),
    }));
    const tenant: Tenant = { member, still, hinder, running: null };
    tenants.set(number, tenant);
    member.then((running) => {
      tenant.running = running;
      tell({ kind: "started", member: number, address: running.address, incarnation: running.state.self.incarnation });
    }, (error: unknown) => tell({ kind: "broke", member: number, why: reason(error) }));
  }

  /** Once it runs; what cannot be done by then is passed over, as in life. */
  function withMember(number: number, act: (member: SwimMember) => unknown): void {
    void tenants.get(number)?.member.then(act).catch(() => undefined);
  }

  function crash(number: number): void {
    withMember(number, (member) => member.stop());
    const tenant = tenants.get(number);
    if (tenant !== undefined) tenant.running = null;
  }

  async function close(): Promise<void> {
    isClosing = true;
    // Of those who never moved in.
    await Promise.all([...rooms.values()].map(({ transport }) => transport.close().catch(() => undefined)));
    await Promise.all([...tenants.values()].map(async ({ member }) => (await member).stop()).map((stopped) => stopped.catch(() => undefined)));
    tell({ kind: "closed" });
  }

  return {
    obey: (order) => {
      if (isClosing) return;
      switch (order.kind) {
        case "open":
          opened = { clock: machineClock(performance.now() - Number(process.hrtime.bigint() - order.origin) / 1_000_000), folder: order.folder, config: order.config };
          return;
        case "lodge":  return lodge(order.member);
        case "know":   return void (known = order.members);
        case "start":  return start(order.birth);
        case "crash":  return crash(order.member);
        case "pause":  return tenants.get(order.member)?.still.begin();
        case "resume": return tenants.get(order.member)?.still.end();
        case "give":   return withMember(order.member, (member) => ask(member, order.event));
        case "hinder":
          for (const [member, its] of order.hindrances) {
            hindrances.set(member, its);
            tenants.get(member)?.hinder(its);
          }
          return;
        case "close": return void close();
      }
    },
  };
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What the timeline has an application ask for. */
function ask(member: SwimMember, event: Event): unknown {
  switch (event.kind) {
    case "asked-to-join":      return member.join(event.seeds);
    case "asked-to-leave":     return member.leave({ deadline: FAREWELL });
    case "asked-to-update":    return member.updateMeta(rawOf(event.meta));
    case "asked-to-broadcast": return member.broadcast(rawOf(event.payload), { key: event.key, priority: event.priority });
    case "asked-to-send": {
      const peer = member.members("all").find(({ address }) => address === event.to);
      return peer === undefined ? undefined : member.send(peer.name, rawOf(event.payload), { reliable: event.over === "stream" });
    }
    default: return undefined;
  }
}

/** A flight recorder that lets the conductor know who has departed, and under which incarnation somebody lives. */
function watched(flight: FlightRecorder, member: number, tell: (news: News) => void): FlightRecorder {
  let incarnation = -1;
  return {
    ...flight,
    born: (at, who, state) => {
      incarnation = state.self.incarnation;
      flight.born(at, who, state);
    },
    stepped: (at, who, event, effects, state) => {
      flight.stepped(at, who, event, effects, state);
      if (state.self.incarnation !== incarnation) tell({ kind: "incarnation", member, incarnation: incarnation = state.self.incarnation });
      if (effects.some((effect) => effect.kind === "announce" && effect.change.kind === "departed")) tell({ kind: "departed", member });
    },
  };
}
