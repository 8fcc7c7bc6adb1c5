/** Pipes: what waits how long, and what is lost, by plain arithmetic. */

import { describe, expect, test } from "vitest";
import { instant } from "../../../../engine/index.ts";
import { HEADERS, type Pipe } from "../../../../sim/scenario/harm.ts";
import type { Passing } from "../../../../sim/world/harm/ground.ts";
import { PipeQueue } from "../../../../sim/world/harm/pipe.ts";

/** 100 kB a second: a packet of 1,000 bytes takes 10 ms. */
const pipe = (changes: Partial<Pipe> = {}): PipeQueue => new PipeQueue({ rate: 100_000, queue: null, mtu: null, shared: "pair", ...changes }, 10);
const packet = (ms: number, bytes = 1_000, target = 1, source = 0): Passing => ({ source, target, now: instant(ms * 1_000), size: bytes - HEADERS, key: 0, purposes: 0 });
/** When it is through, in milliseconds after it was sent; or why it is lost. */
const admit = (into: PipeQueue, passing: Passing): number | string => {
  const wait = into.admit(passing);
  return typeof wait === "string" ? wait : wait / 1_000;
};

test("a packet takes its bytes by the rate; those behind it wait for those before", () => {
  const queue = pipe();
  expect([0, 0, 0, 5, 5].map((at) => admit(queue, packet(at)))).toEqual([10, 20, 30, 35, 45]);
  expect(admit(queue, packet(1_000)), "all is through").toBe(10);
  expect(admit(queue, packet(1_000, 250))).toBe(12.5);
});

describe("a full queue", () => {
  test("drops its tail, whatever else it may be; and has room again when something has gone out", () => {
    const queue = pipe({ queue: 3_000 });
    expect([0, 0, 0, 0, 0].map((at) => admit(queue, packet(at)))).toEqual([10, 20, 30, "queue", "queue"]);
    expect(admit(queue, packet(9)), "the first is nearly out").toBe("queue");
    expect(admit(queue, packet(10))).toBe(30);
    expect(admit(queue, packet(10, 100)), "not even a small one").toBe("queue");
  });

  test("holds as many small packets as bytes of them fit", () => {
    const queue = pipe({ queue: 1_000 });
    expect(Array.from({ length: 12 }, () => admit(queue, packet(0, 100))).filter((wait) => wait === "queue").length).toBe(2);
  });
});

test("a datagram above the MTU is lost, one of just that size passes, and takes no time where there is no rate", () => {
  const narrow = pipe({ rate: null, mtu: 1_280 });
  expect([admit(narrow, packet(0, 1_280)), admit(narrow, packet(0, 1_281))]).toEqual([0, "mtu"]);
});

test("what a stream carries goes through as well, and is in the way of datagrams; it is never lost", () => {
  const queue = pipe({ queue: 3_000, mtu: 1_280 });
  expect(queue.carry(packet(0, 20_000))).toBe(200_000);
  expect(admit(queue, packet(0))).toBe("queue");
  expect(admit(queue, packet(180))).toBe(30);
});

test.for([
  ["pair", [10, 10, 10]], ["sender", [10, 20, 10]], ["receiver", [10, 10, 20]], ["all", [10, 20, 30]],
] as const)("shared by %s: from 0 to 1, from 0 to 2, from 3 to 1", ([shared, waits]) => {
  const queue = pipe({ shared });
  expect([packet(0), packet(0, 1_000, 2), packet(0, 1_000, 1, 3)].map((passing) => admit(queue, passing))).toEqual(waits);
});
