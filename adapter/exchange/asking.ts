/** Exchanges that we open. */

import type { Address, Answer, Request } from "../../engine/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { Transport } from "../transport/transport.ts";
import type { ExchangeHearing } from "./exchange.ts";
import { readMessage, type Reading, type Rules } from "./read-message.ts";
import { whyOf, type Stream } from "./stream.ts";

/** The kind of answer to each kind of request; others are not answered. */
const ANSWERS: Partial<Record<Request["kind"], Answer["kind"]>> = { ping: "ack", "push-pull": "push-pull", compare: "patch" };
export const isAnswered = (message: Request): boolean => ANSWERS[message.kind] !== undefined;

export type Asking = {
  readonly transport: Pick<Transport, "connect">;
  readonly codec: Pick<Codec, "encodeStream" | "decodeStream">;
  readonly hear: ExchangeHearing;
  readonly rules: Rules;
};

/**
 * As memberlist does: sends the request, and closes the stream when the answer is there; without an answer, the exchange ends when the peer hangs up. Resolves with a
 * function that reports the outcome, to be called once the stream is closed.
 */
export async function ask(to: Address, message: Request, stream: Stream, asking: Asking): Promise<() => void> {
  const { hear } = asking;
  try {
    const reading = await converse(to, message, stream, asking);
    return () => tell(to, message, reading, hear);
  } catch (error) {
    const { reason, why } = whyOf(stream, error);
    return () => hear.failed(to, reason === "broken" ? why : `${reason}: ${why}`);
  }
}

async function converse(to: Address, message: Request, stream: Stream, { transport, codec, rules }: Asking): Promise<Reading> {
  // Asynchronous, so that `hear` is never called from within `ask`.
  await Promise.resolve();
  const said = codec.encodeStream(message, "caller");
  const connection = stream.hold(await transport.connect(to, stream.signal));
  await connection.write(said);
  if (!isAnswered(message)) connection.end();
  return await readMessage(connection, to, "answerer", rules);
}

function tell(to: Address, { kind }: Request, reading: Reading, { answered, failed, dropped }: ExchangeHearing): void {
  const expected = ANSWERS[kind];
  switch (reading.kind) {
    case "message": {
      const { message, unread } = reading;
      if (message.kind !== expected) {
        dropped(to, "malformed", `a ${message.kind} does not answer a ${kind}`);
        return failed(to, `a ${message.kind} does not answer a ${kind}`);
      }
      if (unread.length > 0) dropped(to, "unread", `${unread.length} times: ${unread[0]}`);
      return answered(to, message as Answer);
    }
    case "refused":
      dropped(to, reading.reason, reading.why);
      return failed(to, reading.why);
    case "nothing":
      if (expected !== undefined) failed(to, "it hung up without answering");
  }
}
