/** What a recording remembers of where and when it was made: enough to lay several members' recordings on one axis of time. */

import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import type { Instant, State } from "../../engine/index.ts";
import type { About } from "../../trace/index.ts";

/** Milliseconds since 1970, to a fraction, by the wall clock as it is now: it may have been set since the process began. */
const wallNow = (): number => Date.now() + (performance.now() % 1);

/**
 * The header of a file that begins now, when it is `at` for the member. `wallAtOrigin` is what the wall clock showed, or would have, at the member's
 * origin, in milliseconds since 1970; `monotonicAtOrigin` what the process's monotonic clock did, in milliseconds. `bornAt` is the former as it was at the birth:
 * together with the name it tells recordings apart.
 */
export function aboutFile(at: Instant, { self }: State, bornAt: number): About {
  return {
    by: "flight-recorder",
    swimlab: version(),
    member: self.id,
    address: self.address,
    process: process.pid,
    bornAt,
    wallAtOrigin: wallAtOrigin(at),
    monotonicAtOrigin: performance.now() - at / 1_000,
  };
}

export const wallAtOrigin = (at: Instant): number => wallNow() - at / 1_000;

/** From the nearest package.json above this file: it lies deeper in the sources than in the package. */
function version(): string {
  for (const place of ["../../package.json", "../../../package.json"]) {
    try {
      const about: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8"));
      if (typeof about === "object" && about !== null && "name" in about && about.name === "swimlab" && "version" in about) return String(about.version);
    } catch {
      // Not there.
    }
  }
  return "unknown";
}
