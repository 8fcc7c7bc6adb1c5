/** A search from its command to its answer: the same for the same number of evaluations. */

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call, passingFolder, scenarioIn } from "../command.ts";

const folder = passingFolder();
const scenario = scenarioIn(folder, "cluster", "preset: memberlist-lan");
const tune = (...more: readonly string[]): ReturnType<typeof call> => call("tune", scenario, "--jobs", "1", "--quiet", "--evaluations", "130", ...more);

test("it finds settings that keep the bounds and detect sooner than those that there were", async () => {
  const out = join(folder, "found");
  const one = await tune("--objective", "detection.p50", "--subject-to", "bandwidth<400", "--out", out);
  expect(one.code).toBe(0);
  expect(one.stdout).toMatch(/RECOMMENDED\n {2}Chosen by 36 runs; then played 36 times with other seeds, which is what follows:\n[^]*\n {2}bandwidth<400: kept, with the whole 95 % interval/);
  expect(one.stdout).toMatch(/gossip_lan \{/);
  expect(one.stdout).toMatch(/config\.ProbeInterval/);
  const { recommended, afresh, against, asItIs, front, cost } = JSON.parse(readFileSync(join(out, "tuning.json"), "utf8"));
  expect(recommended.estimates["firstDetection.p50"].value).toBeLessThan(asItIs.estimates["firstDetection.p50"].value);
  expect(recommended.estimates["load.bytesPerMemberSecond"].high).toBeLessThan(400);
  // Played afresh: as many runs, other ones; and so are those that it is compared in.
  expect(afresh).toMatchObject({ runs: 36, keeps: [{ bound: "bandwidth<400", how: "sure" }] });
  expect(afresh.estimates["load.bytesPerMemberSecond"]).not.toEqual(recommended.estimates["load.bytesPerMemberSecond"]);
  for (const { paired } of against) expect(paired.n).toBe(36);
  expect(front.map(({ nth }: { nth: number }) => nth)).toContain(recommended.nth);
  expect(cost.total).toBeLessThanOrEqual(130);
  // Its page is there, with the front and every candidate, and can be made again.
  const page = readFileSync(join(out, "report.html"), "utf8");
  for (const part of ['id="pareto"', 'id="drawn-firstDetection-p50-periodEvery"', "gossip_lan {"]) expect(page).toContain(part);
  rmSync(join(out, "report.html"));
  expect(await call("report", out)).toEqual({ code: 0, stdout: "", stderr: `written to ${join(out, "report.html")}\n` });
  expect(readFileSync(join(out, "report.html"), "utf8")).toBe(page);
  const text = readFileSync(join(out, "tuning.json"), "utf8");
  writeFileSync(join(out, "tuning.json"), text.replace(/"version": "[^"]*"/, '"version": "0.0.1"'));
  expect(await call("report", out)).toMatchObject({ code: 65, stderr: expect.stringContaining("was written by swimlab 0.0.1") });
});

test("nothing keeps what cannot be kept: said, with what comes nearest", async () => {
  const { code, stdout } = await tune("--subject-to", "bandwidth<1", "--set", "duration=8s");
  expect(code).toBe(1);
  expect(stdout).toMatch(/Nothing that was tried keeps bandwidth<1\. The nearest is /);
});

test("a figure of what never happens here ends the search after its first round", async () => {
  // Eight candidates of four runs, of the 130 that were asked for.
  for (const words of [["--objective", "broadcastDelivery.p50"], ["--subject-to", "broadcastDelivery.p99<3s"]]) {
    expect(await tune(...words, "--set", "duration=8s")).toEqual({ code: 65, stdout: "", stderr: expect.stringMatching(/^broadcastDelivery\.p\d+ was not measured once in 32 runs: nothing that it measures happens in this scenario\n/) });
  }
});

test("a figure that nobody knows, because all was watched in vain, is said to be one", async () => {
  const { code, stdout } = await tune("--objective", "detection.p50", "--set", "duration=6s");
  expect(code).toBe(1);
  expect(stdout.replace(/\s+/g, " ")).toContain("Of nothing that was tried is firstDetection.p50 known: too many were watched in vain.");
});

test.for([
  [["--objective", "detecton.p50"], '--objective: unknown figure "detecton.p50": did you mean "detection.p50"?'],
  [["--objective", "detection.p98"], '--objective: unknown figure "detection.p98": did you mean "firstDetection.p90"?'],
  [["--subject-to", "bandwidth"], '--subject-to: "bandwidth" is not a bound: write a figure, <, <=, > or >=, and a value, such as falsePositives.perMemberHour<0.01'],
  [["--subject-to", "bandwidth<3", "--subject-to", "bandwidth>4"], "--subject-to: no value satisfies all bounds on load.bytesPerMemberSecond: bandwidth<3 and bandwidth>4"],
  [["--subject-to", "bandwidth<3", "--subject-to", "bandwidth>=3"], "--subject-to: no value satisfies all bounds on load.bytesPerMemberSecond: bandwidth<3 and bandwidth>=3"],
  // Both can be kept, by no false positive at all: that the search is too short is what is wrong here.
  [["--subject-to", "falsePositives.count<=0", "--subject-to", "falsePositives.count>=0", "--evaluations", "20"], "20 runs are too few for a search: 120 are needed"],
  [["--budget", "10s", "--evaluations", "120"], "--budget and --evaluations contradict each other: give a time, or a number of runs"],
  [["--evaluations", "20"], "20 runs are too few for a search: 120 are needed"],
  [["--budget", "10"], "--budget 10 is impossible: \"10\" is not a length: write one such as 200ms, 1.5s or 1m30s"],
] as const)("%o is refused", async ([words, message]) => {
  const out = `${scenario}-refused`;
  const { code, stderr } = await call("tune", scenario, ...words, "--out", out);
  expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringContaining(message) });
  expect(existsSync(out)).toBe(false);
});
