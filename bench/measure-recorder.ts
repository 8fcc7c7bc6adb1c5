/**
 * What the flight recorder costs: `node --import tsx bench/measure-recorder.ts recorded` replays to members among 1,000 the events of a
 * simulation, with a recorder; `alone` without. Each in a process of its own, because the compiler would optimise shared code differently. Prints one line of JSON.
 */

import { memberlistCodec, type Codec, type Exchanges, type Transport } from "../adapter/index.ts";
import { Driver } from "../adapter/driver/driver.ts";
import { address, type Event, type Instant, type MemberId, ORIGIN, presets, type State } from "../engine/index.ts";
import { playRun } from "../sim/index.ts";
import { flightWriter } from "../adapter/recorder/flight.ts";
import type { FlightWriter } from "../trace/index.ts";
import { workload } from "./workload.ts";

/** Microseconds for each event. */
export type RecorderMeasurement = {
  /** The time of a member that does everything except using sockets: it decodes a packet, takes the step, sets its alarm, counts, and encodes what it sends. */
  readonly each: number;
  /** A key-frame's share of a line; 0 for `alone`. */
  readonly keyFrame: number;
};

const MEMBERS = 1_000;
/** Lines between two key-frames: as the recorder does in a group of this size. */
const LINES_PER_KEY = 32_768;

type Life = { readonly who: MemberId; readonly at: Instant; readonly first: State; readonly events: { readonly event: Event; readonly packet: Uint8Array | null }[] };

/** Some of the members, each with its events. Datagrams are encoded packets, so that decoding them creates new objects as in real life. */
function livesOf(names: readonly string[], codec: Codec): readonly Life[] {
  const lives = new Map<string, Life>();
  playRun(workload({ members: MEMBERS, protocol: "swimlab" }), 0, {
    born: (at, who, first) => void (names.includes(who) && lives.set(who, { who, at, first, events: [] })),
    stepped: (_, who, event) => void lives.get(who)?.events.push({ event, packet: event.kind === "received" ? codec.encode(event.message, 5) : null }),
  });
  return [...lives.values()];
}

type Living = { readonly driver: Driver; readonly recorder: FlightWriter | null; readonly time: { now: Instant } };

const nowhere: Exchanges = { ask: () => {}, answer: () => {}, accept: () => {}, close: () => {}, open: 0 };

/** A driver with a transport that sends nowhere and a clock that shows a given time. */
function livingOf({ who, at, first }: Life, codec: Codec, isRecorded: boolean): Living {
  const recorder = isRecorded ? flightWriter({ lines: Number.MAX_SAFE_INTEGER }) : null;
  recorder?.opening({});
  const transport: Transport = { open: () => Promise.resolve(first.self.address), send: () => {}, connect: () => Promise.reject(new Error("nowhere")), close: () => Promise.resolve() };
  const time = { now: at };
  const clock = { now: (): Instant => time.now, alarm: () => () => {} };
  const recording = recorder === null ? {} : { recorder };
  const driver = new Driver({
    clock, transport, codec, exchanges: () => nowhere, birth: { config: presets.swimlab, id: who, seed: 1 }, serf: null, report: () => {}, ...recording,
  }, address(first.self.address));
  driver.begin();
  return { driver, recorder, time };
}

/** Replays the events. */
function live(living: Living, { first, events }: Life): void {
  const { driver, recorder, time } = living;
  driver.state = first;
  for (const { event, packet } of events) {
    time.now = event.now;
    if (packet !== null && event.kind === "received") driver.packet(event.from, packet);
    else driver.happen(event);
  }
  // Within each round, so that none is timed whose lines are left for the next.
  recorder?.flush();
}

/** Microseconds; the least of many, each shorter than the system's time slices, because noise only ever adds. */
function clocked(work: () => unknown, least: number): number {
  const before = process.hrtime.bigint();
  work();
  return Math.min(least, Number(process.hrtime.bigint() - before) / 1_000);
}

function measure(isRecorded: boolean, rounds: number): RecorderMeasurement {
  const codec = memberlistCodec();
  const lives = livesOf(["m1", "m2", "m3", "m4", "m6", "m7", "m8", "m9"], codec).map((life) => ({ life, living: livingOf(life, codec, isRecorded), least: Infinity, key: isRecorded ? Infinity : 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const each of lives) {
      each.least = clocked(() => live(each.living, each.life), each.least);
      if (isRecorded && round % 20 === 0) each.key = clocked(() => keyFrameOf(each.life), each.key);
    }
  }
  const events = lives.reduce((sum, { life }) => sum + life.events.length, 0);
  const total = (of: "least" | "key"): number => lives.reduce((sum, each) => sum + each[of], 0);
  return { each: total("least") / events, keyFrame: total("key") / lives.length / LINES_PER_KEY };
}

function keyFrameOf({ who, first }: Life): boolean {
  const recorder = flightWriter();
  recorder.born(ORIGIN, who, first);
  return recorder.flush() !== null;
}

const [mode = "recorded", rounds = "1200"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(measure(mode === "recorded", Number(rounds)))}\n`);
