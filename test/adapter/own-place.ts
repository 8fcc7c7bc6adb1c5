/** Places that nobody else takes in between: for tests that free a port, and bind it again or expect that nobody listens there. */

import { threadId } from "node:worker_threads";
import { MemberError } from "../../adapter/error.ts";
import { until } from "./until.ts";

/** Below the ports that systems hand out to those who ask for any, and above those of the privileged and of most services. */
const FIRST = 10_000;
const PER_THREAD = 200;
const THREADS = 100;

let next = 0;

/**
 * An address on the loopback that is asked for once: a port of this thread, and on Linux, where all of 127.0.0.0/8 is the loopback, a host of this process. Elsewhere the
 * port alone has to do.
 */
export function ownPlace(): string {
  const { pid } = process;
  const host = process.platform === "linux" ? `127.${64 + ((pid >> 16) & 63)}.${(pid >> 8) & 255}.${pid & 255}` : "127.0.0.1";
  return `${host}:${FIRST + (threadId % THREADS) * PER_THREAD + (next++ % PER_THREAD)}`;
}

/** Opens what was closed a moment ago. A child that another thread starts meanwhile holds all sockets of this process between its fork and its exec. */
export const onceFree = <T extends object>(place: string, open: () => Promise<T>): Promise<Exclude<T | false, false | undefined>> => until<T | false>(`${place} is free`, async () => {
  try {
    return await open();
  } catch (error) {
    if (error instanceof MemberError && error.code === "port-in-use") return false;
    throw error;
  }
});
