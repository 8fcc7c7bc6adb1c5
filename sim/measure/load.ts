/** Load: what members send, by kind. */

import type { Answer, Datagram, Request } from "../../engine/index.ts";
import type { RunResult } from "./result.ts";

type Tally = { count: number; bytes: number };

const blank = (): Tally => ({ count: 0, bytes: 0 });

export class Load {
  private readonly datagrams: Readonly<Record<Datagram["kind"], Tally>> = { ack: blank(), gossip: blank(), nack: blank(), ping: blank(), "ping-req": blank() };
  /** Pings and acks over streams are counted apart from those in datagrams. */
  private readonly streamed: Readonly<Record<(Request | Answer)["kind"], Tally>> = {
    ack: blank(), compare: blank(), patch: blank(), ping: blank(), "push-pull": blank(), user: blank(),
  };
  private streams = 0;

  datagram(kind: Datagram["kind"], bytes: number): void {
    add(this.datagrams[kind], bytes);
  }

  /** A message over a stream: a request, or its answer. */
  stream(kind: (Request | Answer)["kind"], bytes: number): void {
    add(this.streamed[kind], bytes);
  }

  opened(): void {
    this.streams++;
  }

  results(): RunResult["load"] {
    const datagrams = Object.entries(this.datagrams);
    const streamed = Object.entries(this.streamed).map(([kind, tally]): [string, Tally] => [kind in this.datagrams ? `stream ${kind}` : kind, tally]);
    const all = [...datagrams, ...streamed].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const sum = (tallies: readonly [string, Tally][], of: keyof Tally): number => tallies.reduce((total, [, tally]) => total + tally[of], 0);
    return {
      streams: this.streams,
      datagrams: sum(datagrams, "count"),
      bytes: sum(all, "bytes"),
      byKind: Object.fromEntries(all.filter(([, { count }]) => count > 0).map(([kind, { count, bytes }]) => [kind, { count, bytes }])),
    };
  }
}

function add(tally: Tally, bytes: number): void {
  tally.count++;
  tally.bytes += bytes;
}
