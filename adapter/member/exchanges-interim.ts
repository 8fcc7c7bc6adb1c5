/** Streams, for as long as there is no room of their own. */

import { exchangeId, type ExchangeId } from "../../engine/index.ts";
import type { Codec, StreamSide, DecodedBytes } from "../codec/codec.ts";
import type { ExchangeHearing, Exchanges } from "../exchange/exchange.ts";
import type { Connection, Transport } from "../transport/transport.ts";

export function exchangesOver(transport: Transport, codec: Codec, hear: ExchangeHearing): Exchanges {
  const open = new Map<ExchangeId, Connection>();
  const closing = new AbortController();
  let last = 0;
  const read = async (c: Connection, side: StreamSide): Promise<DecodedBytes> => {
    let bytes: Uint8Array = new Uint8Array();
    for await (const piece of c) {
      bytes = Buffer.concat([bytes, piece]);
      const d = codec.decodeStream(bytes, c.peer, side);
      if (d.kind !== "more") return d;
    }
    return { kind: "refused", reason: "malformed", why: "cut short" };
  };
  return {
    ask: (to, message) => {
      void (async () => {
        const c = await transport.connect(to, closing.signal);
        await c.write(codec.encodeStream(message, "caller"));
        if (message.kind === "user" || message.kind === "patch") return c.end();
        const d = await read(c, "answerer");
        c.destroy();
        if (d.kind === "message") hear.answered(to, d.message as never);
        else hear.failed(to, "nonsense");
      })().catch((error: unknown) => hear.failed(to, String(error)));
    },
    answer: (exchange, message) => {
      const c = open.get(exchange);
      open.delete(exchange);
      void c?.write(codec.encodeStream(message, "answerer")).then(() => c.end(), () => {});
    },
    accept: (c) => {
      void (async () => {
        const d = await read(c, "caller");
        if (d.kind !== "message") return c.destroy();
        const id = exchangeId(++last);
        if (d.message.kind !== "user" && d.message.kind !== "patch") open.set(id, c);
        hear.opened(c.peer, id, d.message as never);
      })().catch(() => {});
    },
    close: () => closing.abort(),
    get open() { return open.size; },
  };
}
