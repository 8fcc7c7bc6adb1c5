/** What those who play runs may use of the memory. */

import { once } from "node:events";
import type { getHeapSpaceStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { BEGINNING, limitsFor, oneCoreFor } from "../../sim/cli/memory.ts";
import { startWorker } from "../../sim/cli/orders.ts";

const youngOf = (among: number, members: number, mebibytes = 24_000): number => limitsFor(among, members, mebibytes).maxYoungGenerationSizeMb;

describe("what is young has room", () => {
  test("for the last states of all members, several times", () => {
    expect([youngOf(2, 0), youngOf(2, 4), youngOf(2, 128), youngOf(2, 2_048)]).toEqual([128, 128, 384, 768]);
    expect([youngOf(1, 50_000), youngOf(1, 1_000_000)]).toEqual([781, 1_536]);
  });

  test("up to an eighth of what the thread may use, and never less than the least", () => {
    expect(youngOf(1, 1_000_000, 4_000)).toBe(400);
    expect(youngOf(16, 2_048, 32_000)).toBe(200);
    expect(youngOf(64, 2_048)).toBe(128);
  });
});

test("workers share four fifths of the memory", () => {
  expect(limitsFor(4, 128, 24_000).maxOldGenerationSizeMb).toBe(4_800);
  expect(limitsFor(64, 128, 24_000).maxOldGenerationSizeMb).toBe(512);
});

test("what is young in a worker begins with 32 MiB for each half", async () => {
  // The option holds for all heaps made from then on.
  await startWorker({ kind: "lab", source: "" }, 1).terminate();
  const worker = new Worker(`require("node:worker_threads").parentPort.postMessage(require("node:v8").getHeapSpaceStatistics())`, { eval: true, resourceLimits: limitsFor(1, 0) });
  const [spaces] = (await once(worker, "message")) as [ReturnType<typeof getHeapSpaceStatistics>];
  const space = spaces.find(({ space_name: name }) => name === "new_space");
  expect(space?.space_size).toBe(32 * 1_048_576);
});

test("a process on one core has what a worker has, in two halves and a third to spare", () => {
  const { maxYoungGenerationSizeMb: young, maxOldGenerationSizeMb: old } = limitsFor(1, 2_048);
  expect(oneCoreFor(2_048)).toEqual(["--single-threaded-gc", BEGINNING, `--max-semi-space-size=${Math.floor(young / 3)}`, `--max-old-space-size=${old}`]);
});
