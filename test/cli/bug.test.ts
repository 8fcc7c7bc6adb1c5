/** Our own mistakes: told with the run, the seed and the command that shows them again, whichever thread made them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytes } from "../../engine/index.ts";
import { BrokenRun, bugReport } from "../../sim/cli/bug.ts";
import { Board } from "../../sim/cli/play/board.ts";
import { playHere, playInWorkers } from "../../sim/cli/play/crew.ts";
import type { Orders } from "../../sim/cli/orders.ts";
import { playOne, type Task } from "../../sim/cli/play/one-run.ts";
import type { Seat } from "../../sim/cli/play/thread.ts";
import { Stop } from "../../sim/cli/stop.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { passingFolder, scenarioIn } from "./command.ts";

const folder = passingFolder();
const path = scenarioIn(folder, "small");

function taskOf(change: Partial<Task["scenario"]["members"][number]>, traces: string | null = null): Task {
  const compiled = compileScenario(readFileSync(path, "utf8"), { file: path });
  if (!compiled.ok) throw new Error(compiled.errors[0]?.message);
  const { scenario } = compiled;
  return { scenario: { ...scenario, members: scenario.members.map((place) => ({ ...place, ...change })) }, hash: "", source: "", traces, isWatched: false };
}

/** No compiled scenario breaks anything that we know of; so here is one that no compiler would let through. */
const impossible = taskOf({ meta: bytes("x".repeat(513)) });

const nobody = (): void => {};
const ordersFor = (task: Task) => (seat: Seat): Orders => ({ kind: "play", task, seat });

async function thrownBy(play: Promise<void>): Promise<unknown> {
  return play.then(() => null, (thrown: unknown) => thrown);
}

test.each([
  ["this thread", () => playHere((run, reach) => playOne(impossible, run, reach), new Board({ runs: 3, players: 1 }), nobody, nobody)],
  ["a worker", () => playInWorkers(ordersFor(impossible), new Board({ runs: 3, players: 2 }), 1, nobody)],
])("in %s: what broke, where, in which run, and how to see it again", async (_, play) => {
  const thrown = await thrownBy(play());
  expect(thrown).toBeInstanceOf(BrokenRun);
  const report = bugReport(thrown, [path, "--set", "about=it's odd"]);
  expect(report.split("\n")).toEqual([
    "a bug in swimlab, not a mistake of yours: BrokenPromise: expected: a meta of at most 512 bytes",
    "  in run 0, with seed 1/0",
    expect.stringMatching(/^ {2}at engine\/words\/assert\.ts:\d+:\d+ < engine\/state\.ts:\d+:\d+ < /),
    `to reproduce it: npm run sim -- ${path} --set 'about=it'\\''s odd' --runs 1 --jobs 1`,
  ]);
});

test("a trace that can't be written is not our mistake", async () => {
  const board = new Board({ runs: 3, players: 1 });
  const thrown = await thrownBy(playInWorkers(ordersFor(taskOf({}, join(folder, "absent"))), board, 1, nobody));
  expect(thrown).toBeInstanceOf(Stop);
  expect(thrown).toMatchObject({ code: 73, message: `${join(folder, "absent", "run0.trace")} can't be written: no such file or directory` });
  expect(board.take()).toBeNull();
});

test.each([
  [["sweep", "s.yaml", "--jobs", "4"], "sweep s.yaml --jobs 4 --jobs 1"],
  [["swarm", "--seeds", "9"], "swarm --seeds 9 --jobs 1"],
  [["tune", "s.yaml"], "tune s.yaml --jobs 1"],
  [["trace", "export", "svg", "s.yaml", "--run", "2"], "trace export svg s.yaml --run 2"],
  [["compare", "a.yaml", "b.yaml"], "compare a.yaml b.yaml --runs 3 --jobs 1"],
  [["check", "a.yaml"], "check a.yaml"],
])("%j is offered again with options that it has", (args, again) => {
  const broken = new BrokenRun(2, "1/2", { name: "Error", message: "broke", stack: "", code: null, isSystems: false });
  expect(bugReport(broken, args)).toMatch(new RegExp(`\\nto reproduce it: npm run sim -- ${again.replaceAll(".", "\\.")}$`));
});
