/** Who answers pings, in a process of its own: `node --import tsx bench/answerer.ts member` or `echo`. Prints its address, and answers until it is killed. */

import { createSocket } from "node:dgram";
import { memberlistCodec, udpTcp } from "../adapter/index.ts";
import { instant, memberId, ORIGIN, presets, start, step, type Address, type State } from "../engine/index.ts";

/** Says the same back, and nothing else. */
function echo(): void {
  const socket = createSocket("udp4");
  socket.on("message", (packet, { port, address }) => socket.send(packet, port, address));
  socket.bind(0, "127.0.0.1", () => process.stdout.write(`127.0.0.1:${socket.address().port}\n`));
}

/** A member as far as pings go: decoded, stepped by the engine, encoded, sent. */
async function member(): Promise<void> {
  const [transport, codec, origin] = [udpTcp({ bind: "127.0.0.1:0" }), memberlistCodec(), performance.now()];
  let state: State | undefined;

  function packet(from: Address, bytes: Uint8Array): void {
    const decoded = codec.decode(bytes, from);
    if (!decoded.ok || state === undefined) return;
    const now = instant((performance.now() - origin) * 1000);
    const [next, effects] = step(state, { kind: "received", now, from, message: decoded.message });
    state = next;
    for (const effect of effects) if (effect.kind === "send") transport.send(effect.to, codec.encode(effect.message, null));
  }

  const address = await transport.open({ packet, connection: (connection) => connection.destroy(), undeliverable: () => undefined });
  state = start({ config: presets.swimlab, id: memberId("answerer"), address, now: ORIGIN, seed: 1 });
  process.stdout.write(`${address}\n`);
}

if (process.argv[2] === "member") void member();
else echo();
