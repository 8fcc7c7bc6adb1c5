/**
 * The list by which CI knows what every shipped scenario comes to (`test/golden/traces.txt`). Here nothing is played: each is in the list, once, and is the experiment that
 * was played for it.
 */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileScenario, scenarioHash } from "../../sim/scenario/index.ts";

const root = new URL("../../", import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), "utf8");
const rooms = ["scenarios/", "scenarios/beyond/", "scenarios/faults/", "scenarios/scale/"] as const;
const shipped = rooms.flatMap((room) => readdirSync(new URL(room, root)).filter((name) => name.endsWith(".yaml")).map((name) => `${room}${name}`));

const lines = textOf("test/golden/traces.txt").trimEnd().split("\n").filter((line) => !line.startsWith("#"));
/** As the report's last line has it, and whether CI plays it. */
const lineShape = /^(\S+\.yaml) seed=\S+ scenario=([\da-f]{16}) trace=[\da-f]{16} verdict=pass(  # not played by CI)?$/;

test("each shipped scenario has one line, and no line is of another", () => {
  expect(shipped.length).toBeGreaterThan(50);
  expect(lines.map((line) => line.split(" ")[0]).toSorted()).toEqual(shipped.toSorted());
});

test("every line is a report's last, of a run that ended as predicted", () => {
  expect(lines.filter((line) => !lineShape.test(line))).toEqual([]);
});

/** All but the largest: to write out a million members takes as long as everything else here. */
const compared = lines.filter((line) => !line.startsWith("scenarios/scale/crash-1m.yaml "));

test.for(compared)("%s: of the scenario as it is now", (line) => {
  const [, file = "", hash] = lineShape.exec(line) ?? [];
  const compiled = compileScenario(textOf(file), { file, read: textOf });
  expect(compiled.ok && scenarioHash(compiled.scenario), "node --import tsx test/golden/write-traces.ts writes the list anew").toBe(hash);
});

test("CI plays all but those that the list excuses", () => {
  const [, played = ""] = /printf '%s\\n' (scenarios\/.*) \| xargs/.exec(textOf(".ci/run")) ?? [];
  const patterns = played.split(" ").flatMap((pattern) => alternatives(pattern));
  const isPlayed = (file: string): boolean => patterns.some((pattern) => new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`).test(file));
  expect(shipped.filter(isPlayed).toSorted()).toEqual(lines.filter((line) => !line.includes("#")).map((line) => line.split(" ")[0]).toSorted());
});

/** What the shell makes of a pattern with braces. */
function alternatives(pattern: string): readonly string[] {
  const [, before = "", choices = "", after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(pattern) ?? [];
  return choices === "" ? [pattern] : choices.split(",").map((choice) => `${before}${choice}${after}`);
}
