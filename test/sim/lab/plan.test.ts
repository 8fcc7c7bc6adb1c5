/** From the text of a sweep to its cells; and what is said of texts that make none. */

import { describe, expect, test } from "vitest";
import { readExpression } from "../../../sim/lab/expression.ts";
import { identityOf } from "../../../sim/lab/identity.ts";
import { isMine, turns } from "../../../sim/lab/order.ts";
import { planSweep, type PlanOptions, type Sweep } from "../../../sim/lab/plan.ts";
import { valuesOf } from "../../../sim/lab/range.ts";

const base = "duration: 20s\nmembers: 8\nruns: 4\ntimeline:\n  - { at: 5s, crash: 1 }\n";
const planOf = (lines: readonly string[], options: Partial<PlanOptions> = {}): ReturnType<typeof planSweep> =>
  planSweep(["scenario: base.yaml", ...lines, ""].join("\n"), { file: "sweeps/s.yaml", read: () => base, ...options });
function sweepOf(...lines: readonly string[]): Sweep {
  const planned = planOf(lines);
  if (!planned.ok) throw new Error(planned.errors.map(({ message }) => message).join("\n"));
  return planned.sweep;
}
const settingsOf = (...lines: readonly string[]): readonly object[] => sweepOf(...lines).cells.map(({ settings }) => settings);

describe("the grid", () => {
  test("entries nest, the last fastest; paths of one entry run in parallel", () => {
    expect(settingsOf("grid:", "  - members: [8, 9]", "  - { config.periodEvery: [1s, 2s], config.askRelaysAfter: [500ms, 1s] }")).toEqual([
      { members: 8, "config.periodEvery": "1s", "config.askRelaysAfter": "500ms" }, { members: 8, "config.periodEvery": "2s", "config.askRelaysAfter": "1s" },
      { members: 9, "config.periodEvery": "1s", "config.askRelaysAfter": "500ms" }, { members: 9, "config.periodEvery": "2s", "config.askRelaysAfter": "1s" },
    ]);
  });

  test("constraints see the cell's own settings, and what its scenario makes of the rest", () => {
    expect(settingsOf("grid: [{ config.suspicionMult: [2, 4, 6] }]", "where: [config.suspicionMult * config.periodEvery >= 4s, members == 8, config.suspicion == on]")).toHaveLength(2);
  });

  test("what is left open, the scenario and the usual values fill in", () => {
    expect(sweepOf("grid: [{ members: [8] }]")).toMatchObject({ name: "s", repeats: 4, seed: "1", common: true, until: null, paths: ["members"] });
    expect(sweepOf("grid: [{ members: [8] }]", "until: { metric: detection.p99, relative: 5% }")).toMatchObject({ repeats: 1000, until: { metric: "firstDetection.p99", confidence: 0.95, min: 10, max: 1000 } });
  });

  test("a scenario that is repeated until a figure is known is so in each cell, unless the sweep says otherwise", () => {
    const waiting = { read: () => `${base.replace("runs: 4", "until: { metric: detection.p50, relative: 20%, min: 6, max: 300 }")}` };
    const until = { metric: "firstDetection.p50", relative: 0.2, confidence: 0.95, min: 6, max: 300 };
    const planned = (lines: readonly string[], options: Partial<PlanOptions> = {}): unknown => {
      const plan = planOf(["grid: [{ members: [8] }]", ...lines], { ...waiting, ...options });
      return plan.ok ? [plan.sweep.repeats, plan.sweep.until] : plan.errors;
    };
    expect(planned([])).toEqual([300, until]);
    expect(planned(["repeats: 9"])).toEqual([9, null]);
    expect(planned([], { repeats: 7 })).toEqual([7, null]);
    expect(planned(["until: { metric: detection.p99, relative: 5% }"])).toEqual([1000, expect.objectContaining({ metric: "firstDetection.p99" })]);
  });

  test("cells of equal scenarios are equal, and the identity knows the seed and the grid, not the number of runs", () => {
    const one = sweepOf("grid: [{ members: [8] }]");
    expect(identityOf(one)).toBe(identityOf(sweepOf("grid: [{ members: [8] }]", "repeats: 9")));
    expect(identityOf(one)).not.toBe(identityOf(sweepOf("grid: [{ members: [8] }]", "seed: 2")));
    expect(identityOf(one)).not.toBe(identityOf(sweepOf("grid: [{ members: [8, 9] }]")));
  });
});

describe("ranges", () => {
  test.for([
    [{ from: "0%", to: "10%", steps: 3 }, ["0%", "5%", "10%"]],
    [{ from: 1, to: 7, step: 2 }, [1, 3, 5, 7]],
    [{ from: 8, to: 512, steps: 4, scale: "log" }, [8, 32, 128, 512]],
    [{ from: "200ms", to: "5s", steps: 3, scale: "log" }, ["200ms", "1s", "5s"]],
    [{ from: 0.5, to: 1, steps: 3 }, [0.5, 0.75, 1]],
    [{ from: "2s", to: "1s", step: "500ms" }, ["2s", "1.5s", "1s"]],
    [{ from: 3, to: 3, steps: 1 }, [3]],
  ] as const)("%o", ([range, values]) => expect(valuesOf(range)).toEqual({ ok: true, value: values }));

  test.for([
    [{ from: 1, to: 9, steps: 1 }, "one value can't be both ends, 1 and 9: write steps: 2 or more, or list the value"],
    [{ from: 1, to: 3, steps: 9 }, "this range has 1 twice: use fewer steps"],
    [{ from: 0, to: 3, steps: 3, scale: "log" }, "a logarithmic range must be above 0: 0 is not"],
    [{ from: "1s", to: 3, steps: 3 }, "1s and 3 are of different kinds: give both the same unit"],
    [{ from: "a", to: 3, steps: 3 }, "a is not a number, a length or a share: list the values instead"],
    [{ from: 1, to: 3 }, "a range has either steps, the number of values, or step, the distance between two"],
    [{ from: 1, to: 3, step: 0 }, "step 0 is impossible: write a distance above 0, of the same kind as from and to"],
    [{ from: 1, to: 1_000_000, step: 1 }, "this range has 1000000 values, and 10000 are the most"],
  ] as const)("%o makes no sense", ([range, why]) => expect(valuesOf(range)).toEqual({ ok: false, why }));
});

describe("expressions", () => {
  const at: Readonly<Record<string, number | string>> = { members: 8, "network.loss": 0.05, "config.periodEvery": 1_000_000, "config.suspicion": "on" };
  const valueOf = (text: string): unknown => {
    const read = readExpression(text);
    return read.ok ? read.expression.evaluate((path) => at[path]) : `${read.at}: ${read.why}`;
  };

  test.for([
    ["members + 2 * 3 == 14", true], ["(members + 2) * 3 == 30", true], ["-members < -7", true], ["8 / members - 1", 0], ["members - 1 - 1", 6],
    ["network.loss == 5%", true], ["config.periodEvery > 999ms and not members > 8", true], ["members > 8 or config.suspicion == on", true],
    ["!(members == 8) || members != 8", false], ['config.suspicion == "off"', false], ["1m30s == 90s", true], ["not members == 9", true],
  ] as const)("%s is %s", ([text, value]) => expect(valueOf(text)).toBe(value));

  test.for([
    ["members <=", "10: the end is missing: write a number, a length, a share or a path"],
    ["members = 8", '8: unknown comparison "=": did you mean "=="?'],
    ["(members", "8: a parenthesis is not closed: write )"],
    ["1 < members < 9", "12: two comparisons in a row: join them with and"],
    ["members ~ 8", '7: "~ 8" means nothing in an expression'],
    ["members 8", '8: "8" is not expected here: end the expression, or write a comparison, and, or'],
  ] as const)("%s can't be read", ([text, why]) => expect(valueOf(text)).toBe(why));
});

describe("what makes no sweep is told in a sentence, with its place", () => {
  test.for([
    [["grid: [{ members: [8] }]", "where: [members > 8]"], "3:8", "no cell is left of the grid's 1: members > 8 excludes every one"],
    [["grid: [{ members: [8, 9] }]", "where: [members > 8, members < 9]"], "3:8", "no cell is left of the grid's 2: members > 8 excludes 1, members < 9 excludes 1"],
    [["grid: [{ members: { from: 1, to: 9000, step: 1 } }, { config.relays: { from: 1, to: 250, step: 1 } }]"], "2:7", "the grid has 2250000 points, and 1000000 are the most, before constraints: use fewer values, or paths in parallel"],
    [["grid: [{ members: [8, 9], config.relays: [1, 2, 3] }]"], "2:42", "members has 2 values and config.relays has 3: paths of one entry run in parallel, so give both the same number, or write two entries"],
    [["grid: [{ members: [8] }, { members: [9] }]"], "2:37", "members is in two entries of the grid: one would undo the other"],
    [["grid: [{ config.suspicionMul: [8] }]"], "2:7", 'the cell config.suspicionMul=8 is not a valid scenario: unknown key "suspicionMul" in config: did you mean "suspicionMult"?; exclude it with where, or change the grid'],
    [["grid: [{ members: [8] }]", "where: [config.nothing > 3]"], "3:8", "members=8: config.nothing > 3: there is no value at config.nothing that an expression could compare"],
    [["grid: [{ members: [8] }]", "where: [presett != swimlab]"], "3:8", "members=8: presett != swimlab: neither presett nor swimlab stands for anything in a cell"],
    [["grid: [{ members: [8] }]", "where: [mmbers < 20]"], "3:8", "members=8: mmbers < 20: mmbers < 20 can't be compared: did you mean members? mmbers is not a number, and only numbers are less or more"],
    [["grid: [{ members: [8] }]", "where: [members + 1]"], "3:8", "members=8: members + 1: this is not a yes-or-no question: compare it with something"],
    [["grid: [{ members: [8] }]", "where: ['members >']"], "3:9", "where[0], at its 10th letter: the end is missing: write a number, a length, a share or a path"],
    [["grid: [{ members: [8] }]", "repeats: 3", "until: { metric: convergence.p50, relative: 5% }"], "4:8", "repeats and until contradict each other: write one of them"],
    [["grid: [{ members: [8] }]", "until: { metric: convergence.p51, relative: 5% }"], "3:18", 'until.metric: unknown figure "convergence.p51": did you mean "convergence.p50"?'],
    [["grid: [{ members: [8] }]", "until: { metric: suspicions, relative: 5% }"], "3:18", "until.metric: suspicions has no interval: name a percentile, a rate or a mean"],
    [["grid: [{ members: [8] }]", "until: { metric: convergence.p50, relative: 5%, min: 9, max: 3 }"], "3:54", "until.min: 9 is more than until.max (3)"],
    [["grid: []"], "2:7", "grid: this list is too short: write 1 or more"],
    [["grid: [{ members: [] }]"], "2:19", "a dimension of the grid needs at least one value"],
    [["set: { config.relays: 1 }", "grid: [{ config.relays: [2, 3] }]"], "2:23", "config.relays is in the grid, too, which would undo this"],
    [["grid: [{ seed: [1, 2] }]"], "2:16", "seed is not the grid's to vary: all chance comes from the sweep's own seed, so that cells differ by their settings alone"],
    [["grid: [{ runs: [1, 3] }]"], "2:16", "runs is not the grid's to vary: the sweep's repeats or until says how often each cell is played"],
    [["grid: [{ until.max: [10, 30] }]"], "2:21", "until.max is not the grid's to vary: the sweep's repeats or until says how often each cell is played"],
    [["grid: [{ members: [8, 9] }]", `seed: ${"x".repeat(99)}`, "common: no"], "3:7", "with common: no each cell has a seed of its own, this one and the cell's number: write one of at most 98 characters"],
    [["gird: [{ members: [8] }]"], "2:1", 'unknown key "gird": did you mean "grid"?'],
  ] as const)("%o", ([lines, place, message]) => {
    const planned = planOf(lines);
    const told = planned.ok ? [] : planned.errors.map((error) => ({ at: `${error.line}:${error.column}`, message: error.message }));
    expect(told).toContainEqual({ at: place, message: expect.stringContaining(message) });
  });

  test("what --set says of a path that the grid varies would be undone in every cell", () => {
    expect(planOf(["grid: [{ config.relays: [2, 3] }]"], { settings: ["config.relays=1"] })).toMatchObject({
      ok: false, errors: [{ line: 2, message: "--set config.relays would change nothing: the grid varies config.relays" }],
    });
    expect(planOf(["grid: [{ config.relays: [2, 3] }]"], { settings: ["members=9"] }).ok).toBe(true);
  });

  test("more runs than are played", () => {
    const planned = planOf(["grid: [{ members: { from: 6, to: 20, step: 1 } }]", "repeats: 1000000"]);
    expect(planned).toMatchObject({ ok: false, errors: [{ line: 3, message: "15 cells of 1000000 runs are 15000000 runs, and 10000000 are the most: use fewer cells, or fewer runs of each" }] });
  });
});

describe("shards", () => {
  test("every run has one shard, and each has its part of every cell", () => {
    const all = [...turns(5, 9)];
    const owners = all.map((turn) => [1, 2, 3].filter((index) => isMine(turn, { index, of: 3 }, false)));
    expect(owners.every((owner) => owner.length === 1)).toBe(true);
    for (let cell = 0; cell < 5; cell++) for (const index of [1, 2, 3]) expect(all.filter((turn, i) => turn.cell === cell && owners[i]?.[0] === index)).toHaveLength(3);
  });

  test("where runs decide how many there are, a cell stays together", () => {
    const owners = new Set([...turns(4, 6)].map((turn) => `${turn.cell} ${[1, 2, 3].find((index) => isMine(turn, { index, of: 3 }, true))}`));
    expect(owners.size).toBe(4);
  });
});
