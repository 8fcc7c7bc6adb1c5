/** The worker's library, in Node.js: what it plays is what the simulator plays, and what it shows is what the simulator held. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { playRun } from "../../sim/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { instant, seconds } from "../../engine/index.ts";
import { codeIn, existences, statuses } from "../../viz/model/words.ts";
import type { RunFacts } from "../../viz/model/run.ts";
import { recorded } from "../trace/recording.ts";
import { opening, playing } from "./library.ts";

const text = readFileSync("scenarios/crash.yaml", "utf8");

test("a scenario played has the trace hash that the simulator gives it", async () => {
  const compiled = compileScenario(text, { file: "scenarios/crash.yaml" });
  if (!compiled.ok) throw new Error("crash.yaml does not compile");
  const { facts } = await playing(text);
  expect(facts.traceHash).toBe(playRun(compiled.scenario, 0).traceHash);
});

test("a recording shows what the run that made it shows", async () => {
  const compiled = compileScenario(text, { file: "scenarios/crash.yaml" });
  if (!compiled.ok) throw new Error("crash.yaml does not compile");
  const live = await playing(text);
  const read = await opening(recorded(compiled.scenario));
  const essence = ({ members, lines, disruptions, outages, announcements, curves }: RunFacts): unknown =>
    ({ members: members.map(({ id }) => id), lines, disruptions, outages, announcements, curves });
  expect(essence(read.facts)).toEqual(essence(live.facts));
});

test("the group's picture at an instant: who crashed is held dead by all others once everybody knows", async () => {
  const { ask, facts } = await playing(text);
  const [crash] = facts.disruptions;
  const [victim] = crash?.members ?? [];
  if (crash === undefined || victim === undefined) throw new Error("nobody crashed");
  const before = await ask("group", { run: 1, at: instant(crash.at - 1), observer: null });
  const later = await ask("group", { run: 1, at: instant(crash.at + seconds(20)), observer: null });
  const own = await ask("group", { run: 1, at: instant(crash.at + seconds(20)), observer: (victim + 1) % 64 });
  expect({ existence: before.existence[victim], buriedBy: before.buriedBy[victim], agreeing: before.agreeing })
    .toEqual({ existence: codeIn(existences, "running"), buriedBy: 0, agreeing: 64 });
  expect({ existence: later.existence[victim], buriedBy: later.buriedBy[victim], running: later.running, agreeing: later.agreeing })
    .toEqual({ existence: codeIn(existences, "crashed"), buriedBy: 63, running: 63, agreeing: 63 });
  expect(own.status[victim]).toBe(codeIn(statuses, "dead"));
});

test("counts kept up step by step are those counted anew after a jump", async () => {
  const { ask } = await playing(text);
  const walked = [];
  for (let at = 30; at <= 60; at += 0.5) walked.push(await ask("group", { run: 1, at: instant(at * 1e6), observer: null }));
  for (const picture of walked.toReversed()) {
    await ask("group", { run: 1, at: instant(150e6), observer: null });
    expect(await ask("group", { run: 1, at: picture.at, observer: null })).toEqual(picture);
  }
});

test("messages under way have their arrivals", async () => {
  const { ask } = await playing(text);
  const traffic = await ask("traffic", { run: 1, from: instant(10e6), to: instant(11e6), filter: "", most: 10_000 });
  expect(traffic.count).toBeGreaterThan(100);
  expect([...traffic.arrivesAt].filter((at) => Number.isNaN(at))).toEqual([]);
  expect([...traffic.arrivesAt].every((at, n) => at > traffic.sentAt[n]!)).toBe(true);
});
