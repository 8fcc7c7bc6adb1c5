/** All the streams of a member. */

import { exchangeId, type Answer, type ExchangeId } from "../../engine/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { Clock } from "../driver/clock.ts";
import type { Connection, Transport } from "../transport/transport.ts";
import { serve } from "./answering.ts";
import { ask } from "./asking.ts";
import { crowdOf, type Guest } from "./crowd.ts";
import type { ExchangeHearing, ExchangeLimits, Exchanges } from "./exchange.ts";
import { alarmOf, streamOf, type Stream } from "./stream.ts";

/** The parts of `exchanges`. */
export type ExchangeParts = {
  /** Opens streams. */
  readonly transport: Pick<Transport, "connect">;
  /** Encodes and decodes messages. */
  readonly codec: Pick<Codec, "encodeStream" | "decodeStream" | "encodeRefusal">;
  /** Gets the outcomes. */
  readonly hear: ExchangeHearing;
  /** Default: `usualLimits`. */
  readonly limits?: Partial<ExchangeLimits>;
  /** For deadlines. Default: the machine's timers. */
  readonly clock?: Clock;
};

/** memberlist's limits: `TCPTimeout`, `maxPushStateBytes`, `maxConcurrentPushPullRequests`. */
export const usualLimits: ExchangeLimits = { deadline: 10_000, longest: 20 * 2 ** 20, most: 128 };

/** The streams of one member, none open longer than the limits allow. `createMember` has its own; this is for drivers that you write yourself. */
export function exchanges({ transport, codec, hear, limits, clock }: ExchangeParts): Exchanges {
  const all: ExchangeLimits = { ...usualLimits, ...limits };
  const alarm = alarmOf(clock);
  const ours = new Set<Stream>();
  const theirs = crowdOf(all, alarm);
  const desk = deskOf();
  const rules = { codec, longest: all.longest, came: () => undefined };
  let isClosed = false;

  async function answering(connection: Connection, { stream, came, letGo, leave }: Guest): Promise<void> {
    try {
      await serve(connection, stream, { codec, hear, rules: { ...rules, came }, letGo, step: desk.step });
    } finally {
      leave();
    }
  }

  async function asking(...[to, message]: Parameters<Exchanges["ask"]>): Promise<void> {
    const stream = streamOf(alarm, all.deadline);
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
    answer: desk.answer,
    accept: (connection) => {
      const guest = isClosed ? undefined : theirs.enter(connection);
      if (guest !== undefined) return void answering(connection, guest);
      connection.destroy();
      queueMicrotask(() => {
        if (!isClosed) hear.dropped(connection.peer, "too-many", `${all.most} streams are already open`);
      });
    },
    close: () => {
      isClosed = true;
      for (const stream of ours) stream.end("closed");
      ours.clear();
      theirs.end("closed");
    },
    get open() {
      return ours.size + theirs.size();
    },
  };
}

/** Collects answers: accepts one for an exchange only while the engine takes its step. */
function deskOf(): { readonly step: (hear: (exchange: ExchangeId) => void) => Answer | undefined; readonly answer: Exchanges["answer"] } {
  const answers = new Map<ExchangeId, { answer?: Answer }>();
  let last = 0;
  return {
    step: (hear) => {
      const exchange = exchangeId(++last);
      const place: { answer?: Answer } = {};
      answers.set(exchange, place);
      try {
        hear(exchange);
      } finally {
        answers.delete(exchange);
      }
      return place.answer;
    },
    answer: (exchange, message) => {
      const place = answers.get(exchange);
      if (place !== undefined) place.answer = message;
    },
  };
}
