/**
 * Answers pings, in a process of its own: `node --import tsx bench/answerer.ts member`, `recorded` (into the file named next) or `echo`. Prints its address, and answers until it is killed; to any message from its parent it replies with the
 * processor time that it has used so far, in microseconds.
 */

import { createSocket } from "node:dgram";
import { createMember, flightRecorder } from "../adapter/index.ts";

/** Sends everything back unchanged. */
function echo(): void {
  const socket = createSocket("udp4");
  socket.on("message", (packet, { port, address }) => socket.send(packet, port, address));
  socket.bind(0, "127.0.0.1", () => process.stdout.write(`127.0.0.1:${socket.address().port}\n`));
}

/** A member as in any application, with a flight recorder if a file is named. */
async function member(file?: string): Promise<void> {
  const recorded = file === undefined ? {} : { recorder: flightRecorder({ file }) };
  const { address } = await createMember({ name: "answerer", bind: "127.0.0.1:0", ...recorded });
  process.stdout.write(`${address}\n`);
}

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});

const [who = "echo", file] = process.argv.slice(2);
if (who === "echo") echo();
else void member(who === "recorded" ? file : undefined);
