/** Scenarios laid over one another, settings laid over those, and whose fault is what. */

import { describe, expect, test } from "vitest";
import { compileScenario, describeError, type Scenario } from "../../../sim/scenario/index.ts";
import { scenarioJsonSchema } from "../../../sim/scenario/schema/json-schema.ts";
import { oneOfs } from "../../../sim/scenario/schema/one-of.ts";
import { base, errorsIn, scenarioOf } from "./builders.ts";

const files: Readonly<Record<string, string>> = {
  "lab/lossy.yaml": "name: lossy\nduration: 1m\nmembers: 8\nnetwork:\n  loss: 10%\n  latency: { uniform: [1ms, 2ms] }\ntimeline:\n  - { at: 1s, crash: 1 }\n  - { at: 2s, crash: 1 }\n",
  "lab/typo.yaml": "duration: 1m\nmembers: 8\nnetwork:\n  los: 10%\n",
  "lab/broken.yaml": "members: [\n",
  "lab/circle.yaml": "extends: ./sub/../round.yaml\n",
  "lab/round.yaml": "extends: circle.yaml\n",
};

function compile(text: string, file = "lab/x.yaml"): Scenario | readonly string[] {
  const read = (path: string): string => {
    const found = files[path];
    if (found === undefined) throw new Error("no such file");
    return found;
  };
  const compiled = compileScenario(text, { file, read });
  return compiled.ok ? compiled.scenario : compiled.errors.map(describeError);
}

test("mappings merge, lists and latencies replace", () => {
  expect(compile("extends: ./lossy.yaml\nnetwork: { duplicate: 1%, latency: { constant: 3ms } }\ntimeline: [{ at: 9s, pause: 1 }]\n")).toMatchObject({
    name: "lossy",
    network: { link: { loss: 0.1, duplicate: 0.01, latency: { kind: "constant", of: 3_000 } } },
    timeline: [{ at: 9_000_000, action: { kind: "pause" } }],
  });
});

describe("what says one of several things", () => {
  const zones = "duration: 1m\nmembers: [{ count: 2, name: eu, tags: { zone: eu } }, { count: 2, name: us, tags: { zone: us } }]\n";
  const over = (under: string, above: string): Scenario["network"] | readonly string[] => {
    const compiled = compileScenario(`extends: under.yaml\nnetwork: ${above}\n`, { file: "x.yaml", read: () => `${zones}network: ${under}\n` });
    return compiled.ok ? compiled.scenario.network : compiled.errors.map(describeError);
  };
  const exponential = "{ exponential: { mean: 20ms } }";

  test("replaces another, wherever a latency stands", () => {
    const drawn = { kind: "exponential", mean: 20_000 };
    expect(over("{ latency: { uniform: [1ms, 2ms] } }", `{ latency: ${exponential} }`)).toMatchObject({ link: { latency: drawn } });
    expect(over("{ reorder: { share: 10%, by: { uniform: [1ms, 2ms] } } }", `{ reorder: { by: ${exponential} } }`)).toMatchObject({ link: { harms: { reorder: { share: 0.1, by: drawn } } } });
    expect(over("{ replay: { share: 10%, after: { uniform: [1s, 2s] } } }", `{ replay: { after: ${exponential} } }`)).toMatchObject({ link: { harms: { replay: { share: 0.1, by: drawn } } } });
    expect(over("{ zones: { by: zone, latency: { eu: { us: { uniform: [1ms, 2ms] } } } } }", `{ zones: { latency: { eu: { us: ${exponential} } } } }`)).toMatchObject({ links: [{ link: { latency: drawn } }] });
  });

  test("and the cells of a matrix of latencies merge, as those of losses do", () => {
    const cells = over("{ zones: { by: zone, latency: { eu: { us: 45ms }, us: { eu: 60ms } }, loss: { us: { eu: 2% } } } }", "{ zones: { latency: { eu: { us: 90ms } }, loss: { eu: { us: 5% } } } }");
    expect(cells).toMatchObject({ links: [{ link: { latency: { of: 90_000 }, loss: 0.05 } }, { link: { latency: { of: 60_000 }, loss: 0.02 } }] });
  });

  test("of bursts, one spelling replaces another, and leaves what all have; within a spelling, keys merge", () => {
    const bursts = "{ bursts: { loss: 3%, meanLength: 4, shared: sender } }";
    expect(over(bursts, "{ bursts: { p: 1%, r: 25% } }")).toMatchObject({ link: { harms: { bursts: { kind: "by-packet", p: 0.01, r: 0.25, shared: "sender" } } } });
    expect(over(bursts, "{ bursts: { bad: 1s, good: 9s, shared: all } }")).toMatchObject({ link: { harms: { bursts: { kind: "by-time", bad: 1_000_000, shared: "all" } } } });
    expect(over(bursts, "{ bursts: { meanLength: 2 } }")).toMatchObject({ link: { harms: { bursts: { r: 0.5, shared: "sender" } } } });
    expect(over(bursts, "{ bursts: { p: 1%, loss: 2% } }")).toEqual([expect.stringContaining("p and loss")]);
  });

  test("is known wherever the schema has a latency, or bursts, outside of lists", () => {
    type Node = { readonly $ref?: string; readonly [key: string]: unknown };
    const schema = scenarioJsonSchema() as Node & { readonly definitions: Readonly<Record<string, Node>> };
    const seen: string[] = [];
    const walk = (node: Node, path: readonly string[]): void => {
      const name = node.$ref?.split("/").at(-1) ?? "";
      if (["latency", "bursts"].includes(name)) return void seen.push(path.join("."));
      if (schema.definitions[name] !== undefined) walk(schema.definitions[name], path);
      for (const [key, value] of Object.entries(node["properties"] ?? {})) walk(value as Node, [...path, key]);
      if (typeof node["additionalProperties"] === "object") walk(node["additionalProperties"] as Node, [...path, "*"]);
      for (const way of [node["anyOf"], node["oneOf"], node["allOf"]].flat()) if (typeof way === "object") walk(way as Node, path);
    };
    walk(schema, []);
    expect(oneOfs.map(([path]) => path).toSorted()).toEqual([...new Set(seen)].toSorted());
  });
});

test("a mistake names the file it is in", () => {
  expect(compile("extends: typo.yaml\n\n\n\n\nruns: 0\n")).toEqual([
    "lab/x.yaml:6:7: runs: 0 is impossible: write a whole number from 1 to 1,000,000",
    "lab/typo.yaml:4:3: unknown key \"los\" in network: did you mean \"loss\"?",
  ]);
  expect(compile("extends: broken.yaml\n")).toEqual(["lab/broken.yaml:2:1: not YAML: a list that began with [ is not closed before here: write ]"]);
});

test("what can't be extended", () => {
  expect(compile("extends: circle.yaml\n")).toEqual([
    "lab/round.yaml:1:10: extends: lab/circle.yaml extends lab/round.yaml extends lab/circle.yaml, which has no end",
  ]);
  expect(compile("extends: ./x.yaml\n")).toEqual(["lab/x.yaml:1:10: extends: lab/x.yaml extends lab/x.yaml, which has no end"]);
  expect(compile("extends: ../nowhere.yaml\n")).toEqual(["lab/x.yaml:1:10: extends: nowhere.yaml can't be read: no such file"]);
  expect(compile("extends: [lossy.yaml]\n")).toEqual(["lab/x.yaml:1:10: extends: write the path of a file, relative to this one"]);
  expect(errorsIn("extends: lossy.yaml\n")).toEqual(["1:10: extends: other files can't be read here"]);
});

test("a setting changes one value, whatever stood there", () => {
  const text = `${base}network: { latency: 1ms }\ntimeline: [{ at: 1s, crash: 1 }]\n`;
  expect(scenarioOf(text, ["network.loss=5%", "runs=3", "config.periodEvery=2s"])).toMatchObject({
    runs: 3,
    network: { link: { loss: 0.05 } },
    config: { periodEvery: 2_000_000 },
  });
  expect(scenarioOf(text, ["network.latency.uniform=[1ms, 2ms]"]).network.link.latency).toEqual({ kind: "uniform", min: 1_000, max: 2_000 });
  expect(scenarioOf(text, ["timeline[0].at=7s", "timeline.0.crash={ name: m03 }"]).timeline).toEqual([
    { at: 7_000_000, entry: 0, action: { kind: "crash", members: { kind: "names", names: ["m03"] } } },
  ]);
  expect(scenarioOf(text, ["seed=1", "seed=00012"]).seed).toBe("00012");
});

test.for([
  ["network.los=5%",       "--set:1:13: unknown key \"los\" in network: did you mean \"loss\"?"],
  ["network.loss=120%",    "--set:1:14: network.loss: 120% is impossible: write a share from 0% to 100%"],
  ["timeline[0].crash=m99", "--set:1:19: timeline[0].crash: no member is called \"m99\": did you mean \"m09\"?"],
  ["timeline[3].at=1s",    "--set:1:1: timeline[3].at: timeline has one entry, [0]"],
  ["runs[0]=1s",           "--set:1:1: runs[0]: only a list has numbered entries"],
  ["runs",                 "--set:1:1: \"runs\" is not a setting: write path=value, such as network.loss=5%"],
  ["runs=",                "--set:1:6: runs: the value is missing: write a whole number from 1 to 1,000,000"],
  ["expect=[a",            "--set:1:10: not YAML: a list that began with [ is not closed before here: write ]"],
  ["extends=a.yaml",       "--set:1:1: extends can't be set here: name that file itself"],
])("--set %s", ([setting, error]) => {
  expect(errorsIn(`${base}timeline: [{ at: 1s, crash: 1 }]\n`, [setting ?? ""])).toEqual([error]);
});

test("a second setting is on the second line", () => {
  expect(errorsIn(base, ["runs=2", "runs=0"])).toEqual(["--set:2:6: runs: 0 is impossible: write a whole number from 1 to 1,000,000"]);
});
