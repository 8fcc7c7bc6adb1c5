/** Two members' streams over real sockets, without the members; and strangers who behave badly. */

import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Address, Answer, Request } from "../../../engine/index.ts";
import { exchanges, memberlistCodec, udpTcp, type Codec, type ExchangeLimits, type Exchanges, type Transport } from "../../../adapter/index.ts";
import { inbox, type Inbox } from "../transport/ends.ts";

export type Side = {
  readonly exchanges: Exchanges;
  readonly transport: Transport;
  readonly address: Address;
  readonly opened: Inbox<Request>;
  readonly answered: Inbox<Answer>;
  readonly failed: Inbox<string>;
  readonly dropped: Inbox<{ readonly reason: string; readonly why: string }>;
  readonly close: () => Promise<void>;
};

export type SideOptions = {
  readonly bind?: string;
  readonly codec?: Codec;
  readonly limits?: Partial<ExchangeLimits>;
  /** What its engine answers; nothing, if it does not say. */
  readonly answers?: (request: Request) => Answer | undefined;
  readonly wrap?: (transport: Transport) => Transport;
};

export async function aSide({ bind = "127.0.0.1:0", codec = memberlistCodec(), limits = {}, answers = () => undefined, wrap = (transport) => transport }: SideOptions = {}): Promise<Side> {
  const transport = wrap(udpTcp({ bind }));
  const boxes = { opened: inbox<Request>(), answered: inbox<Answer>(), failed: inbox<string>(), dropped: inbox<{ reason: string; why: string }>() };
  const line: Exchanges = exchanges({
    transport, codec, limits,
    hear: {
      opened: (_from, exchange, request) => {
        boxes.opened.put(request);
        const answer = answers(request);
        if (answer !== undefined) line.answer(exchange, answer);
      },
      answered: (_from, answer) => boxes.answered.put(answer),
      failed: (_to, why) => boxes.failed.put(why),
      dropped: (_from, reason, why) => boxes.dropped.put({ reason, why }),
    },
  });
  const address = await transport.open({ packet: () => undefined, connection: line.accept, undeliverable: () => undefined });
  return {
    exchanges: line, transport, address, ...boxes,
    close: async () => {
      line.close();
      await transport.close();
    },
  };
}

/** Somebody who speaks TCP, and does as the test says. */
export async function stranger(to: Address): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: portOf(to), allowHalfOpen: true });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Somebody who answers streams as the test says. */
export async function strangeServer(behave: (socket: Socket) => void): Promise<{ readonly address: Address; readonly server: Server }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => behave(socket.on("error", () => undefined)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const where = server.address();
  if (where === null || typeof where === "string") throw new Error("no port");
  return { address: `127.0.0.1:${where.port}` as Address, server };
}

export const portOf = (where: Address): number => Number(where.slice(where.lastIndexOf(":") + 1));

/** All that it says until it hangs up. */
export async function allFrom(socket: Socket): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of socket) pieces.push(piece as Uint8Array);
  return Buffer.concat(pieces);
}

/** Turns the event loop until it is so. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}
