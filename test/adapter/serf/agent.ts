/** A real Serf agent on loopback, as Debian ships it: found on this machine, or said to be missing. */

import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";

/** Where it is installed; undefined if it is not. */
const program: string | undefined = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "serf")).find((path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

/** May tests with Serf be passed over? Only without it, and never in CI, which installs it. */
export const isPassedOver: boolean = program === undefined && process.env["CI"] === undefined;

if (isPassedOver) process.stderr.write("no Serf on this machine: the tests with a real agent are passed over (apt-get install serf)\n");

export type Agent = { readonly port: number; readonly stop: () => Promise<void> };

/** A port on loopback that was free a moment ago. */
export const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer().once("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const bound = server.address();
    server.close(() => resolve(typeof bound === "object" && bound !== null ? bound.port : 0));
  });
});

/** Starts an agent, with these options besides, and waits until it says that it runs. Rejects with what it said if it does not. */
export async function startAgent(name: string, ...options: readonly string[]): Promise<Agent> {
  const [port, rpc] = [await freePort(), await freePort()];
  const agent = spawn(program ?? "serf", ["agent", `-node=${name}`, `-bind=127.0.0.1:${port}`, `-rpc-addr=127.0.0.1:${rpc}`, "-log-level=info", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => agent.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString();
      if (said.includes("EventMemberJoin")) resolve();
    };
    agent.stdout.on("data", hear);
    agent.stderr.on("data", hear);
    agent.once("error", reject);
    void ended.then(() => reject(new Error(`serf ended before it ran: ${said}`)));
  });
  return {
    port,
    stop: () => {
      agent.kill("SIGKILL");
      return ended;
    },
  };
}
