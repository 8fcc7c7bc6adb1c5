/** Runs written down in memory, and what a witness saw of them live. */

import type { Instant, MemberId, State } from "../../engine/index.ts";
import { playRun, type Scenario } from "../../sim/index.ts";
import { type Limits, type Recorder, TraceWriter } from "../../trace/index.ts";

/** The trace of run 0, as the bytes of a file. */
export function recorded(scenario: Scenario, limits: Partial<Limits> = {}, witness: Recorder = {}): Uint8Array {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter((bytes) => pieces.push(bytes), { by: "swimlab", scenario: scenario.name, seed: scenario.seed, run: 0 }, limits);
  playRun(scenario, 0, {
    born: (...told) => { writer.born(...told); witness.born?.(...told); },
    stepped: (...told) => { writer.stepped(...told); witness.stepped?.(...told); },
    disrupted: (...told) => { writer.disrupted(...told); witness.disrupted?.(...told); },
  });
  writer.end();
  return joined(pieces);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return bytes;
}

/** What everybody held after each line. */
export class Witness implements Recorder {
  readonly moments: { readonly at: Instant; readonly states: ReadonlyMap<MemberId, State> }[] = [];
  private readonly states = new Map<MemberId, State>();

  born(at: Instant, who: MemberId, state: State): void {
    this.states.set(who, state);
    this.see(at);
  }

  stepped(at: Instant, who: MemberId, _event: unknown, _effects: unknown, state: State): void {
    this.states.set(who, state);
    this.see(at);
  }

  disrupted(at: Instant): void {
    this.see(at);
  }

  private see(at: Instant): void {
    this.moments.push({ at, states: new Map(this.states) });
  }
}
