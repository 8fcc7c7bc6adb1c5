/** Sweeps on more machines than one: a real Slurm, GNU parallel, and what Kubernetes tells a pod. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { shardOf } from "../../../sim/cli/lab/shard.ts";
import { call, passingFolder, scenarioIn } from "../command.ts";
import { startSlurm, until, whyNoSlurm } from "./slurm.ts";

const house = fileURLToPath(new URL("../../..", import.meta.url));
const folder = passingFolder();
const slurmFolder = passingFolder();
const required = process.env["CI"] !== undefined;
scenarioIn(folder, "base");
const sweep = join(folder, "divided.yaml");
writeFileSync(sweep, "scenario: base.yaml\ngrid: [{ config.suspicionMult: [2, 3, 4] }]\nset: { members: 24, duration: 60s }\nrepeats: 6\n");
const whole = join(folder, "whole");
const played = call("sweep", sweep, "--jobs", "1", "--quiet", "--out", whole);
const rows = (out: string): readonly string[] => (existsSync(join(out, "runs.ndjson")) ? readFileSync(join(out, "runs.ndjson"), "utf8").split("\n").slice(0, -1) : []);
const same = (out: string): void => {
  for (const name of ["runs.ndjson", "runs.parquet", "cells.json", "report.txt", "manifest.json"]) expect(readFileSync(join(out, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
};

/** Without the tool there is nothing to test, and the reason is printed; where it is required, that is a failure. */
function lacking(why: string | null): boolean {
  if (why === null) return false;
  if (required) throw new Error(`required here, and ${why}`);
  process.stderr.write(`not tested: ${why}\n`);
  return true;
}

test("a Slurm array plays a sweep; a killed task runs again, goes on, and nothing is counted twice", async () => {
  if (lacking(whyNoSlurm())) return;
  await played;
  const slurm = await startSlurm(slurmFolder);
  const parts = [1, 2].map((index) => join(folder, `part-${index}`));
  try {
    const submitted = slurm.run("sbatch", "--array=1-2", `--export=ALL,SWIMLAB=${house}`, "--output=task-%a.log", join(house, "scenarios/cluster/slurm.sh"), sweep, folder);
    const [, job = ""] = /Submitted batch job (\d+)/.exec(submitted) ?? [];
    expect(job, submitted).not.toBe("");
    const [first = "", second = ""] = parts;
    await until(() => rows(first).length >= 1 && existsSync(join(first, ".lock")));
    process.kill(Number(/^\d+/.exec(readFileSync(join(first, ".lock"), "utf8"))?.[0]), "SIGKILL");
    const kept = rows(first);
    await until(() => !slurm.run("squeue", "-h", "-t", "running", "-o", "%K").split("\n").includes("1"));
    const requeued = slurm.run("scontrol", "requeue", `${job}_1`);
    // Slurm lets a task that failed rest for minutes; nobody here wants to wait. But its daemon takes whatever begins in the very second of the kill for the killed task, and refuses it.
    slurm.run("scontrol", "update", `JobId=${job}_1`, "StartTime=now+2");
    await until(() => slurm.run("squeue", "-h").trim() === "");
    expect([rows(first).length, rows(second).length], requeued + slurm.logs()).toEqual([9, 9]);
    expect(rows(first).slice(0, kept.length - 1)).toEqual(kept.slice(0, -1));
    expect(new Set([...rows(first), ...rows(second)]).size).toBe(18);
  } finally {
    await slurm.stop();
  }
  expect(await call("merge", ...parts, "--out", join(folder, "of-slurm"), "--quiet")).toMatchObject({ code: 0, stderr: "" });
  same(join(folder, "of-slurm"));
}, 120_000);

test("GNU parallel plays the parts and merges them", async () => {
  const found = spawnSync("parallel", ["--version"], { encoding: "utf8" });
  if (lacking(found.stdout?.includes("GNU parallel") === true ? null : "GNU parallel is not installed (Debian: parallel)")) return;
  await played;
  const out = join(folder, "parallel");
  const { status, stderr } = spawnSync(join(house, "scenarios/cluster/parallel.sh"), [sweep, out, "2"], { encoding: "utf8", env: { ...process.env, JOBS: "2" } });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  same(join(out, "whole"));
}, 120_000);

describe("--shard auto", () => {
  test.for([
    [{ SLURM_ARRAY_TASK_ID: "3", SLURM_ARRAY_TASK_MIN: "1", SLURM_ARRAY_TASK_MAX: "8", SLURM_ARRAY_TASK_STEP: "1", SLURM_ARRAY_TASK_COUNT: "8" }, { index: 3, of: 8 }],
    [{ SLURM_ARRAY_TASK_ID: "14", SLURM_ARRAY_TASK_MIN: "10", SLURM_ARRAY_TASK_MAX: "18", SLURM_ARRAY_TASK_STEP: "2", SLURM_ARRAY_TASK_COUNT: "5" }, { index: 3, of: 5 }],
    [{ JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "8" }, { index: 1, of: 8 }],
  ] as const)("%o", ([environment, shard]) => expect(shardOf("auto", { ...environment })).toEqual(shard));

  test.for([
    [{}, /neither Slurm .* nor Kubernetes .* tells which part this is/],
    [{ JOB_COMPLETION_INDEX: "0" }, /set JOB_COMPLETIONS/],
    [{ JOB_COMPLETION_INDEX: "9", JOB_COMPLETIONS: "8" }, /part 10 of 8 makes no sense/],
    [{ SLURM_ARRAY_TASK_ID: "7", SLURM_ARRAY_TASK_MIN: "1", SLURM_ARRAY_TASK_COUNT: "3" }, /Slurm's array has gaps/],
    [{ SLURM_ARRAY_TASK_ID: "x" }, /SLURM_ARRAY_TASK_ID is x, but must be a whole number/],
  ] as const)("%o says nothing", ([environment, why]) => expect(() => shardOf("auto", { ...environment })).toThrow(why));

  test.for(["0/4", "5/4", "1-4", "1/0", "a"])("--shard %s is impossible", (written) => expect(() => shardOf(written)).toThrow(/is impossible: write auto, or i\/n/));
});

test("the Kubernetes job divides into as many parts as it tells its pods", () => {
  const { spec } = parse(readFileSync(join(house, "scenarios/cluster/kubernetes.yaml"), "utf8"));
  const [container] = spec.template.spec.containers;
  expect(spec.completionMode).toBe("Indexed");
  expect(container.env).toEqual([{ name: "JOB_COMPLETIONS", value: String(spec.completions) }]);
  expect(container.args[0]).toContain("--shard auto");
  expect(existsSync(join(house, /sweep (\S+)/.exec(container.args[0])?.[1] ?? ""))).toBe(true);
});
