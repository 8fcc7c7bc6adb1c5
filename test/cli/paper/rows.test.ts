/** The file of finished runs: whatever happens to the process, and whoever comes next. */

import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Rows, type Head, type Row } from "../../../sim/cli/paper/store/rows.ts";
import { passingFolder } from "../command.ts";

const folder = passingFolder();
const head: Head = { madeBy: "swimlab", version: "1.0.0", seed: "1", identity: "0123456789abcdef" };
const row = (repetition: number): Row => ({ experiment: "swim-load", cell: "5 members", repetition, figures: { sent: 2, sizes: [1, 2] } });

function fileOf(name: string, ...repetitions: readonly number[]): string {
  const path = join(folder, name);
  const rows = new Rows(path, head);
  for (const repetition of repetitions) rows.append(row(repetition));
  rows.close();
  return path;
}

test("what was written is read again", () => {
  const rows = new Rows(fileOf("whole", 0, 1), head);
  expect(rows.count).toBe(2);
  expect(rows.isRepaired).toBe(false);
  expect(rows.figuresOf("swim-load/5 members/1")).toEqual({ sent: 2, sizes: [1, 2] });
  expect(rows.figuresOf("swim-load/5 members/2")).toBeUndefined();
  rows.close();
});

test("a last line that is half written is cut off, and the next one stands by itself", () => {
  const path = fileOf("torn", 0, 1);
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, whole.slice(0, -20));
  const rows = new Rows(path, head);
  expect([rows.isRepaired, rows.count]).toEqual([true, 1]);
  rows.append(row(1));
  rows.close();
  expect(readFileSync(path, "utf8")).toBe(whole);
});

test("so is a first line", () => {
  const path = join(folder, "young");
  writeFileSync(path, '{"madeBy":"swiml');
  new Rows(path, head).close();
  expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify(head)}\n`);
});

describe("runs of another kind are not mixed with ours", () => {
  const opening = (path: string, change: Partial<Head> = {}) => (): void => new Rows(path, { ...head, ...change }).close();

  test("another seed", () => {
    const path = fileOf("seed", 0);
    expect(opening(path, { seed: "2", identity: "fedcba9876543210" })).toThrow(`${path} holds runs of --seed 1, which cannot be mixed with these`);
  });

  test("another version", () => {
    expect(opening(fileOf("version", 0), { identity: "fedcba9876543210" })).toThrow(/another version of swimlab/);
  });

  test("something else altogether", () => {
    const path = join(folder, "foreign");
    writeFileSync(path, "a,b,c\n1,2,3\n");
    expect(opening(path)).toThrow(`${path}:1 is not the beginning of swimlab's runs`);
    expect(readFileSync(path, "utf8")).toBe("a,b,c\n1,2,3\n");
  });

  test("a line that is no run is named by its number", () => {
    const path = fileOf("spoilt", 0);
    appendFileSync(path, '{"experiment":"swim-load"}\n');
    expect(opening(path)).toThrow(`${path}:3 is not a run that swimlab wrote: remove the line, and it is played again`);
  });
});
