/** A network in memory, for tests: members in one process, with latency and loss; the same seed gives the same run, and no real time passes. */

import { address, after, below, foldText, foldWide, micros, milliseconds, rngFrom, seconds, type Address, type Instant, type Rng } from "../../engine/index.ts";
import type { Clock } from "../driver/clock.ts";
import { virtualClock, type VirtualClock } from "../driver/virtual-clock.ts";
import { MemberError } from "../error.ts";
import { connectionPair } from "./memory-stream.ts";
import type { Connection, Receiver, Transport } from "./transport.ts";

/** Latency and loss of a network in memory. */
export type MemoryWeather = {
  /** How long a packet takes, in milliseconds: the least and the most. */
  readonly latency: readonly [least: number, most: number];
  /** The share of datagrams that are lost, from 0 to 1. Streams lose nothing. */
  readonly loss: number;
};

/** Latency and loss at the start (by default 0.2 to 1 ms, and none), the seed, and the clock. */
export type MemoryNetworkOptions = Partial<MemoryWeather> & {
  /** The seed of all randomness. Default 1. */
  readonly seed?: number;
  /** Instead of a virtual clock: with `machineClock()` real time passes. */
  readonly clock?: Clock;
};

/** A member's options for this network: spread them into those of `createMember`. */
export type MemoryHost = { readonly name: string; readonly transport: Transport; readonly clock: Clock; readonly seed: number };

/** Addresses for members, the time that they share, and faults. */
export type MemoryNetwork = {
  /** The clock of all its members: `host` gives it to each. */
  readonly clock: Clock;
  /** A transport for one member, at this address, or at the next free one: 10.0.0.1:7946, 10.0.0.2:7946 and so on. */
  readonly transport: (at?: string) => Transport;
  /** A name, a transport, the clock, and a seed derived from the network's and the name. */
  readonly host: (name: string, at?: string) => MemoryHost;
  /** Lets this many seconds pass. */
  readonly pass: (length: number) => Promise<void>;
  /** Lets time pass until the promise is settled, and settles in the same way. A `RangeError` after an hour of the network's clock. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>;
  /** The whole machine stands still for this many seconds; afterwards all overdue alarms go off, late. A `RangeError` if time is not virtual. */
  readonly jump: (length: number) => void;
  /** Sets another latency or loss. */
  readonly change: (weather: Partial<MemoryWeather>) => void;
  /** Cuts these addresses off from all others; streams between them break. */
  readonly cut: (...island: readonly string[]) => void;
  /** Everything passes again. */
  readonly heal: () => void;
};

const calm: MemoryWeather = { latency: [0.2, 1], loss: 0 };

/** A network without sockets, for tests of applications: a minute takes milliseconds, and the same seed gives the same run. */
export function memoryNetwork(options: MemoryNetworkOptions = {}): MemoryNetwork {
  const { seed = 1 } = options;
  const time = options.clock === undefined ? virtualClock() : { ...realTime(options.clock), ...options.clock };
  const net = new Network(time, rngFrom(seed), { ...calm, ...options });
  let places = 0;
  const transport = (at?: string): Transport => net.place(address(at ?? `10.0.${(++places) >> 8}.${places & 255}:7946`));
  return {
    clock: time,
    transport,
    host: (name, at) => ({ name, transport: transport(at), clock: time, seed: foldWide(foldText(0, name), seed) >>> 0 }),
    pass: (length) => time.pass(seconds(length)),
    until: (promise) => time.until(promise),
    jump: (length) => time.jump(seconds(length)),
    change: (weather) => { net.weather = { ...net.weather, ...weather }; },
    cut: (...island) => { net.cut(new Set(island.map(address))); },
    heal: () => { net.cut(null); },
  };
}

/** In real time, letting time pass is waiting. */
const realTime = (clock: Clock): Pick<VirtualClock, "pass" | "until" | "jump"> => ({
  pass: (length) => new Promise((resolve) => { clock.alarm(after(clock.now(), length), resolve); }),
  until: (promise) => promise,
  jump: () => { throw new RangeError("real time does not jump: create the network without a clock of your own"); },
});

/** The network: which receivers listen at which addresses, and the open streams. */
class Network {
  weather: MemoryWeather;
  private readonly clock: Clock;
  private rng: Rng;
  private island: ReadonlySet<Address> | null = null;
  private readonly listening = new Map<Address, Receiver>();
  /** Streams that are open, so that a cut breaks them. */
  private readonly streams = new Set<{ readonly ends: readonly [Address, Address]; readonly snap: () => void }>();

  constructor(clock: Clock, rng: Rng, weather: MemoryWeather) {
    this.clock = clock;
    this.rng = rng;
    this.weather = weather;
  }

  cut(island: ReadonlySet<Address> | null): void {
    this.island = island;
    for (const { ends, snap } of this.streams) if (this.isCut(...ends)) snap();
  }

  place(here: Address): Transport {
    const lost = { loss: 0, cut: 0, nobody: 0 };
    const mine = new Set<Connection>();
    let receiver: Receiver | undefined;
    return {
      open: (hearer) => {
        if (this.listening.has(here)) return Promise.reject(new MemberError("port-in-use", `${here} is already in use`));
        receiver = hearer;
        this.listening.set(here, hearer);
        return Promise.resolve(here);
      },
      send: (to, packet) => {
        if (receiver !== undefined) this.send(here, to, packet, lost);
      },
      connect: (to, signal) => this.connect(here, to, signal, mine),
      close: () => {
        if (receiver !== undefined) this.listening.delete(here);
        receiver = undefined;
        for (const connection of mine) connection.destroy();
        return Promise.resolve();
      },
      counts: () => ({ ...lost }),
    };
  }

  private send(from: Address, to: Address, packet: Uint8Array, lost: { loss: number; cut: number; nobody: number }): void {
    if (this.throwsBelow(this.weather.loss)) return void lost.loss++;
    if (this.isCut(from, to)) return void lost.cut++;
    // Not `slice`, which copies nothing if the packet is a Buffer.
    const copy = new Uint8Array(packet);
    this.clock.alarm(this.arrival(), () => {
      const receiver = this.listening.get(to);
      if (receiver === undefined) lost.nobody++;
      else receiver.packet(from, copy);
    });
  }

  private connect(from: Address, to: Address, signal: AbortSignal, mine: Set<Connection>): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error("given up"));
      if (signal.aborted) return giveUp();
      signal.addEventListener("abort", giveUp, { once: true });
      this.clock.alarm(this.arrival(), () => {
        signal.removeEventListener("abort", giveUp);
        const receiver = this.listening.get(to);
        if (signal.aborted) return;
        if (receiver === undefined || this.isCut(from, to)) return reject(new Error(`nobody listens at ${to}`));
        const stream = { ends: [from, to] as const, snap: () => {} };
        const [ours, theirs] = connectionPair(from, to, (arrive) => { this.clock.alarm(this.arrival(), arrive); }, () => {
          this.streams.delete(stream);
          mine.delete(ours);
        });
        stream.snap = () => ours.destroy();
        this.streams.add(stream);
        mine.add(ours);
        receiver.connection(theirs);
        resolve(ours);
      });
    });
  }

  private readonly isCut = (one: Address, other: Address): boolean => this.island !== null && this.island.has(one) !== this.island.has(other);

  private arrival(): Instant {
    const [least, most] = this.weather.latency;
    const [more, rng] = below(Math.max(1, milliseconds(most - least) + 1), this.rng);
    this.rng = rng;
    return after(this.clock.now(), micros(milliseconds(least) + more));
  }

  private throwsBelow(share: number): boolean {
    const [value, rng] = below(1_000_000, this.rng);
    this.rng = rng;
    return value < share * 1_000_000;
  }
}
