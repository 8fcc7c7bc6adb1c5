/** The house keeps its own rules: what the compiler and the linter forbid is planted in a copy of it, and must be found. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A file that breaks one rule, and who finds it. */
type Plant = { readonly file: string; readonly code: string; readonly found: "compiler" | "linter"; readonly because: string };

const plants: readonly Plant[] = [
  { file: "engine/planted-file.ts", code: 'import { readFileSync } from "node:fs";\nexport const x = readFileSync;', found: "compiler", because: "the engine touches no files" },
  { file: "engine/planted-timer.ts", code: "export const x = setTimeout(() => 0, 1);", found: "compiler", because: "the engine has no timers" },
  { file: "engine/planted-screen.ts", code: "export const x = document.title;", found: "compiler", because: "the engine has no screen" },
  { file: "engine/planted-neighbour.ts", code: 'export { playRun } from "../sim/index.ts";', found: "compiler", because: "the engine knows no simulator" },
  { file: "trace/planted-neighbour.ts", code: 'export { playRun } from "../sim/index.ts";', found: "compiler", because: "the trace knows no simulator" },
  { file: "sim/world/planted-process.ts", code: "export const x = process.argv;", found: "compiler", because: "the world knows no machine" },
  { file: "sim/world/planted-cli.ts", code: 'export * from "../cli/planted-target.ts";', found: "compiler", because: "the world stands below its command" },
  { file: "engine/planted-clock.ts", code: "export const x = Date.now();", found: "linter", because: "the engine has no clock" },
  { file: "engine/planted-chance.ts", code: "export const x = Math.random();", found: "linter", because: "all chance comes from the seed" },
  { file: "sim/world/planted-log.ts", code: "export const x = Math.log(2);", found: "linter", because: "Math.log differs between engines" },
  { file: "sim/measure/planted-clock.ts", code: "export const x = new Date();", found: "linter", because: "the world has no clock" },
  { file: "engine/words/planted-up.ts", code: 'export { emptyView } from "../view/index.ts";', found: "linter", because: "words import nothing above them" },
  { file: "engine/view/planted-up.ts", code: 'export type { Message } from "../messages/message.ts";', found: "linter", because: "the view imports words only" },
  { file: "engine/messages/planted-up.ts", code: 'export { encode } from "../wire/index.ts";', found: "linter", because: "messages stand below the wire" },
  { file: "engine/wire/planted-up.ts", code: 'export { overrules } from "../rules/membership.ts";', found: "linter", because: "the wire stands below the rules" },
  { file: "engine/rules/planted-sideways.ts", code: 'export { overrules } from "./membership.ts";', found: "linter", because: "rules never import one another" },
  { file: "engine/rules/planted-up.ts", code: 'export type { State } from "../state.ts";', found: "linter", because: "a rule never sees the whole state" },
  { file: "engine/on/planted-up.ts", code: 'export { step } from "../step.ts";', found: "linter", because: "handlers stand below step" },
  { file: "engine/rules/planted-serf.ts", code: 'export { serfStep } from "../serf/index.ts";', found: "linter", because: "the engine knows no Serf" },
  { file: "engine/on/planted-serf.ts", code: 'export { serfStep } from "../serf/index.ts";', found: "linter", because: "the engine knows no Serf" },
  { file: "engine/serf/planted-across.ts", code: 'export type { State } from "../state.ts";', found: "linter", because: "Serf stands beside the engine" },
  { file: "sim/world/planted-back-door.ts", code: 'export { overrules } from "../../engine/rules/membership.ts";', found: "linter", because: "the engine is entered by its door" },
  { file: "sim/cli/planted-back-door.ts", code: 'export { overrules } from "../../engine/rules/membership.ts";', found: "linter", because: "the engine is entered by its door" },
  { file: "adapter/member/planted-neighbour.ts", code: 'export { playRun } from "../../sim/index.ts";', found: "compiler", because: "the adapter knows no simulator" },
  { file: "adapter/member/planted-composer.ts", code: 'export { commands } from "../../bin/extras.ts";', found: "compiler", because: "nobody imports what puts everybody together" },
  { file: "sim/cli/planted-composer.ts", code: 'export { commands } from "../../bin/extras.ts";', found: "compiler", because: "the command takes what is added, and does not fetch it" },
  { file: "sim/cli/paper/planted-composer.ts", code: 'export { commands } from "../../../bin/extras.ts";', found: "linter", because: "the command takes what is added, and does not fetch it" },
  { file: "sim/cli/planted-neighbour.ts", code: 'export { MemberError } from "../../adapter/index.ts";', found: "compiler", because: "the simulator's command knows no adapter" },
  { file: "bin/planted-back-door.ts", code: 'export { overrules } from "../engine/rules/membership.ts";', found: "linter", because: "the engine is entered by its door" },
  { file: "bin/planted-side-door.ts", code: 'export { play } from "../sim/cli/play/command.ts";', found: "linter", because: "rooms are entered by their doors" },
  { file: "adapter/member/planted-back-door.ts", code: 'export { overrules } from "../../engine/rules/membership.ts";', found: "linter", because: "the engine is entered by its door" },
  { file: "viz/model/planted-screen.ts", code: "export const x = document.title;", found: "compiler", because: "the model has no screen" },
  { file: "viz/scene/planted-screen.ts", code: "export const x = window.innerWidth;", found: "compiler", because: "scenes touch no DOM" },
  { file: "viz/page/planted-neighbour.ts", code: 'export { playRun } from "../../sim/index.ts";', found: "linter", because: "the page knows no simulator" },
  { file: "viz/page/planted-worker.ts", code: 'export * from "../worker/planted-target.ts";', found: "linter", because: "the worker is reached by its protocol" },
  { file: "viz/scene/planted-selection.ts", code: 'export { select } from "d3";', found: "linter", because: "scenes select nothing" },
  { file: "viz/scene/planted-up.ts", code: 'export type { PageState } from "../page/state.ts";', found: "linter", because: "scenes know no page" },
  { file: "viz/worker/planted-back-door.ts", code: 'export { Timeline } from "../../sim/world/timeline.ts";', found: "linter", because: "the simulator is entered by its doors" },
  { file: "viz/panel/planted-adapter.ts", code: 'export type { Transport } from "../../adapter/index.ts";', found: "compiler", because: "the viewer runs no sockets" },
];

describe("the import rules bite", () => {
  let house = "";
  let compiler = "";
  let linter = "";

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), "swimlab-house-"));
    for (const part of ["engine", "trace", "sim", "adapter", "bin", "viz", "tsconfig.base.json", ".oxlintrc.json", "package.json"]) {
      cpSync(join(root, part), join(house, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(house, "node_modules"));
    const unplanted = [tsc(house), oxlint(house)].join("\n");
    expect(unplanted, "the copy is clean before anything is planted").not.toMatch(/error/i);
    for (const target of ["sim/cli", "viz/worker"]) writeFileSync(join(house, target, "planted-target.ts"), "/** Planted. */\nexport const target = 1;\n");
    for (const { file, code } of plants) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), `/** Planted. */\n${code}\n`);
    }
    [compiler, linter] = [tsc(house), oxlint(house)];
  }, 240_000);

  afterAll(() => rmSync(house, { recursive: true, force: true }));

  test.each(plants)("$file is found by the $found: $because", ({ file, found }) => {
    expect(found === "compiler" ? compiler : linter).toContain(file);
  });
});

const tsc = (house: string): string => output(house, "tsc", ["-b", "engine", "trace", "sim", "sim/cli", "adapter", "bin", "viz", "--pretty", "false"]);
const oxlint = (house: string): string => output(house, "oxlint", ["--format", "unix"]);

function output(house: string, tool: string, args: readonly string[]): string {
  // A door where none may be makes the compiler complain of each file behind it: more than Node.js keeps of a program's words unless it is told to, and the rest would be lost.
  const { stdout, stderr, error } = spawnSync(join(root, "node_modules/.bin", tool), args, { cwd: house, encoding: "utf8", maxBuffer: 64 * 1_048_576 });
  if (error !== undefined) throw error;
  return stdout + stderr;
}

describe("the house is tidy", () => {
  const sources = ["engine", "trace", "sim", "adapter", "bin", "viz", "examples", "bench", "test"].flatMap((room) => filesBelow(join(root, room)));
  const code = sources.filter((file) => file.endsWith(".ts"));

  test("every file begins with a sentence that says what it is for", () => {
    expect(code.filter((file) => !readFileSync(file, "utf8").replace(/^#!.*\n/, "").startsWith("/**")).map(shown)).toEqual([]);
  });

  test("rooms stay small: no file is longer than 300 lines", () => {
    const lengths = code.map((file) => ({ file: shown(file), lines: readFileSync(file, "utf8").split("\n").length }));
    expect(lengths.filter(({ lines, file }) => lines > 300 && !file.startsWith("test/"))).toEqual([]);
  });

  test("nothing is left for later", () => {
    const later = /\b(TODO|FIXME|XXX)\b|\.(only|skip|todo)\(/;
    expect(code.filter((file) => shown(file) !== "test/house.test.ts" && later.test(readFileSync(file, "utf8"))).map(shown)).toEqual([]);
  });

  test("every room has a page that says what lives there", () => {
    const rooms = ["engine", "engine/words", "engine/view", "engine/messages", "engine/wire", "engine/rules", "engine/on", "engine/serf", "trace", "sim", "sim/world", "sim/measure", "sim/scenario", "sim/oracle", "sim/swarm", "sim/shrink", "sim/explore", "sim/explain", "sim/lab", "sweeps", "worlds", "conformance", "test/bugs", "test/fuzz", "sim/cli", "adapter", "adapter/driver", "adapter/member", "adapter/codec", "adapter/transport", "adapter/exchange", "adapter/capture", "adapter/metrics", "adapter/agent", "viz", "bin", "examples", "scenarios", "bench", "test"];
    expect(rooms.filter((room) => !readdirSync(join(root, room)).includes("README.md"))).toEqual([]);
  });
});

const shown = (file: string): string => relative(root, file);

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
