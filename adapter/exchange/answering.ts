/** Exchanges that peers open. */

import type { Answer, ExchangeId, Request } from "../../engine/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { Connection } from "../transport/transport.ts";
import type { ExchangeHearing } from "./exchange.ts";
import { readMessage, type Reading, type Rules } from "./read-message.ts";
import { ANSWERING, LINGERING, whyOf, type Stream } from "./stream.ts";

export type Answering = {
  readonly codec: Pick<Codec, "encodeStream" | "encodeRefusal">;
  readonly hear: ExchangeHearing;
  readonly rules: Rules;
  /** The request's bytes no longer count as held. */
  readonly letGo: () => void;
  /** Calls `hear` with an id under which the engine may answer while it runs; returns the answer. */
  readonly step: (hear: (exchange: ExchangeId) => void) => Answer | undefined;
};

/** Serves a stream as memberlist does: reads one message, answers it, hangs up. Waits for the peer to hang up too, so that nothing on its way gets lost. */
export async function serve(connection: Connection, stream: Stream, answering: Answering): Promise<void> {
  const { peer } = connection;
  const { hear, rules } = answering;
  let reading: Reading;
  try {
    reading = await readMessage(connection, peer, "caller", rules);
    // The stream may have been cut off just as its last bytes came.
    stream.signal.throwIfAborted();
  } catch (error) {
    const { reason, why } = whyOf(stream, error);
    if (stream.ending() !== "closed") hear.dropped(peer, reason, why);
    return;
  }
  answering.letGo();
  stream.said = ANSWERING;
  const answer = answerTo(connection, reading, answering);
  if (answer !== undefined) await reply(connection, answer, stream, hear);
}

/** Encodes the answer when it is needed: an answer that cannot be encoded is lost like one that cannot be sent. */
type Written = () => Uint8Array | undefined;

async function reply(connection: Connection, answer: Written, stream: Stream, hear: ExchangeHearing): Promise<void> {
  try {
    const bytes = answer();
    if (bytes === undefined) return;
    await connection.write(bytes);
    connection.end();
  } catch (error) {
    const { reason, why } = whyOf(stream, error);
    if (stream.ending() !== "closed") hear.dropped(connection.peer, reason, why);
    return;
  }
  stream.said = LINGERING;
  // How the peer hangs up does not matter any more.
  await hungUp(connection).catch(() => undefined);
}

/** The answer to what was read; undefined for none. */
function answerTo({ peer }: Connection, reading: Reading, { codec, hear, step }: Answering): Written | undefined {
  if (reading.kind === "nothing") return undefined;
  if (reading.kind === "refused") {
    hear.dropped(peer, reading.reason, reading.why);
    // Like memberlist, tell the peer why we cannot decrypt its message, so that an operator finds the wrong key.
    return reading.reason === "plain" || reading.reason === "undecipherable" ? () => codec.encodeRefusal?.(reading.why) : undefined;
  }
  const { message, unread } = reading;
  if (message.kind === "ack") return void hear.dropped(peer, "malformed", "an ack instead of a request");
  if (unread.length > 0) hear.dropped(peer, "unread", `${unread.length} times: ${unread[0]}`);
  const request: Request = message;
  const answer = step((exchange) => hear.opened(peer, exchange, request));
  return answer === undefined ? undefined : () => codec.encodeStream(answer, "answerer");
}

/** Reads and ignores the rest, until the peer hangs up. Rejects if the stream breaks. */
async function hungUp(connection: Connection): Promise<void> {
  const pieces = connection[Symbol.asyncIterator]();
  while ((await pieces.next()).done !== true);
}
