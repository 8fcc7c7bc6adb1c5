/** The runs whose cost is budgeted: workload W(N) at several sizes and in several variants, with the hash of each one's trace. */

import type { Workload } from "./workload.ts";

/** A run whose cost is budgeted. Its hash proves that a faster engine plays the same run; a budget is meaningless for another run. */
export type Known = { readonly name: string; readonly work: Workload; readonly traceHash: string };

/** All of them, to find one by its name. */
export const knownRuns: Known[] = [];

function known(name: string, traceHash: string, work: Workload): Known {
  const run: Known = { name, traceHash, work };
  knownRuns.push(run);
  return run;
}

const coldStart = { start: "cold", crash: false, protocol: "swimlab" } as const;
/** Long enough for all members to agree again, 23 s after the two sides met. */
const rack = { parted: 10, crash: false, simulatedSeconds: 50, protocol: "swimlab" } as const;
const settled = { crash: false, simulatedSeconds: 7, protocol: "swimlab" } as const;

export const w128 = known("W(128)", "a7a4578968162fc9", { members: 128 });
export const w1024 = known("W(1024)", "e2ac6f5c1eeb891b", { members: 1024 });
export const w2048 = known("W(2048)", "08fb04d40cff8f19", { members: 2048 });
export const w4096 = known("W(4096)", "32b7067d40df3fc4", { members: 4096 });
export const w8192 = known("W(8192)", "842eac211d865dcc", { members: 8192 });
export const w16384 = known("W(16384)", "c76a192e3963e730", { members: 16_384 });
export const all1024 = known("W(1024), all of swimlab", "844b70b0e2065ebb", { members: 1024, protocol: "swimlab" });
export const parted1024 = known("W(1024), a rack of ten parted for 15 s and healed", "48ddcbea798bb2ca", { members: 1024, ...rack });
export const lossy1024 = known("W(1024) with 5 % loss", "933db3ee783d9613", { members: 1024, loss: 0.05 });
export const lossy2048 = known("W(2048) with 5 % loss", "32eec68ea7fd973a", { members: 2048, loss: 0.05 });
export const join1024 = known("1024 join through one seed, 30 s", "8d94c40ad9b152c1", { members: 1024, simulatedSeconds: 30, ...coldStart });
export const join2048 = known("2048 join through one seed, 90 s", "f3779e473a2c7f04", { members: 2048, simulatedSeconds: 90, ...coldStart });
export const born100k = known("a settled group of 100,000 loads", "c60453dfa88868cf", { members: 100_000, simulatedSeconds: 1, crash: false });
export const settled1k = known("1000 settled members", "fd44cb4e9ca4953c", { members: 1_000, ...settled });
export const settled100k = known("100000 settled members", "9dec28805ae8986f", { members: 100_000, ...settled });
