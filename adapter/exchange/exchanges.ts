/** All the streams of a member: how many there may be, and how much they may hold. */

import { exchangeId, type Answer, type ExchangeId } from "../../engine/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection, Transport } from "../transport/transport.ts";
import { serve } from "./answering.ts";
import { ask } from "./asking.ts";
import type { ExchangeHearing, ExchangeLimits, Exchanges } from "./exchange.ts";
import { alarmOf, ANSWERING, streamOf, type Stream } from "./stream.ts";

export type ExchangeParts = {
  readonly transport: Pick<Transport, "connect">;
  readonly codec: Pick<Codec, "encodeStream" | "decodeStream" | "encodeRefusal">;
  readonly hear: ExchangeHearing;
  readonly limits?: Partial<ExchangeLimits>;
  /** For deadlines. The machine's, unless it says. */
  readonly clock?: Clock;
};

/** memberlist's: `TCPTimeout`, `maxPushStateBytes`, `maxConcurrentPushPullRequests`. */
export const usualLimits: ExchangeLimits = { deadline: 10_000, longest: 20 * 2 ** 20, most: 128 };

/** What peers have sent and we have not decoded may be so many times as much as one of them may send. */
const LONGEST_ONES = 4;

export function exchanges({ transport, codec, hear, limits, clock }: ExchangeParts): Exchanges {
  const { deadline, longest, most }: ExchangeLimits = { ...usualLimits, ...limits };
  const alarm = alarmOf(clock);
  const ours = new Set<Stream>();
  /** The oldest first. */
  const theirs = new Set<Stream>();
  const answers = new Map<ExchangeId, { answer?: Answer }>();
  let held = 0;
  let last = 0;
  let isClosed = false;

  const rules = { codec, longest, came: () => undefined };

  /** While `hear` runs the engine takes its step, and answers if it wants to. */
  function step(hear: (exchange: ExchangeId) => void): Answer | undefined {
    const exchange = exchangeId(++last);
    const place: { answer?: Answer } = {};
    answers.set(exchange, place);
    try {
      hear(exchange);
    } finally {
      answers.delete(exchange);
    }
    return place.answer;
  }

  /** Room for what they say, at the cost of who has said most. */
  function makeBytesRoom(): void {
    if (held <= LONGEST_ONES * longest) return;
    let most: Stream | undefined;
    for (const stream of theirs) if (stream.said < ANSWERING && stream.said > (most?.said ?? 0)) most = stream;
    most?.end("too-much");
  }

  /** Room for one more, at the cost of who has said least; false if all wait for our answer. */
  function makeRoom(): boolean {
    if (theirs.size < most) return true;
    let least: Stream | undefined;
    for (const stream of theirs) if (stream.said < (least?.said ?? ANSWERING)) least = stream;
    if (least === undefined) return false;
    theirs.delete(least);
    least.end("too-many");
    return true;
  }

  async function answering(connection: Connection): Promise<void> {
    const stream = streamOf(alarm, deadline);
    theirs.add(stream);
    stream.hold(connection);
    let counted = 0;
    const letGo = (): void => {
      held -= counted;
      counted = 0;
    };
    const came = (count: number): void => {
      counted += count;
      held += count;
      stream.said = counted;
      makeBytesRoom();
    };
    try {
      await serve(connection, stream, { codec, hear, rules: { ...rules, came }, letGo, step });
    } finally {
      letGo();
      theirs.delete(stream);
      stream.end("done");
    }
  }

  async function asking(...[to, message]: Parameters<Exchanges["ask"]>): Promise<void> {
    const stream = streamOf(alarm, deadline);
    ours.add(stream);
    const tell = await ask(to, message, stream, { transport, codec, hear, rules });
    ours.delete(stream);
    stream.end("done");
    if (!isClosed) tell();
  }

  return {
    ask: (to, message) => {
      if (!isClosed) void asking(to, message);
    },
    answer: (exchange, message) => {
      const place = answers.get(exchange);
      if (place !== undefined) place.answer = message;
    },
    accept: (connection) => {
      if (!isClosed && makeRoom()) return void answering(connection);
      connection.destroy();
      if (!isClosed) queueMicrotask(() => hear.dropped(connection.peer, "too-many", `${most} streams are open already`));
    },
    close: () => {
      isClosed = true;
      for (const stream of [...ours, ...theirs]) stream.end("closed");
      ours.clear();
      theirs.clear();
    },
    get open() {
      return ours.size + theirs.size;
    },
  };
}
