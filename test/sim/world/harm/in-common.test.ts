/** What is shared beyond a pair is shared by all links that have it: a pipe or a channel is one, however many exceptions inherit it. */

import { describe, expect, test } from "vitest";
import { instant, seqNo } from "../../../../engine/index.ts";
import { HEADERS } from "../../../../sim/scenario/harm.ts";
import { compileScenario, type Scenario } from "../../../../sim/scenario/index.ts";
import { Network } from "../../../../sim/world/network.ts";
import { at, ping } from "../../../builders.ts";

const group = "duration: 1s\nmembers: [{ count: 2, name: a, tags: { zone: a } }, { count: 2, name: b, tags: { zone: b } }, { count: 2, name: c, tags: { zone: c } }]\n";
const scenarioOf = (network: string): Scenario => {
  const compiled = compileScenario(`${group}network: { latency: 1ms, ${network} }\n`, { file: "a test" });
  if (!compiled.ok) throw new Error(compiled.errors.map(({ message }) => message).join("\n"));
  return compiled.scenario;
};

const [A1, A2, B1, C1] = [0, 1, 2, 4];
/** A packet of 1,000 bytes, at the origin. */
const sent = { message: ping("x", "y", seqNo(1)), size: 1_000 - HEADERS, from: at("x") };

/** When packets come, in milliseconds, that are all sent at once. */
function arrivals(network: string, ...ways: readonly (readonly [source: number, target: number])[]): readonly (number | null)[] {
  const over = new Network(scenarioOf(network), 1);
  return ways.map(([source, target]) => {
    const { first } = over.fateOf(source, target, instant(0), sent);
    return first === null ? null : first / 1_000;
  });
}

const cells = "zones: { by: zone, latency: { a: { b: 1ms, c: 1ms } } }";
const exception = "links: [{ from: { tag: zone=a }, to: { tag: zone=b }, latency: 1ms, bothWays: yes }]";

describe("one pipe of 100 kB/s, in which a packet takes 10 ms", () => {
  const pipe = (shared: string): string => `pipe: { bandwidth: 100kB/s, shared: ${shared} }`;
  test.for([
    ["a sender's, to its own zone and to two that are exceptions", `${pipe("sender")}, ${cells}`, [[A1, A2], [A1, B1], [A1, C1], [A2, B1]], [11, 21, 31, 11]],
    ["a receiver's, from inside and from outside", `${pipe("receiver")}, ${exception}`, [[A1, A2], [B1, A2], [C1, A2]], [11, 21, 31]],
    ["everybody's, both ways of an exception among them", `${pipe("all")}, ${exception}`, [[A1, B1], [B1, A1], [C1, A1]], [11, 21, 31]],
    ["an exception's own, both ways in common, and nobody else's", `links: [{ from: { tag: zone=a }, to: { tag: zone=b }, ${pipe("all")}, bothWays: yes }]`, [[A1, B1], [B1, A1], [C1, A1]], [11, 21, 1]],
    ["two exceptions' that are alike are two", `links: [{ from: a1, to: b1, ${pipe("all")} }, { from: a2, to: b1, ${pipe("all")} }]`, [[A1, B1], [A2, B1], [A1, B1]], [11, 11, 21]],
    ["each pair's stays its own", `${pipe("pair")}, ${cells}`, [[A1, A2], [A1, B1], [A1, B1]], [11, 11, 21]],
  ] as const)("%s", ([, network, ways, come]) => expect(arrivals(network, ...ways)).toEqual(come));
});

test("a sender whose channel is bad loses all it sends, over exceptions as well", () => {
  const losses = Array.from({ length: 40 }, (_, seed) => {
    const over = new Network(scenarioOf(`bursts: { bad: 1h, good: 1h, shared: sender }, ${cells}`), seed);
    return [A2, B1, C1].map((target) => (over.fateOf(A1, target, instant(0), sent).first === null ? "lost" : "here")).join(" ");
  });
  expect(new Set(losses)).toEqual(new Set(["lost lost lost", "here here here"]));
});
