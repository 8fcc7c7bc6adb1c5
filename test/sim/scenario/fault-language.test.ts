/** The language of the network's faults: what is written, what it means, what can't be, and that it can be written again. */

import { describe, expect, test } from "vitest";
import { micros, seconds } from "../../../engine/index.ts";
import type { Harms } from "../../../sim/scenario/harm.ts";
import { scenarioHash, type Action } from "../../../sim/scenario/index.ts";
import { spelt } from "../../../sim/scenario/spell.ts";
import { scenarioText } from "../../../sim/scenario/write.ts";
import { base, errorsIn, scenarioOf } from "./builders.ts";

const zoned = "duration: 1m\nmembers: [{ count: 4, name: eu, tags: { zone: eu } }, { count: 4, name: us, tags: { zone: us } }]\n";
const harmsOf = (text: string): Harms | undefined => scenarioOf(`${base}network: ${text}\n`).network.link.harms;
const actionOf = (line: string, head = base): Action => scenarioOf(`${head}timeline:\n  - { at: 1s, ${line} }\n`).timeline[0]!.action;
const networkErrors = (text: string): readonly string[] => errorsIn(`${base}network: ${text}\n`);
const lineErrors = (line: string, head = base): readonly string[] => errorsIn(`${head}timeline:\n  - { at: 1s, ${line} }\n`);

describe("what links do", () => {
  test.for([
    ["{ bursts: { p: 1%, r: 25%, 1-h: 90%, 1-k: 0.5%, shared: sender } }", { bursts: { kind: "by-packet", p: 0.01, r: 0.25, lossInBad: 0.9, lossInGood: 0.005, shared: "sender" } }],
    ["{ bursts: { p: 10% } }", { bursts: { kind: "by-packet", p: 0.1, r: 0.9, lossInBad: 1, lossInGood: 0, shared: "pair" } }],
    ["{ bursts: { loss: 20%, meanLength: 4 } }", { bursts: { kind: "by-packet", p: 0.0625, r: 0.25, lossInBad: 1, lossInGood: 0, shared: "pair" } }],
    ["{ bursts: { loss: 10%, meanLength: 400ms } }", { bursts: { kind: "by-time", bad: micros(400_000), good: micros(3_600_000), lossInBad: 1, lossInGood: 0, shared: "pair" } }],
    ["{ bursts: { bad: 1s, good: 9s } }", { bursts: { kind: "by-time", bad: seconds(1), good: seconds(9), lossInBad: 1, lossInGood: 0, shared: "pair" } }],
    ["{ pipe: { bandwidth: 1Mbit/s, queue: 16kB, mtu: 1280 } }", { pipe: { rate: 125_000, queue: 16_000, mtu: 1_280, shared: "pair" } }],
    ["{ corrupt: 1% }", { corrupt: { share: 0.01, bits: 1, crc: true } }],
    ["{ corrupt: { share: 1%, bits: 3, crc: off } }", { corrupt: { share: 0.01, bits: 3, crc: false } }],
    ["{ reorder: { share: 10%, by: 50ms } }", { reorder: { share: 0.1, by: { kind: "constant", of: 50_000 } } }],
    ["{ replay: { share: 1%, after: { uniform: [1s, 2s] } } }", { replay: { share: 0.01, by: { kind: "uniform", min: 1_000_000, max: 2_000_000 } } }],
    ["{ lossOf: { ack: 30%, stream: 5% } }", { lossOf: { ack: 0.3, stream: 0.05 } }],
    ["{ loss: 1% }", undefined],
  ] as const)("%s", ([text, harms]) => expect(harmsOf(text)).toEqual(harms));

  test("an exception inherits what it leaves out, and an impairment has the same keys", () => {
    const { link, links } = scenarioOf(`${base}network: { corrupt: 1%, lossOf: { ack: 5% }, links: [{ from: m01, to: all, lossOf: { ping: 9% } }] }\n`).network;
    expect(link.harms?.lossOf).toEqual({ ack: 0.05 });
    expect(links[0]?.link.harms).toEqual({ corrupt: { share: 0.01, bits: 1, crc: true }, lossOf: { ping: 0.09 } });
    expect(actionOf("impair: { members: 1, lossOf: { ping: 9% } }")).toMatchObject({ loss: 0, harms: { lossOf: { ping: 0.09 } } });
  });

  test("a matrix of zones is an exception for each of its cells, behind those of links", () => {
    const { links } = scenarioOf(`${zoned}network:\n  latency: 1ms\n  links: [{ from: eu1, to: us1, loss: 50% }]\n  zones: { by: zone, latency: { eu: { us: 45ms }, us: { eu: 60ms } }, loss: { eu: { us: 2% } } }\n`).network;
    const tag = (value: string): object => ({ kind: "tag", tag: "zone", value });
    expect(links.slice(1)).toEqual([
      { from: tag("eu"), to: tag("us"), link: { latency: { kind: "constant", of: 45_000 }, loss: 0.02, duplicate: 0 } },
      { from: tag("us"), to: tag("eu"), link: { latency: { kind: "constant", of: 60_000 }, loss: 0, duplicate: 0 } },
    ]);
    expect(links[0]?.link.loss).toBe(0.5);
  });

  test("mistakes", () => {
    expect(networkErrors("{ bursts: { loss: 3% } }")).toEqual(["3:20: network.bursts: loss and meanLength belong together: write both"]);
    expect(networkErrors("{ bursts: {} }")).toEqual(["3:20: network.bursts: no bursts are defined here: write loss and meanLength, or p and r, or bad and good"]);
    expect(networkErrors("{ bursts: { loss: 3%, meanLength: 4, p: 1% } }")).toEqual(["3:50: network.bursts.p: p and loss can't be combined: write loss and meanLength, or p and r, or bad and good"]);
    expect(networkErrors("{ bursts: { loss: 60%, meanLength: 1 } }")).toEqual(["3:45: network.bursts.meanLength: bursts of 1 packet can't lose that much: one would have to begin before every packet. Write longer ones"]);
    expect(networkErrors("{ bursts: { loss: 60%, meanLength: 4, 1-h: 50% } }")).toEqual(["3:28: network.bursts.loss: such bursts lose from 0% to below 50%: that is what is lost in good stretches (1-k) and in bad ones (1-h)"]);
    expect(networkErrors("{ bursts: { p: 1%, r: 0% } }")).toEqual(["3:32: network.bursts.r: 0% is impossible: a bad stretch would never end"]);
    expect(networkErrors("{ bursts: { loss: 3%, meanLength: 0 } }")).toEqual(["3:44: network.bursts.meanLength: 0 is impossible: write a whole number from 1 to 1,000,000"]);
    expect(networkErrors("{ pipe: { queue: 16kB } }")).toEqual([
      "3:18: network.pipe: this pipe has no effect: write bandwidth or mtu", "3:27: network.pipe.queue: queue works only with bandwidth: without it nothing waits",
    ]);
    expect(networkErrors("{ pipe: { bandwidth: 100 } }")).toEqual(["3:31: network.pipe.bandwidth: 100 is not a rate: write one such as 100kB/s or 1Mbit/s"]);
    expect(networkErrors("{ pipe: { mtu: 12kb } }")).toEqual(['3:25: network.pipe.mtu: "12kb" is not a size: write one such as 1500, 64kB or 1MiB']);
    expect(networkErrors("{ pipe: { mtu: 0 } }")).toEqual(["3:25: network.pipe.mtu: 0 is impossible: a size is more than nothing, and whole bytes where it has no unit"]);
    expect(networkErrors("{ corrupt: { share: 1%, bits: 0 } }")).toEqual(["3:40: network.corrupt.bits: 0 is impossible: write a whole number from 1 to 64"]);
    expect(networkErrors("{ lossOf: {} }")).toEqual(["3:20: network.lossOf: nothing is lost here: write a kind of message, such as ack: 30%"]);
    expect(networkErrors("{ lossOf: { akc: 3% } }")).toEqual(['3:22: unknown key "akc" in network.lossOf: did you mean "ack"?']);
    expect(errorsIn(`${zoned}network: { zones: { by: zone, latency: { eu: { uss: 1ms } } } }\n`)).toEqual(['3:53: network.zones.latency.eu.uss: no member has the tag zone=uss: did you mean "us"?']);
    expect(errorsIn(`${zoned}network: { zones: { by: rack, loss: { eu: { us: 1% } } } }\n`)).toEqual(["3:25: network.zones.by: no member has the tag rack"]);
    expect(errorsIn(`${zoned}network: { zones: { by: zone } }\n`)).toEqual(["3:19: network.zones: these zones do not differ: write latency or loss from zone to zone"]);
  });
});

describe("what happens", () => {
  test.for([
    ["partition: { ways: 3 }", { kind: "partition", sides: [], shape: { kind: "ways", count: 3 } }],
    ["partition: { isolate: 2, direction: in }", { shape: { kind: "isolate" }, way: "in" }],
    ["partition: { ring: yes, mode: jam }", { shape: { kind: "ring" }, crossing: { kind: "jam" } }],
    ["partition: { bridge: m07, mode: slow, delay: 1s }", { shape: { kind: "bridge" }, crossing: { kind: "slow", by: { kind: "constant", of: 1_000_000 } } }],
    ["partition: { sides: [50%, rest], direction: out }", { way: "out", sides: [{ kind: "fraction", fraction: 0.5 }, { kind: "rest" }] }],
    ["clog: { from: 2, to: rest, capacity: 4kB }, bothWays: yes", { kind: "clog", bothWays: true, capacity: 4_000 }],
    ["swizzle: { members: 50%, clogFor: 10s, holdFor: 2s, unclogFor: 3s }", { kind: "swizzle", clogFor: 10_000_000, holdFor: 2_000_000, unclogFor: 3_000_000 }],
    ["cut: { from: 1, to: all }, for: 20s, flap: { on: 2s, off: { uniform: [1s, 3s] } }", { kind: "cut", flap: { on: { kind: "constant", of: 2_000_000 }, off: { kind: "uniform" } } }],
  ] as const)("%s", ([line, action]) => expect(actionOf(line)).toMatchObject(action));

  test("sides without more are the partition that they always were", () => {
    expect(actionOf("partition: [50%, rest]")).toEqual(actionOf("partition: { sides: [50%, rest], mode: drop, direction: both }"));
    expect(Object.keys(actionOf("partition: [50%, rest]"))).toEqual(["kind", "sides"]);
  });

  test("mistakes", () => {
    expect(lineErrors("partition: {}")).toEqual(["4:26: timeline[0].partition: this parts nobody: write one of sides, ways, isolate, ring, bridge, by"]);
    expect(lineErrors("partition: 3")).toEqual(["4:26: timeline[0].partition: 3 parts nobody: write sides, such as [50%, rest], or { ways: 3 }, { isolate: 2 }, { ring: yes }, { bridge: 1 } or { by: zone }"]);
    expect(lineErrors("partition: { ways: 3, ring: yes }")).toEqual(["4:43: timeline[0].partition.ring: ways and ring can't be combined: write one of them"]);
    expect(lineErrors("partition: { ways: 65 }")).toEqual(["4:34: timeline[0].partition.ways: 65 sides of 64 members: some would be empty"]);
    expect(lineErrors("partition: { ring: yes }", "duration: 1m\nmembers: 3\n")).toEqual(["4:34: timeline[0].partition.ring: a ring needs 4 members, and there are 3: of fewer, every majority is next to everybody"]);
    expect(lineErrors("partition: { ring: yes, direction: in }")).toEqual(["4:50: timeline[0].partition.direction: a ring has no direction: members that are too far apart reach each other in neither"]);
    expect(lineErrors("partition: { ways: 2, mode: slow }")).toEqual(["4:43: timeline[0].partition.mode: how slow? Write delay beside it, such as 500ms"]);
    expect(lineErrors("partition: { ways: 2, delay: 1s }")).toEqual(["4:44: timeline[0].partition.delay: delay works only with mode: slow; this is drop"]);
    expect(lineErrors("partition: { by: rack }", zoned)).toEqual(["4:32: timeline[0].partition.by: no member has the tag rack"]);
    expect(lineErrors("partition: { by: zon }", zoned)).toEqual(['4:32: timeline[0].partition.by: no member has the tag zon: did you mean "zone"?']);
    expect(lineErrors("partition: { bridge: 63 }")).toEqual(["4:36: timeline[0].partition.bridge: a bridge needs a member on each of its ends: 64 members, of whom 63 are the bridge, leave too few"]);
    expect(lineErrors("cut: { from: 1, to: all }, flap: { on: 1s, off: 1s }")).toEqual(["4:48: timeline[0].flap: until when does it come and go? Write for beside flap"]);
    expect(lineErrors("pause: 1, for: 20s, flap: { on: 1s, off: 1s }")).toEqual(["4:41: timeline[0].flap: this can't come and go: flap works only with partition, cut, impair and clog"]);
    expect(lineErrors("partition: { ways: 2 }, for: 20s, flap: { on: 0s, off: 1s }")).toEqual(["4:61: timeline[0].flap.on: 0 is impossible: it would come and go without end at one instant"]);
    expect(lineErrors("swizzle: { members: 2, clogFor: 10s, holdFor: 0s, unclogFor: 3s }")).toEqual(["4:61: timeline[0].swizzle.holdFor: 0 is impossible: this length must be more than 0"]);
    expect(lineErrors("clog: { from: 1, to: all, capacity: much }")).toEqual(['4:51: timeline[0].clog.capacity: "much" is not a size: write one such as 1500, 64kB or 1MiB']);
  });
});

test("all of it is written again, and means the same", () => {
  const scenario = scenarioOf(`${zoned}network:
  duplicate: 7%
  bursts: { loss: 3%, meanLength: 3 }
  pipe: { bandwidth: 3kB/s, queue: 4KiB, mtu: 1280, shared: receiver }
  corrupt: { share: 0.1%, bits: 3, crc: off }
  reorder: { share: 7%, by: { exponential: { mean: 1s } } }
  replay: { share: 29%, after: { pareto: { min: 1s, alpha: 2 } } }
  lossOf: { ack: 14%, ping-req: 0.7% }
  links:
    - { from: eu1, to: all, bursts: { bad: 1s, good: 7s } }
    - { from: eu2, to: us2, pipe: { mtu: 999, shared: all }, bothWays: yes }
    - { from: eu3, to: us3, pipe: { mtu: 999, shared: all } }
    - { from: eu4, to: us4, loss: 1%, bothWays: yes }
  zones: { by: zone, loss: { eu: { us: 3% } } }
timeline:
  - { at: 1s, partition: { ways: 3, mode: slow, delay: 1s } }
  - { at: 2s, partition: { isolate: eu1, direction: out } }
  - { at: 3s, partition: { ring: yes } }
  - { at: 4s, partition: { bridge: 1, mode: jam } }
  - { at: 5s, partition: { by: zone } }
  - { at: 5s, partition: { sides: [25%, rest], direction: in } }
  - { at: 6s, clog: { from: 1, to: rest, capacity: 1kB } }
  - { at: 7s, swizzle: { members: 2, clogFor: 1s, holdFor: 1s, unclogFor: 2s } }
  - { at: 8s, impair: { members: 1, lossOf: { ack: 1% }, corrupt: 3% } }
  - { at: 9s, heal: all }
`);
  const again = scenarioOf(scenarioText(spelt(scenario)!));
  expect(scenarioHash(again)).toBe(scenarioHash(scenario));
  expect(again.network).toEqual(scenario.network);
});
