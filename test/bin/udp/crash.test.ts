/** `npm run sim -- scenarios/crash.yaml --world udp`, the very command, in its three minutes of real time. It began before the first test of all (`begin-crash.ts`). */

import { existsSync, readFileSync } from "node:fs";
import { beforeAll, expect, inject, test } from "vitest";
import { until } from "../../adapter/until.ts";
import type { Outcome } from "../../cli/command.ts";

/** In milliseconds: the run itself, and as long as a busy machine may take for forty simulated ones and to measure. */
const LONGEST = 420_000;

let played: Outcome;
beforeAll(async () => {
  const file = inject("crashForReal");
  await until("the command is over", () => existsSync(file), LONGEST);
  played = JSON.parse(readFileSync(file, "utf8")) as Outcome;
}, LONGEST + 10_000);

/** Of one section of the report, its lines. */
const section = (title: string): readonly string[] => (played.stdout.split("\n\n").find((part) => part.startsWith(title)) ?? "").split("\n").slice(1);

test("one real run beside forty can tell nothing apart, and says so: that is its exit code; what the scenario expects is met by real members", () => {
  expect(played.stdout.trimEnd().split("\n").at(-1), played.stdout).toMatch(/^seed=1 scenario=[0-9a-f]{16} trace=[0-9a-f]{16} expectations=pass comparison=unknown$/);
  expect([played.code, played.stderr]).toEqual([2, expect.stringMatching(/^crash: seed=1 real runs=1 processes=1 simulated runs=40 scenario=[0-9a-f]{16} file=scenarios\/crash\.yaml\n/)]);
  expect(section("EXPECTATIONS")).toEqual(expect.arrayContaining([expect.stringMatching(/✓ fullDissemination\.max < 18s +measured/), expect.stringMatching(/✓ falsePositives\.count == 0 +measured 0/)]));
  expect(section("EXPECTATIONS").filter((line) => !line.includes("✓"))).toEqual([]);
});

test("the table shows every figure of both worlds side by side", () => {
  const table = section("SIDE BY SIDE");
  expect(table[0]?.trim().split(/ {2,}/)).toEqual(["real", "simulated", "shift [95 %]", "p", "Holm"]);
  const named = played.stdout.slice(played.stdout.indexOf("SIDE BY SIDE"));
  for (const figure of ["convergence after crash", "first suspicion", "first detection", "full dissemination", "agreement", "suspicions", "refutations", "health", "datagrams", "streams", "bytes"]) {
    expect(table.some((line) => new RegExp(`^ +${figure}(, [a-z ]+)? +\\S+ \\[\\S+–\\S+\\] +\\S+ \\[\\S+–\\S+\\]`).test(line)) || /the same in every run of both.*/s.exec(named)?.[0].includes(figure), figure).toBe(true);
  }
  expect(section("LATENESS").join(" ")).toMatch(/ms in the median/);
  expect(section("WHAT IT MEANS").join(" ")).toContain("1 real run beside 40 simulated");
});
