/** A real run, measured: everybody's recordings and the conductor's deeds in one order of time, replayed by the engine and watched by the simulator's observer. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, nextWake, type MemberId, type State } from "../../engine/index.ts";
import { Playback, type Played, type RunResult } from "../../sim/index.ts";
import { callersIn, mergeTraces, openParts, openTrace, postmarkOf, retell, type Recorder, type Trace } from "../../trace/index.ts";

export type Measured = {
  readonly result: RunResult;
  /** The whole run as one trace. */
  readonly trace: Uint8Array;
  readonly lateness: Lateness;
};

/** How late members' alarms rang, in milliseconds: those of members that never stood still. */
export type Lateness = { readonly p50: number; readonly p99: number; readonly max: number };

/** Reads what members recorded in `folder`. Every step is replayed, and must come out as it was recorded. */
export function measured(folder: string, deeds: Uint8Array, played: Played): Measured {
  const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  // Who was killed before its first line was written is nobody's loss.
  const { recordings } = openParts(files);
  const callers = callersIn(recordings.map(({ trace }) => postmarkOf(trace)), []);
  const pieces: Uint8Array[] = [];
  const about = { by: "udp", scenario: played.scenario.name, seed: played.seed, run: played.run };
  const { left } = mergeTraces([{ trace: opened(deeds), shift: 0 }, ...recordings.map(({ trace }, number) => ({ trace, shift: 0, callers: callers[number] }))], about, (piece) => void pieces.push(piece));
  assert(left.length === 0, `a real run that replays to what was recorded: ${left.join("; ")}`);
  const trace = Buffer.concat(pieces);
  const playback = new Playback(played);
  const lateness = new Lates();
  const told = retell(opened(trace), both(playback, lateness));
  assert(told.ok, `a merged trace that replays${told.ok ? "" : `: ${told.why}`}`);
  return { result: playback.results(), trace, lateness: lateness.result() };
}

function opened(bytes: Uint8Array): Trace {
  const found = openTrace(bytes);
  assert(found.ok, `a trace of our own that can be read${found.ok ? "" : `: ${found.why}`}`);
  return found.trace;
}

const both = (one: Required<Recorder> | Playback, other: Required<Recorder> | Lates): Recorder => ({
  born: (at, who, state) => {
    one.born(at, who, state);
    other.born(at, who, state);
  },
  stepped: (at, who, event, effects, state) => {
    one.stepped(at, who, event, effects, state);
    other.stepped(at, who, event, effects, state);
  },
  disrupted: (at, kind, members) => {
    one.disrupted(at, kind, members);
    other.disrupted(at, kind, members);
  },
});

/** Watches how late members are woken. */
class Lates implements Recorder {
  private readonly states = new Map<MemberId, State>();
  private readonly stood = new Set<MemberId>();
  private readonly lates: number[] = [];

  born(_: number, who: MemberId, state: State): void {
    this.states.set(who, state);
  }

  stepped(at: number, who: MemberId, event: { readonly kind: string }, _: unknown, state: State): void {
    const before = this.states.get(who);
    this.states.set(who, state);
    if (event.kind === "woke" && before !== undefined && !this.stood.has(who)) this.lates.push(Math.max(0, at - nextWake(before)) / 1_000);
  }

  disrupted(_: number, kind: string, members: readonly MemberId[]): void {
    if (kind === "pause") for (const who of members) this.stood.add(who);
  }

  result(): Lateness {
    const sorted = this.lates.toSorted((a, b) => a - b);
    const at = (share: number): number => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 10) / 10;
    return { p50: at(0.5), p99: at(0.99), max: at(1) };
  }
}
