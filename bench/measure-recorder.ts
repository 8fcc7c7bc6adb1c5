/**
 * What the flight recorder costs: `node --import tsx bench/measure-recorder.ts` lets members among 1,000 live through what happened to them in a
 * simulation, with and without a recorder in turn, and prints one line of JSON.
 */

import { decode, encode, type Event, type Instant, type MemberId, type State, step } from "../engine/index.ts";
import { playRun } from "../sim/index.ts";
import { FlightWriter } from "../trace/index.ts";
import { workload } from "./workload.ts";

export type RecorderMeasurement = {
  /** Microseconds for each event: what the engine takes to decode a packet, take the step, and encode what it wants sent; and its steps alone. */
  readonly engine: number;
  readonly steps: number;
  /** What the recorder takes besides: each line with its share of what is made of lines, checksums included, … */
  readonly line: number;
  /** … and of a key-frame. */
  readonly keyFrame: number;
  /** Both together, of the engine's time. */
  readonly share: number;
};

const MEMBERS = 1_000;
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

/** The life once more. Answers with a number that depends on all of it. */
function live({ who, first, events }: Life, recorder: FlightWriter | null): number {
  let state = first;
  let bytes = 0;
  for (const { event: known, packet } of events) {
    const event = packet === null ? known : received(known, packet);
    const [next, effects] = step(state, event);
    recorder?.stepped(event.now, who, event, effects, next);
    for (const effect of effects) if (effect.kind === "send") bytes += encode(effect.message).length;
    state = next;
  }
  return bytes + (recorder?.flush()?.bytes.length ?? 0);
}

function received(event: Event, packet: Uint8Array): Event {
  if (event.kind !== "received") return event;
  const decoded = decode(packet, event.from);
  if (!decoded.ok) throw new Error(decoded.why);
  return { kind: "received", now: event.now, from: event.from, message: decoded.message };
}

function stepsAlone({ first, events }: Life): void {
  let state = first;
  for (const { event } of events) [state] = step(state, event);
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

function measure(rounds: number): RecorderMeasurement {
  const lives = livesOf(["m1", "m2", "m3", "m4", "m6", "m7", "m8", "m9"]);
  const recorders = lives.map(seasoned);
  const least = lives.map(() => ({ engine: Infinity, recorded: Infinity, steps: Infinity, key: Infinity }));
  for (let round = 0; round < rounds; round++) {
    for (const [number, life] of lives.entries()) {
      const [recorder, found] = [recorders[number], least[number]];
      if (recorder === undefined || found === undefined) continue;
      found.engine = clocked(() => live(life, null), found.engine);
      found.recorded = clocked(() => live(life, recorder), found.recorded);
      found.steps = clocked(() => stepsAlone(life), found.steps);
      if (round % 20 === 0) found.key = clocked(() => keyFrameOf(life), found.key);
    }
  }
  const events = lives.reduce((sum, life) => sum + life.events.length, 0);
  const total = (of: "engine" | "recorded" | "steps" | "key"): number => least.reduce((sum, found) => sum + found[of], 0);
  const [engine, line] = [total("engine") / events, (total("recorded") - total("engine")) / events];
  const keyFrame = total("key") / lives.length / LINES_PER_KEY;
  return { engine, steps: total("steps") / events, line, keyFrame, share: (line + keyFrame) / engine };
}

function keyFrameOf({ at, who, first }: Life): void {
  const recorder = new FlightWriter();
  recorder.born(at, who, first);
  recorder.flush();
}

process.stdout.write(`${JSON.stringify(measure(Number(process.argv[2] ?? "1500")))}\n`);
