/** An idle member in a process of its own: joins by the given address, and reports to its parent what it has used so far whenever it is asked. */

import { createMember } from "../adapter/index.ts";

/** `cpu`: of all threads of the process, in milliseconds. `alive`: members that it holds alive, itself included. */
export type Use = { readonly cpu: number; readonly residentMebibytes: number; readonly alive: number; readonly suspected: number; readonly compared: number };

const member = await createMember({ name: "idle", bind: "127.0.0.1:0", seeds: process.argv.slice(2) });

function use(): Use {
  const { user, system } = process.cpuUsage();
  const { counters, gauges, received } = member.stats();
  return {
    cpu: (user + system) / 1_000, residentMebibytes: process.memoryUsage.rss() / 2 ** 20,
    alive: gauges["members.alive"] ?? 0, suspected: counters["announced.suspected"] ?? 0, compared: received["compare"]?.count ?? 0,
  };
}

process.on("message", () => process.send?.(use()));
process.on("disconnect", () => process.exit());
process.send?.(member.address);
