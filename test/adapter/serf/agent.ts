/** A real Serf agent on loopback, as Debian ships it: found on this machine, or said to be missing. */

import { execFile } from "node:child_process";
import { createServer } from "node:net";
import { installed, passedOver, run, type Running } from "../program.ts";

/** Where it is installed; undefined if it is not. */
const program = installed("serf");

export const isPassedOver: boolean = passedOver(program, "no Serf on this machine: the tests with a real agent are passed over (apt-get install serf)");

export type SerfMemberLine = { readonly name: string; readonly addr: string; readonly tags: Readonly<Record<string, string>>; readonly status: string };

export type Agent = Pick<Running, "said" | "signal" | "stop"> & {
  readonly name: string;
  readonly port: number;
  /** `host:port` of its gossip. */
  readonly address: string;
  /** `serf COMMAND …` on this agent: what it printed. Rejects with that if it does not end with 0. */
  readonly tell: (command: string, ...rest: readonly string[]) => Promise<string>;
  /** `serf members`. */
  readonly members: () => Promise<readonly SerfMemberLine[]>;
};

/** A port on loopback that was free a moment ago. */
export const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer().once("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const bound = server.address();
    server.close(() => resolve(typeof bound === "object" && bound !== null ? bound.port : 0));
  });
});

/** Starts an agent, with these options besides, and waits until it says that it runs. Rejects with what it said if it does not. */
export const startAgent = (name: string, ...options: readonly string[]): Promise<Agent> => startAgentOn("127.0.0.1", name, ...options);

/** The same on another host of the loopback, in brackets if it is one of IPv6's. */
export async function startAgentOn(host: string, name: string, ...options: readonly string[]): Promise<Agent> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startAt(`${host}:${await freePort()}`, await freePort(), name, options);
    } catch (error) {
      // Somebody else was faster.
      if (attempt === 3 || !/address already in use/.test(String(error))) throw error;
    }
  }
}

async function startAt(address: string, rpc: number, name: string, options: readonly string[]): Promise<Agent> {
  const { said, signal, stop, begun } = run(program ?? "serf", ["agent", `-node=${name}`, `-bind=${address}`, `-rpc-addr=127.0.0.1:${rpc}`, "-log-level=info", ...options]);
  await begun(() => said().includes("Serf agent running!"));
  const tell: Agent["tell"] = (command, ...rest) => serf(command, `-rpc-addr=127.0.0.1:${rpc}`, ...rest);
  return {
    name, address, tell, said, signal, stop,
    port: Number(address.split(":").at(-1)),
    members: async () => (JSON.parse(await tell("members", "-format=json")) as { readonly members: readonly SerfMemberLine[] }).members,
  };
}

/** Runs a command of Serf's, and hands out what it printed. */
export const serf = (...args: readonly string[]): Promise<string> => new Promise((resolve, reject) => {
  execFile(program ?? "serf", args, { encoding: "utf8" }, (error, output, errors) => {
    if (error === null) resolve(output);
    else reject(new Error(`serf ${args.join(" ")}: ${output}${errors}`, { cause: error }));
  });
});
