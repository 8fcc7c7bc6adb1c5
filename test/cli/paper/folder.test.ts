/** The folder of results: one process at a time, nothing that is not ours, and no half-written reports. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PaperFolder } from "../../../sim/cli/paper/store/folder.ts";
import { passingFolder } from "../command.ts";

const root = passingFolder();

test("it is made, written to, and left without a trace of us", () => {
  const path = join(root, "a/b");
  const folder = new PaperFolder(path);
  folder.publish([{ name: "report.txt", text: "first" }]);
  folder.publish([{ name: "report.txt", text: "second" }]);
  folder.leave();
  expect(readdirSync(path)).toEqual(["report.txt"]);
  expect(readFileSync(join(path, "report.txt"), "utf8")).toBe("second");
});

test("while a process that runs has it, nobody else may", () => {
  const path = join(root, "shared");
  const folder = new PaperFolder(path);
  expect(() => new PaperFolder(path)).toThrow(`${path} is in use by process ${process.pid}: wait for it, or name another folder with --out`);
  folder.leave();
  new PaperFolder(path).leave();
});

test("a process that was killed stands in nobody's way", () => {
  const path = join(root, "abandoned");
  mkdirSync(path);
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(join(path, ".lock"), `${pid}\n`);
  writeFileSync(join(path, "report.txt.unfinished"), "ha");
  new PaperFolder(path).leave();
  expect(readdirSync(path)).toEqual([]);
});

test("a folder with other things in it is refused, and stays as it is", () => {
  const path = join(root, "foreign");
  mkdirSync(path);
  writeFileSync(join(path, "thesis.tex"), "");
  expect(() => new PaperFolder(path)).toThrow(`${path} contains thesis.tex, which is not a result of npm run paper`);
  expect(existsSync(join(path, ".lock"))).toBe(false);
});

test("a file is no folder", () => {
  const path = join(root, "file");
  writeFileSync(path, "");
  expect(() => new PaperFolder(path)).toThrow(`nothing can be written to ${path}: it is a file`);
});
