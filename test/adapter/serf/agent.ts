/** A real Serf agent on loopback, as Debian ships it: found on this machine, or said to be missing. */

import { execFile, spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { installed } from "../installed.ts";
import { until } from "../until.ts";

/** Where it is installed; undefined if it is not. */
const program = installed("serf");

/** May tests with Serf be passed over? Only without it, and never in CI, which installs it. */
export const isPassedOver: boolean = program === undefined && process.env["CI"] === undefined;

if (isPassedOver) process.stderr.write("no Serf on this machine: the tests with a real agent are passed over (apt-get install serf)\n");

export type SerfMemberLine = { readonly name: string; readonly addr: string; readonly tags: Readonly<Record<string, string>>; readonly status: string };

export type Agent = {
  readonly name: string;
  readonly port: number;
  /** `host:port` of its gossip. */
  readonly address: string;
  /** All that it printed so far. */
  readonly said: () => string;
  /** `serf COMMAND …` on this agent: what it printed. Rejects with that if it does not end with 0. */
  readonly tell: (command: string, ...rest: readonly string[]) => Promise<string>;
  /** `serf members`. */
  readonly members: () => Promise<readonly SerfMemberLine[]>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Ends it at once, stopped or not. Idempotent. */
  readonly stop: () => Promise<void>;
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
export async function startAgent(name: string, ...options: readonly string[]): Promise<Agent> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await freePort(), await freePort(), name, options);
    } catch (error) {
      // Somebody else was faster.
      if (attempt === 3 || !/address already in use/.test(String(error))) throw error;
    }
  }
}

/** Those that run. None outlives the tests. */
const running = new Set<ChildProcess>();
process.once("exit", () => { for (const child of running) child.kill("SIGKILL"); });

async function startOn(port: number, rpc: number, name: string, options: readonly string[]): Promise<Agent> {
  const child = spawn(program ?? "serf", ["agent", `-node=${name}`, `-bind=127.0.0.1:${port}`, `-rpc-addr=127.0.0.1:${rpc}`, "-log-level=info", ...options], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let said = "";
  let trouble: Error | undefined;
  const ended = new Promise<void>((resolve) => child.once("close", () => { running.delete(child); resolve(); }));
  const hear = (text: Buffer): void => { said += text.toString(); };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  child.once("error", (error) => { trouble = error; });
  const tell: Agent["tell"] = (command, ...rest) => serf(command, `-rpc-addr=127.0.0.1:${rpc}`, ...rest);
  const agent: Agent = {
    name, port, tell,
    address: `127.0.0.1:${port}`,
    said: () => said,
    members: async () => (JSON.parse(await tell("members", "-format=json")) as { readonly members: readonly SerfMemberLine[] }).members,
    signal: (signal) => { child.kill(signal); },
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
  await until(`${name} runs`, () => {
    if (trouble !== undefined) throw trouble;
    if (!running.has(child)) throw new Error(`serf ended before it ran: ${said}`);
    return said.includes("Serf agent running!");
  });
  return agent;
}

/** Runs a command of Serf's, and hands out what it printed. */
export const serf = (...args: readonly string[]): Promise<string> => new Promise((resolve, reject) => {
  execFile(program ?? "serf", args, { encoding: "utf8" }, (error, output, errors) => {
    if (error === null) resolve(output);
    else reject(new Error(`serf ${args.join(" ")}: ${output}${errors}`, { cause: error }));
  });
});
