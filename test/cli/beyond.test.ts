/** What the fields beyond memberlist's buy: with each switched off, as scenarios/beyond/README.md has it, its scenario does not end as it predicts. (That it does with it on is asked of the whole scenario.) */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call } from "./command.ts";

const folder = join(import.meta.dirname, "../../scenarios/beyond");

/** A row of the table that says how to switch its field off. Rows of `…` are the same scenarios under other circumstances, which expect nothing of their own. */
const ROW = /^\| (?:`\w+` )?\| `([\w-]+)` \|.*\| `(config\.(\w+)=[^`]+)` \|$/;
const rows = readFileSync(join(folder, "README.md"), "utf8").split("\n").flatMap((line) => {
  const [, scenario, off, field] = ROW.exec(line) ?? [];
  return scenario === undefined || off === undefined || field === undefined ? [] : [[scenario, field, off] as const];
});

/** What each must miss at least, because it is what the field is for. */
const misses: Readonly<Record<string, string>> = {
  "reconnect reconnectEvery": "disruptions[1].convergence.max < 30s",
  "answers buddy": "falsePositives.perMemberHour < 3",
  "difference syncWith": "load.bytesPerMemberSecond < 110",
  "difference-churn syncWith": "load.bytesPerMemberSecond < 250",
  "lives incarnationsPerLife": "announcements.conflict.count == 0",
  "renewal renewal": "announcements.departed.count == 0",
  "flap-damping flapLimit": "announcements.failed.perMemberHour < 60",
  "stall stallAfter": "falsePositives.perMemberHour < 15",
  "broadcast broadcastShare": "broadcastDelivery.p50 < 1s",
  "broadcast broadcastRelay": "broadcasts.reach > 0.999",
};

test("every scenario has a row, and every row something to miss", () => {
  const scenarios = readdirSync(folder).flatMap((file) => (file.endsWith(".yaml") ? [file.slice(0, -".yaml".length)] : []));
  expect([...new Set(rows.map(([scenario]) => scenario))].toSorted()).toEqual(scenarios.toSorted());
  expect(rows.map(([scenario, field]) => `${scenario} ${field}`).toSorted()).toEqual(Object.keys(misses).toSorted());
});

/** Fewer runs than the scenario's own: what is missed is missed by far. */
test.each(rows)("%s without %s: --set %s", { timeout: 60_000 }, async (scenario, field, off) => {
  const { code, stdout } = await call(join(folder, `${scenario}.yaml`), "--set", off, "--runs", scenario === "answers" ? "10" : "2", "--jobs", "1", "--json");
  const { expectations } = JSON.parse(stdout) as { readonly expectations: readonly { readonly text: string; readonly verdict: string }[] };
  expect(expectations.filter(({ verdict }) => verdict === "fail").map(({ text }) => text)).toContain(misses[`${scenario} ${field}`]);
  expect(code).toBe(1);
});
