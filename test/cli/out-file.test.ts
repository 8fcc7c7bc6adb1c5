/** The one file that `--out` names: never what is read, whatever it is called, and nothing that the command would not have written itself. */

import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { simulator } from "../../bin/programs.ts";
import { OutFile, traceOfRun } from "../../sim/cli/index.ts";
import { TraceWriter } from "../../trace/index.ts";
import { flown, toldOf } from "../trace/flight/recordings.ts";
import { eventful } from "../trace/scenarios.ts";
import { hear, passingFolder, scenarioIn } from "./command.ts";

const call = (...args: readonly string[]) => hear((terminal) => simulator()(args, terminal));

const folder = passingFolder();
const named = (name: string): string => join(folder, name);
const small = scenarioIn(folder, "small");
const flight = flown(toldOf(["m01"], eventful(8, 30)).get("m01") ?? []);
const capture = readFileSync(fileURLToPath(new URL("../adapter/capture/serf.pcap", import.meta.url)));
const world = readFileSync(fileURLToPath(new URL("../../worlds/two-suspects.yaml", import.meta.url)));
const bug = "seed: 1\nmembers: 3\nduration: 1s\n";

/** What is read, under its name, and the command up to the file. */
const readers: readonly (readonly [command: readonly string[], name: string, content: string | Uint8Array])[] = [
  [["import"], "caught.pcap", capture],
  [["trace", "export", "graphviz"], "shown.yaml", readFileSync(small)],
  [["trace", "export", "svg"], "shown.trace", flight],
  [["shrink"], "bug.yaml", bug],
  [["replay"], "flown.flight", flight],
  [["explore"], "world.yaml", world],
];

test.each(readers)("%j refuses the very file that it reads, however it is called", async (command, name, content) => {
  const input = named(name);
  writeFileSync(input, content);
  symlinkSync(input, `${input}.symbolic`);
  linkSync(input, `${input}.hard`);
  for (const out of [input, join(folder, ".", "..", folder.split("/").at(-1) ?? "", name), `${input}.symbolic`, `${input}.hard`]) {
    expect(await call(...command, input, "--out", out)).toEqual({ code: 64, stdout: "", stderr: `--out ${out} is the input file: name another\n` });
  }
  expect(readFileSync(input)).toEqual(Buffer.from(content));
});

test.each(readers)("%j replaces no file of another kind", async (command, name, content) => {
  const [input, notes] = [named(`from-${name}`), named(`${command.join("-")}-notes`)];
  writeFileSync(input, content);
  writeFileSync(notes, "What I wrote by hand.\n");
  const { code, stdout, stderr } = await call(...command, input, "--out", notes);
  expect([code, stdout]).toEqual([73, ""]);
  expect(stderr).toMatch(/-notes exists and is not (?:a|an|what) [^:]+: name another file with --out\n$/);
  expect(readFileSync(notes, "utf8")).toBe("What I wrote by hand.\n");
});

test.each(readers.filter(([[command]]) => command !== "import"))("%j finds out before it does anything that there is no folder for what it would write", async (command, name, content) => {
  const [input, out] = [named(`lost-${name}`), named(join("no", "such", "place"))];
  writeFileSync(input, content);
  expect(await call(...command, input, "--out", out)).toEqual({ code: 73, stdout: "", stderr: `${out} can't be written: no such file or directory\n` });
});

test("the older files of a ring are read as well, and a flight is no trace of a run", async () => {
  const [ring, other] = [named("ring.flight"), named("other.flight")];
  for (const file of [ring, `${ring}.1`, other]) writeFileSync(file, flight);
  expect(await call("replay", ring, "--out", `${ring}.1`)).toMatchObject({ code: 64, stderr: `--out ${ring}.1 is the input file: name another\n` });
  expect(await call("replay", ring, "--out", other)).toMatchObject({ code: 73, stderr: `${other} exists and is not a trace of a run: name another file with --out\n` });
  expect(readFileSync(other)).toEqual(Buffer.from(flight));
});

test("a draft would be in the way of what is read", async () => {
  const input = named("half.trace.unfinished");
  writeFileSync(input, capture);
  expect(await call("import", input, "--out", named("half.trace"))).toMatchObject({ code: 64 });
  expect(readFileSync(input)).toEqual(capture);
});

test("its own kind is replaced, and an empty file filled; a link stays one", async () => {
  const [place, link] = [named("again.dot"), named("again.link")];
  writeFileSync(place, "");
  symlinkSync(place, link);
  expect(await call("trace", "export", "graphviz", small, "--out", place)).toMatchObject({ code: 0 });
  const first = readFileSync(place, "utf8");
  expect(await call("trace", "export", "graphviz", small, "--seed", "2", "--out", link)).toMatchObject({ code: 0 });
  expect(readFileSync(place, "utf8")).toMatch(/^digraph suspicions \{[^]*seed=2/);
  expect(readFileSync(place, "utf8")).not.toBe(first);
  expect(readFileSync(link, "utf8")).toBe(readFileSync(place, "utf8"));
});

test("a device takes what comes, and stays a device", async () => {
  expect(await call("trace", "export", "graphviz", small, "--out", "/dev/null")).toMatchObject({ code: 0 });
  expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  expect(existsSync("/dev/null.unfinished")).toBe(false);
});

test("a folder is not a file", async () => {
  mkdirSync(named("folder"));
  expect(await call("trace", "export", "svg", small, "--out", named("folder"))).toEqual({ code: 64, stdout: "", stderr: `--out ${named("folder")} is a folder: name a file in it\n` });
});

test("whoever breaks off leaves what was there, and no draft", () => {
  const place = named("kept.trace");
  const out = new OutFile(place, traceOfRun, []);
  const write = (seed: string) => out.write((hand) => new TraceWriter(hand, { seed }).end());
  write("1");
  const before = readFileSync(place);
  expect(() => out.write((hand) => {
    hand("half of");
    throw new RangeError("broke off");
  })).toThrow("broke off");
  expect(readFileSync(place)).toEqual(before);
  expect(readdirSync(folder).filter((name) => name.startsWith("kept"))).toEqual(["kept.trace"]);
  write("another");
  expect(readFileSync(place)).not.toEqual(before);
});
