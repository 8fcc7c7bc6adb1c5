/** What a scenario becomes: defaults filled in, members named, lengths in microseconds. */

import { expect, test } from "vitest";
import { presets } from "../../../engine/index.ts";
import { compileScenario } from "../../../sim/scenario/index.ts";
import { config } from "../../../sim/scenario/schema/config.ts";
import { base, scenarioOf } from "./builders.ts";

test("the shortest scenario, and every default", () => {
  expect(scenarioOf("duration: 1m\nmembers: 2\n")).toEqual({
    name: "x",
    about: "",
    seed: "1",
    runs: 1,
    duration: 60_000_000,
    start: "warm",
    members: [
      { name: "m1", tags: {}, meta: "", present: true, seed: true },
      { name: "m2", tags: {}, meta: "", present: true, seed: false },
    ],
    preset: "swimlab",
    config: presets.swimlab,
    network: {
      link: { latency: { kind: "uniform", min: 500, max: 1_500 }, loss: 0, duplicate: 0 },
      links: [],
      streamDeadline: 10_000_000,
      retransmitAfter: 200_000,
      catchUp: 0,
    },
    timeline: [],
    expectations: [],
  });
});

test("names have as many digits as the last one needs, so that they sort", () => {
  const names = (members: string): readonly string[] => scenarioOf(`duration: 1m\nmembers: ${members}\n`).members.map(({ name }) => name);
  expect(names("9").at(-1)).toBe("m9");
  expect(names("64").slice(0, 2)).toEqual(["m01", "m02"]);
  expect(names("[{ count: 2, name: eu }, { name: anchor }, { count: 1, name: us }]")).toEqual(["eu1", "eu2", "anchor", "us1"]);
  expect(names("1000")).toEqual([...names("1000")].toSorted());
});

test("groups: tags, meta in UTF-8 bytes, who is present, who is a seed", () => {
  const { members } = scenarioOf("duration: 1m\nmembers:\n  - { count: 1, tags: { zone: eu, rack: 7 }, meta: \"ä€😀\" }\n  - { name: late, present: no }\n  - { name: s, seed: yes }\n");
  expect(members).toEqual([
    { name: "m1", tags: { zone: "eu", rack: "7" }, meta: "\u00c3\u00a4\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080", present: true, seed: false },
    { name: "late", tags: {}, meta: "", present: false, seed: false },
    { name: "s", tags: {}, meta: "", present: true, seed: true },
  ]);
});

test("without a seed, the first present member is one; seeds can also be named", () => {
  const seeds = (text: string): readonly string[] => scenarioOf(`duration: 1m\n${text}`).members.filter(({ seed }) => seed).map(({ name }) => name);
  expect(seeds("members: [{ name: a, present: no }, { name: b }, { name: c }]\n")).toEqual(["b"]);
  expect(seeds("members: 3\nseeds: m2\n")).toEqual(["m2"]);
  expect(seeds("members: 3\nseeds: [m1, m3]\n")).toEqual(["m1", "m3"]);
  expect(seeds("members: [{ count: 2, name: a, tags: { role: db } }, { name: b, seed: yes }]\nseeds: { tag: role=db }\n")).toEqual(["a1", "a2", "b"]);
});

test("the seed is kept as it is written, however long", () => {
  expect(scenarioOf(`${base}seed: 12345678901234567890\n`).seed).toBe("12345678901234567890");
  expect(scenarioOf(`${base}seed: 007\n`).seed).toBe("007");
  expect(scenarioOf(`${base}seed: "a b"\n`).seed).toBe("a b");
});

test("every kind of latency", () => {
  const latency = (written: string): unknown => scenarioOf(`${base}network: { latency: ${written} }\n`).network.link.latency;
  expect(latency("2ms")).toEqual({ kind: "constant", of: 2_000 });
  expect(latency("{ constant: 2ms }")).toEqual({ kind: "constant", of: 2_000 });
  expect(latency("{ uniform: [0, 2ms] }")).toEqual({ kind: "uniform", min: 0, max: 2_000 });
  expect(latency("{ normal: { mean: 2ms, deviation: 1ms } }")).toEqual({ kind: "normal", mean: 2_000, deviation: 1_000, min: 0 });
  expect(latency("{ lognormal: { median: 2ms, sigma: 0.5 } }")).toEqual({ kind: "lognormal", median: 2_000, sigma: 0.5 });
  expect(latency("{ exponential: { min: 1ms, mean: 2ms } }")).toEqual({ kind: "exponential", min: 1_000, mean: 2_000 });
  expect(latency("{ pareto: { min: 1ms, alpha: 1.5 } }")).toEqual({ kind: "pareto", min: 1_000, alpha: 1.5 });
  expect(latency("{ empirical: [[0%, 1ms], [50%, 2ms], [100%, 90ms]] }")).toEqual({ kind: "empirical", points: [[0, 1_000], [0.5, 2_000], [1, 90_000]] });
});

test("a link inherits what it leaves out, and bothWays makes two of it", () => {
  const text = "duration: 1m\nmembers: [{ count: 2, name: a, tags: { zone: eu } }, { name: b }]\nnetwork:\n  loss: 1%\n  links:\n    - { from: { tag: zone=eu }, to: b, latency: 5ms, bothWays: yes }\n    - { from: all, to: [a1, a2], loss: 0 }\n";
  const eu = { kind: "tag", tag: "zone", value: "eu" };
  const b = { kind: "names", names: ["b"] };
  const slow = { latency: { kind: "constant", of: 5_000 }, loss: 0.01, duplicate: 0 };
  expect(scenarioOf(text).network.links).toEqual([
    { from: eu, to: b, link: slow },
    { from: b, to: eu, link: slow },
    { from: { kind: "all" }, to: { kind: "names", names: ["a1", "a2"] }, link: { latency: { kind: "uniform", min: 500, max: 1_500 }, loss: 0, duplicate: 0 } },
  ]);
});

test("every preset, and changes to it", () => {
  for (const name of Object.keys(presets).toSorted()) expect(scenarioOf(`${base}preset: ${name}\n`).preset).toBe(name);
  expect(scenarioOf(`${base}preset: swim-inf\nconfig: { periodEvery: 3s, syncEvery: 0, suspicion: on }\n`).config).toEqual({
    ...presets["swim-inf"], periodEvery: 3_000_000, syncEvery: 0, suspicion: "on",
  });
  expect(Object.keys(scenarioOf(base).config).toSorted(), "every field can be changed").toEqual(Object.keys(config.shape).toSorted());
});

test("expectations: the figure's path, the comparison, the value in seconds", () => {
  const text = `${base}timeline: [{ at: 1s, crash: 1 }]\nexpect:\n  - convergence.p99 < 1m30s\n  - falsePositives.count==0\n  - disruptions[0].convergence.max <= 500ms\n  - load.bytesPerMemberSecond < 1.5e3\n`;
  expect(scenarioOf(text).expectations).toEqual([
    { text: "convergence.p99 < 1m30s", path: ["convergence", "p99"], is: "<", value: 90 },
    { text: "falsePositives.count==0", path: ["falsePositives", "count"], is: "==", value: 0 },
    { text: "disruptions[0].convergence.max <= 500ms", path: ["disruptions", 0, "convergence", "max"], is: "<=", value: 0.5 },
    { text: "load.bytesPerMemberSecond < 1.5e3", path: ["load", "bytesPerMemberSecond"], is: "<", value: 1500 },
  ]);
});

test("what may be expected of sayings, blocks, announcements, health and Lifeguard's false positives", () => {
  const lines = [
    "broadcastDelivery.p99 < 3s", "broadcasts.reach >= 0.99", "broadcasts.count == 4", "broadcasts.to90.max < 2s", "updateDissemination.censored == 0", "updates.to50.p50 < 1s",
    "blocks.firstDetection.p50 < 13s", "announcements.joined.count < 9", "announcements.datagrams-lost.perMemberHour < 1", "health.mean < 0.5", "health.max <= 8",
    "falsePositives.ofHealthy < 10", "falsePositives.healthyOfHealthy == 0",
  ];
  const { expectations } = scenarioOf(`${base}expect:\n${lines.map((line) => `  - ${line}\n`).join("")}`);
  expect(expectations.map(({ path }) => path.join("."))).toEqual(lines.map((line) => line.split(" ")[0]));
  expect(expectations.slice(0, 2).map(({ value }) => value)).toEqual([3, 0.99]);
});

test("what comes back as source makes the very same scenario by itself", () => {
  const files = new Map([["dir/under.yaml", "duration: 1m\nmembers: 8\nseed: 007\nnetwork: { loss: 5% }\nexpect: [\"convergence.p99 < 30s\"]\n"]]);
  const read = (path: string): string => files.get(path) ?? "";
  const compiled = compileScenario("extends: under.yaml\nname: no\nabout: \"1\"\n", { file: "dir/over.yaml", read, settings: ["network.loss=7%", "members=9"] });
  if (!compiled.ok) throw new Error("a scenario that is right was refused");
  expect(compiled.source).not.toContain("extends");
  expect(compileScenario(compiled.source, { file: "alone.yaml" })).toEqual(compiled);
});
