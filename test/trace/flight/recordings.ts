/** Flights written in memory: of members of a simulation, each on a clock of its own. */

import { address, type Effect, type Event, type Instant, type MemberId, nextBox, type State, step } from "../../../engine/index.ts";
import { playRun, type Scenario } from "../../../sim/index.ts";
import { type About, type FlightLimits, FlightWriter } from "../../../trace/index.ts";
import { shiftedEvent, shiftedState } from "../../../trace/merge/shift.ts";
import { joined } from "../recording.ts";

export type Told = { readonly at: Instant; readonly who: MemberId } & ({ readonly first: State } | { readonly event: Event });

/** All that happens to some members in a scenario's run 0: births and events, in order. */
export function toldOf(names: readonly string[], scenario: Scenario): ReadonlyMap<string, readonly Told[]> {
  const told = new Map<string, Told[]>(names.map((name) => [name, []]));
  playRun(scenario, 0, {
    born: (at, who, first) => void told.get(who)?.push({ at, who, first }),
    stepped: (at, who, event) => void told.get(who)?.push({ at, who, event }),
  });
  return told;
}

/** The same as real members see it: streams come from ports of the moment. */
export const called = (told: readonly Told[]): readonly Told[] =>
  told.map((line, number) => ("event" in line && line.event.kind === "exchange-opened" ? { ...line, event: { ...line.event, from: address(`10.9.9.9:${50_000 + number}`) } } : line));

export type Making = {
  /** Its origin is so many microseconds after the simulation's, … */
  readonly origin?: number;
  /** … and its wall clock is so many milliseconds ahead of the truth. */
  readonly ahead?: number;
  readonly about?: About;
  readonly limits?: Partial<FlightLimits>;
  /** A piece is handed out whenever so many bytes wait. */
  readonly portion?: number;
  /** The step of this number throws its dice once more, as another engine might. */
  readonly otherwise?: number;
  /** What was wanted at each step, as another engine might have it. */
  readonly wanting?: (effects: readonly Effect[]) => readonly Effect[];
};

/** The bytes of one member's first life, as a file. */
export function flown(told: readonly Told[], making: Making = {}): Uint8Array {
  const { origin = 0, ahead = 0, about = {}, limits = {}, portion = 500, otherwise = -1, wanting = (effects) => effects } = making;
  const writer = new FlightWriter(limits);
  const pieces: Uint8Array[] = [];
  const flush = (): void => {
    const piece = writer.flush();
    if (piece !== null) pieces.push(piece.bytes);
  };
  let state: State | null = null;
  for (const [number, line] of told.entries()) {
    if ("first" in line) {
      if (state !== null) break;
      state = shiftedState(line.first, -origin);
      pieces.push(writer.opening({ by: "flight-recorder", member: line.who, address: state.self.address, bornAt: 1_000, wallAtOrigin: 1_800_000_000_000 + origin / 1_000 + ahead, ...about }));
      writer.born((line.at - origin) as Instant, line.who, state);
      continue;
    }
    if (state === null) continue;
    const event = shiftedEvent(line.event, -origin);
    const [next, effects]: readonly [State, readonly Effect[]] = step(state, event);
    state = number === otherwise ? { ...next, rng: nextBox(next.rng) } : next;
    writer.stepped(event.now, line.who, event, wanting(effects), state);
    if (writer.waiting > portion) flush();
  }
  flush();
  pieces.push(writer.closing());
  return joined(pieces);
}
