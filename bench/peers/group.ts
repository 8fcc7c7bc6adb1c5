/** Groups of real members on loopback, ours and others': each is started in its own way, and watched in the same way. */

import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Group = {
  readonly processes: readonly ChildProcess[];
  /** For each process, the fewest others that a member of it sees. */
  readonly seen: readonly (() => number)[];
};

export type Peer = {
  readonly name: string;
  /** Do the members share one process? */
  readonly together: boolean;
  /** Starts this many members that join through the one at `seed`, or form a new group there. */
  readonly start: (firstPort: number, count: number, seed: number) => Group;
};

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A program that prints how many members it sees whenever that changes. */
function telling(command: string, args: readonly string[]): Group {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let seen = 0;
  child.stdout.on("data", (text: Buffer) => { seen = Number(text.toString().trim().split("\n").at(-1)); });
  return { processes: [child], seen: [() => seen] };
}

export const swimlab: Peer = {
  name: "swimlab",
  together: true,
  start: (first, count, seed) => telling(process.execPath, ["--import", "tsx", here("swimlab.ts"), `${first}`, `${count}`, `${seed}`]),
};

/** The npm package, in the folder where it was installed. */
export const npmSwim = (folder: string): Peer => ({
  name: "swim 0.6.0 (npm)",
  together: true,
  start: (first, count, seed) => telling(process.execPath, [here("npm-swim.cjs"), folder, `${first}`, `${count}`, `${seed}`]),
});

/** Serf's agents: they print joins and failures. */
export const serf: Peer = {
  name: "Serf (Debian)",
  together: false,
  start(first, count, seed) {
    const agents = Array.from({ length: count }, (_, index) => serfAgent(first + index, seed));
    return { processes: agents.flatMap(({ processes }) => processes), seen: agents.flatMap(({ seen }) => seen) };
  },
};

function serfAgent(port: number, seed: number): Group {
  // A separate port for commands, besides the gossip port.
  const join = port === seed ? [] : [`-retry-join=127.0.0.1:${seed}`, "-retry-interval=1s"];
  const child = spawn("serf", ["agent", `-node=m${port}`, `-bind=127.0.0.1:${port}`, `-rpc-addr=127.0.0.1:${port + 1000}`, "-log-level=info", ...join], { stdio: ["ignore", "pipe", "ignore"] });
  const there = new Set<string>();
  child.stdout.on("data", (text: Buffer) => {
    for (const [, event, name = ""] of text.toString().matchAll(/EventMember(Join|Failed|Leave): (\S+)/g)) {
      if (event === "Join") there.add(name);
      else there.delete(name);
    }
  });
  return { processes: [child], seen: [() => there.size - 1] };
}
