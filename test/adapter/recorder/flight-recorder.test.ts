/** The flight recorder: what is told is there to be replayed, in a ring that keeps its bound, whatever the disk does; and it never throws. */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { flightRecorder } from "../../../adapter/index.ts";
import { digestOf, type State } from "../../../engine/index.ts";
import { replay, retell, storyText } from "../../../trace/index.ts";
import { eventful, quiet } from "../../trace/scenarios.ts";
import { passingFolder, ringOf, traceIn } from "./files.ts";
import { live, lifeOf } from "./life-of.ts";

const folder = passingFolder();
const life = lifeOf("m03", eventful(16, 45));
const long = lifeOf("m01", quiet(8, 2_000));

describe("what is told", () => {
  test("is replayed to the same states and effects, to the last line", async () => {
    const file = join(folder, "whole.flight");
    const recorder = flightRecorder({ file, about: { pool: "tests" } });
    recorder.born(life.at, life.who, life.first);
    const last = live(life, life.first, 0, Infinity, recorder);
    await recorder.close();
    const trace = traceIn(file);
    expect(trace).toMatchObject({ whole: true, missing: null, first: 0, lines: life.events.length + 1 });
    expect(retell(trace, {})).toEqual({ ok: true });
    const end = replay(trace, { line: life.events.length });
    expect(end.ok && digestOf(end.states.get(life.who)?.view ?? last.view)).toEqual(digestOf(last.view));
    expect(end.ok && end.states.get(life.who)).toEqual(last);
    expect(recorder.stats()).toMatchObject({ lines: life.events.length + 1, written: life.events.length + 1, lost: 0, failures: 0 });
    expect(storyText(trace).split("\n").length).toBe(life.events.length + 2);
  });

  test("says who it was, where and when", () => {
    const { about } = traceIn(join(folder, "whole.flight")).header;
    expect(about).toMatchObject({ by: "flight-recorder", pool: "tests", member: "m03", address: life.first.self.address, process: process.pid });
    expect(about["swimlab"]).toMatch(/^\d+\.\d+\.\d+/);
    expect(Math.abs(Number(about["wallAtOrigin"]) - Date.now())).toBeLessThan(60_000);
  });

  test("is on its way to the file in time, without being asked", async () => {
    const file = join(folder, "timely.flight");
    const recorder = flightRecorder({ file, flushEvery: 5 });
    recorder.born(life.at, life.who, life.first);
    live(life, life.first, 0, 100, recorder);
    await expect.poll(() => recorder.stats().written, { timeout: 10_000 }).toBe(101);
    expect(traceIn(file).missing).toMatch(/^it ends without an index, as when its writer is stopped: everything up to [\d.]+ s was recovered$/);
    expect(retell(traceIn(file), {})).toEqual({ ok: true });
    await recorder.close();
    expect(traceIn(file).whole).toBe(true);
  });
});

describe("the ring", () => {
  const file = join(folder, "ring.flight");
  const maxBytes = 65_536;

  test("keeps its bound; what is left is whole, says where it begins, and replays", async () => {
    const recorder = flightRecorder({ file, maxBytes, files: 3, flushEvery: 0 });
    recorder.born(long.at, long.who, long.first);
    let state: State = long.first;
    let most = 0;
    for (let from = 0; from < long.events.length; from += 500) {
      state = live(long, state, from, 500, recorder);
      await recorder.flush();
      most = Math.max(most, readdirSync(folder).filter((name) => name.startsWith("ring.")).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0));
    }
    await recorder.close();
    expect(most).toBeGreaterThan(maxBytes / 2);
    expect(most).toBeLessThanOrEqual(maxBytes);
    expect(readdirSync(folder).filter((name) => name.startsWith("ring."))).toEqual(["ring.flight", "ring.flight.1", "ring.flight.2"]);
    const { trace } = ringOf(file);
    expect(trace.first).toBeGreaterThan(0);
    expect(trace).toMatchObject({ whole: true, lines: long.events.length + 1 });
    expect(retell(trace, {})).toEqual({ ok: true });
    const end = replay(trace, { line: long.events.length });
    expect(end.ok && end.states.get(long.who)).toEqual(state);
    expect(replay(trace, { line: 0 })).toMatchObject({ ok: false, why: expect.stringMatching(/^this recording begins at [\d.]+ s, with line [\d,]+: it does not contain what came before$/) });
  });

  test("each of its files opens by itself, and says which lines are its own", () => {
    for (const name of [file, `${file}.1`, `${file}.2`]) {
      const trace = traceIn(name);
      expect(trace.missing).toBeNull();
      expect(trace.chunks[0]?.first).toBe(trace.first);
      expect(retell(trace, {})).toEqual({ ok: true });
    }
  });

  test("without a file in its middle: which lines are missing is said, the rest replays", () => {
    rmSync(`${file}.1`);
    const { trace } = ringOf(file);
    expect(trace.missing).toMatch(/^lines [\d,]+ to [\d,]+ \(from [\d.]+ s on\) are missing$/);
    expect(retell(trace, {})).toEqual({ ok: true });
  });

  test("what a former process left is kept as an older file", async () => {
    const again = join(folder, "again.flight");
    for (const pool of ["first", "second"]) {
      const recorder = flightRecorder({ file: again, about: { pool } });
      recorder.born(life.at, life.who, life.first);
      await recorder.close();
    }
    expect([traceIn(again).header.about["pool"], traceIn(`${again}.1`).header.about["pool"]]).toEqual(["second", "first"]);
  });

  test("a second life goes to a new file", async () => {
    const twice = join(folder, "twice.flight");
    const recorder = flightRecorder({ file: twice });
    for (const events of [40, 60]) {
      recorder.born(life.at, life.who, life.first);
      live(life, life.first, 0, events, recorder);
    }
    await recorder.close();
    expect([traceIn(`${twice}.1`), traceIn(twice)].map(({ chunks, whole }) => [chunks.map(({ first, count }) => [first, count]), whole])).toEqual([[[[0, 41]], true], [[[41, 61]], true]]);
  });
});

describe("a disk that refuses", () => {
  test("at the beginning is the user's mistake, and nothing is moved", () => {
    expect(() => flightRecorder({ file: join(folder, "nowhere", "x.flight") })).toThrow(/^the recording .*x\.flight can't be written: ENOENT/);
    const precious = join(folder, "precious");
    mkdirSync(precious);
    expect(() => flightRecorder({ file: precious })).toThrow(/can't be written/);
    expect(existsSync(precious)).toBe(true);
    for (const wrong of [{ files: 1 }, { files: 2.5 }, { maxBytes: 10 }, { flushEvery: -1 }, { retryEvery: Number.NaN }, { fiels: 2 }, { file: "" }, { file: 5 as never }]) expect(() => flightRecorder({ file: "x", ...wrong })).toThrow(expect.objectContaining({ code: "bad-option" }));
    expect(existsSync("x")).toBe(false);
  });

  test.runIf(existsSync("/dev/full"))("because it is full is told once and counted, and the member hears nothing of it", async () => {
    const errors: Error[] = [];
    const recorder = flightRecorder({ file: "/dev/full", flushEvery: 0, retryEvery: 0, onError: (error) => { errors.push(error); throw new Error("and this is not heard"); } });
    recorder.born(life.at, life.who, life.first);
    let state = life.first;
    for (let from = 0; from < 500; from += 100) {
      state = live(life, state, from, 100, recorder);
      await recorder.flush();
    }
    await recorder.close();
    expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/^ENOSPC/)]);
    expect(recorder.stats()).toMatchObject({ lines: life.events.length + 1, written: 0, lost: life.events.length + 1 });
    expect(recorder.stats().failures).toBeGreaterThan(1);
  });

  test("for a while loses that while, and says so: what comes after replays", async () => {
    const passing = join(folder, "passing");
    mkdirSync(passing);
    const file = join(passing, "a.flight");
    const errors: Error[] = [];
    // Small files, so that it has to open another while the folder is gone.
    const recorder = flightRecorder({ file, maxBytes: 65_536, files: 2, flushEvery: 0, retryEvery: 0, onError: (error) => errors.push(error) });
    recorder.born(long.at, long.who, long.first);
    rmSync(passing, { recursive: true });
    let state = live(long, long.first, 0, 6_000, recorder);
    await recorder.flush();
    expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/^ENOENT/)]);
    mkdirSync(passing);
    for (let from = 6_000; from < 8_000; from += 100) {
      state = live(long, state, from, 100, recorder);
      await recorder.flush();
    }
    await recorder.close();
    const { lost, written, lines } = recorder.stats();
    expect([lost > 1_000, written > 1_000, lost + written]).toEqual([true, true, lines]);
    const { trace } = ringOf(file);
    const end = replay(trace, { line: lines - 1 });
    expect(end.ok && end.states.get(long.who)).toEqual(state);
    expect(retell(trace, {})).toEqual({ ok: true });
    expect(errors).toHaveLength(1);
  });

  test("a step that cannot be written down is counted, and those after it are written", async () => {
    const file = join(folder, "strange.flight");
    const errors: Error[] = [];
    const recorder = flightRecorder({ file, retryEvery: 0, onError: (error) => errors.push(error) });
    recorder.born(life.at, life.who, life.first);
    let state = live(life, life.first, 0, 10, recorder);
    const strange = { kind: "received", now: state.probe.periodEndsAt, from: null, message: null } as never;
    recorder.stepped(life.at, life.who, strange, [], state);
    await recorder.flush();
    state = live(life, state, 10, 50, recorder);
    await recorder.close();
    expect(errors).toHaveLength(1);
    const end = replay(traceIn(file), { line: recorder.stats().lines - 1 });
    expect(end.ok && end.states.get(life.who)).toEqual(state);
    expect(recorder.stats().failures).toBe(1);
  });

  test.each(["text.flight", "text.flight.2"])("a file of somebody else's in the ring's place is neither moved nor overwritten: %s", (name) => {
    const folderOfTheirs = join(folder, `theirs-${name}`);
    mkdirSync(folderOfTheirs);
    const [file, theirs] = [join(folderOfTheirs, "text.flight"), join(folderOfTheirs, name)];
    writeFileSync(theirs, "a text that somebody wrote");
    expect(() => flightRecorder({ file, files: 3 })).toThrow(expect.objectContaining({ code: "unwritable", message: `the recording ${file} can't be written: ${theirs} exists and is not a recording: name another file` }));
    expect([readdirSync(folderOfTheirs), readFileSync(theirs, "utf8")]).toEqual([[name], "a text that somebody wrote"]);
  });

  test("the file to which another member of this process records is refused, by whatever path, until that one is closed", async () => {
    const file = join(folder, "held.flight");
    const first = flightRecorder({ file });
    // Nobody records yet: a member that could not start may have left it behind.
    const second = flightRecorder({ file, onError: (fault) => void told.push(fault.message) });
    const told: string[] = [];
    first.born(life.at, life.who, life.first);
    second.born(life.at, life.who, life.first);
    expect(told).toEqual(["another member of this process records there: name another file"]);
    symlinkSync(folder, join(folder, "link"));
    for (const path of [file, join(folder, "link", "held.flight")]) {
      expect(() => flightRecorder({ file: path })).toThrow(expect.objectContaining({ code: "unwritable", message: `the recording ${path} can't be written: another member of this process records there: name another file` }));
    }
    await second.close();
    await first.close();
    expect(traceIn(file)).toMatchObject({ whole: true, lines: 1 });
    await flightRecorder({ file }).close();
  });

  test.each([["zeros, as where power failed", Buffer.alloc(4_096)], ["half a word", Buffer.from("swim")]])("what is left of a recording is no reason not to begin another: %s", async (name, bytes) => {
    const file = join(folder, `left-${name.length}.flight`);
    writeFileSync(file, bytes);
    const recorder = flightRecorder({ file });
    recorder.born(life.at, life.who, life.first);
    await recorder.close();
    expect(readFileSync(`${file}.1`)).toEqual(bytes);
    expect(traceIn(file).whole).toBe(true);
  });
});
