/**
 * What the flight recorder costs: `node --import tsx bench/measure-recorder.ts recorded` lets members among 1,000 live through what happened to them in a
 * simulation, with a recorder; `alone` without. Each in a process of its own, because the compiler makes other code of what is done both ways. Prints one line of JSON.
 */

import { type Address, decode, encode, type Event, type Instant, type MemberId, nextWake, type State, step } from "../engine/index.ts";
import { playRun } from "../sim/index.ts";
import { FlightWriter } from "../trace/index.ts";
import { workload } from "./workload.ts";

/** Microseconds for each event. */
export type RecorderMeasurement = {
  /** Alone: what the engine takes to decode a packet, take the step, and encode what it wants sent. Recorded: the same with a recorder. */
  readonly each: number;
  /** A key-frame's share of a line; 0 alone. */
  readonly keyFrame: number;
};

const MEMBERS = 1_000;
/** So many bytes go to the file at once. */
const PORTION = 65_536;
/** Lines between two key-frames: what the recorder does in a group of this size. */
const LINES_PER_KEY = 32_768;

type Life = { readonly who: MemberId; readonly at: Instant; readonly first: State; readonly events: { readonly event: Event; readonly packet: Uint8Array | null }[] };

/** Some of the members, each with what happened to it. Packets come as bytes, so that what is in them is as new as in life. */
function livesOf(names: readonly string[]): readonly Life[] {
  const lives = new Map<string, Life>();
  playRun(workload({ members: MEMBERS, protocol: "swimlab" }), 0, {
    born: (at, who, first) => void (names.includes(who) && lives.set(who, { who, at, first, events: [] })),
    stepped: (_, who, event) => void lives.get(who)?.events.push({ event, packet: event.kind === "received" ? encode(event.message) : null }),
  });
  return [...lives.values()];
}

/** Drivers look up where to send, and set their alarm after each step: without that, a text that was put together and not yet looked into would be the recorder's to read. */
const routes = new Map<Address, Instant>();

/** The life once more. Answers with a number that depends on all of it. */
function live({ who, first, events }: Life, recorder: FlightWriter | null): number {
  let state = first;
  let bytes = 0;
  for (const { event: known, packet } of events) {
    const event = packet === null ? known : received(known, packet);
    const [next, effects] = step(state, event);
    recorder?.stepped(event.now, who, event, effects, next);
    for (const effect of effects) {
      if (effect.kind !== "send") continue;
      bytes += encode(effect.message).length;
      if (!routes.has(effect.to)) routes.set(effect.to, event.now);
    }
    bytes += nextWake(next) > event.now ? 1 : 0;
    state = next;
  }
  // As the recorder does when much happens.
  return bytes + (recorder !== null && recorder.waiting >= PORTION ? (recorder.flush()?.bytes.length ?? 0) : 0);
}

function received(event: Event, packet: Uint8Array): Event {
  if (event.kind !== "received") return event;
  const decoded = decode(packet, event.from);
  if (!decoded.ok) throw new Error(decoded.why);
  return { kind: "received", now: event.now, from: event.from, message: decoded.message };
}

/** A recorder of which one life is behind, so that names are known, and no key-frame comes. */
function seasoned(life: Life): FlightWriter {
  const recorder = new FlightWriter({ lines: Number.MAX_SAFE_INTEGER });
  recorder.opening({});
  recorder.born(life.at, life.who, life.first);
  live(life, recorder);
  return recorder;
}

/** Microseconds; the least of many, each shorter than the system's time slices, because noise only ever adds. */
function clocked(work: () => unknown, least: number): number {
  const before = process.hrtime.bigint();
  work();
  return Math.min(least, Number(process.hrtime.bigint() - before) / 1_000);
}

function measure(isRecorded: boolean, rounds: number): RecorderMeasurement {
  const lives = livesOf(["m1", "m2", "m3", "m4", "m6", "m7", "m8", "m9"]);
  const recorders = lives.map((life) => (isRecorded ? seasoned(life) : null));
  const least = lives.map(() => ({ life: Infinity, key: isRecorded ? Infinity : 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const [number, life] of lives.entries()) {
      const [recorder, found] = [recorders[number] ?? null, least[number]];
      if (found === undefined) continue;
      found.life = clocked(() => live(life, recorder), found.life);
      if (round % 20 === 0) found.key = clocked(() => isRecorded && keyFrameOf(life), found.key);
    }
  }
  const events = lives.reduce((sum, life) => sum + life.events.length, 0);
  const total = (of: "life" | "key"): number => least.reduce((sum, found) => sum + found[of], 0);
  return { each: total("life") / events, keyFrame: total("key") / lives.length / LINES_PER_KEY };
}

function keyFrameOf({ at, who, first }: Life): boolean {
  const recorder = new FlightWriter();
  recorder.born(at, who, first);
  return recorder.flush() !== null;
}

const [mode = "recorded", rounds = "1200"] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(measure(mode === "recorded", Number(rounds)))}\n`);
