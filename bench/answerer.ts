/** Who answers pings, in a process of its own: `node --import tsx bench/answerer.ts member` or `echo`. Prints its address, and answers until it is killed. */

import { createSocket } from "node:dgram";
import { createMember } from "../adapter/index.ts";

/** Says the same back, and nothing else. */
function echo(): void {
  const socket = createSocket("udp4");
  socket.on("message", (packet, { port, address }) => socket.send(packet, port, address));
  socket.bind(0, "127.0.0.1", () => process.stdout.write(`127.0.0.1:${socket.address().port}\n`));
}

/** A member as any application has it. */
async function member(): Promise<void> {
  const { address } = await createMember({ name: "answerer", bind: "127.0.0.1:0" });
  process.stdout.write(`${address}\n`);
}

if (process.argv[2] === "member") void member();
else echo();
