/** Load: what is sent, by kind. */

import type { Message } from "../../engine/index.ts";
import type { RunResult } from "./result.ts";

type Kind = Message["kind"];
type Tally = { count: number; bytes: number };

/** In alphabetical order, as they are reported. */
const kinds = ["ack", "gossip", "nack", "ping", "ping-req", "push-pull"] as const satisfies readonly Kind[];

export class Load {
  private readonly tallies: Readonly<Record<Kind, Tally>> = {
    ack: { count: 0, bytes: 0 }, gossip: { count: 0, bytes: 0 }, nack: { count: 0, bytes: 0 }, ping: { count: 0, bytes: 0 },
    "ping-req": { count: 0, bytes: 0 }, "push-pull": { count: 0, bytes: 0 },
  };
  private streams = 0;

  sent(kind: Kind, bytes: number): void {
    const tally = this.tallies[kind];
    tally.count++;
    tally.bytes += bytes;
  }

  opened(): void {
    this.streams++;
  }

  results(): RunResult["load"] {
    const all = kinds.map((kind) => ({ kind, ...this.tallies[kind] }));
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
    return {
      streams: this.streams,
      datagrams: sum(all.filter(({ kind }) => kind !== "push-pull").map(({ count }) => count)),
      bytes: sum(all.map(({ bytes }) => bytes)),
      byKind: Object.fromEntries(all.filter(({ count }) => count > 0).map(({ kind, count, bytes }) => [kind, { count, bytes }])),
    };
  }
}
