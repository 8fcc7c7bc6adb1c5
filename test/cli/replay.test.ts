/** `replay`: recordings of members verified step by step, what is missing named, and merged into one trace. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Address, type Event, memberId, type MemberId } from "../../engine/index.ts";
import { FlightWriter, openTrace, retell, VERSION } from "../../trace/index.ts";
import { framesIn, kinds, signature, frame } from "../../trace/frame.ts";
import { pack } from "../../trace/pack.ts";
import { called, flown, type Told, toldOf } from "../trace/flight/recordings.ts";
import { joined, recorded } from "../trace/recording.ts";
import { eventful } from "../trace/scenarios.ts";
import { call, passingFolder } from "./command.ts";

const folder = passingFolder();
const lives = toldOf(["m00", "m01", "m02", "m03"], eventful(8, 30));
const life = (name: string): readonly Told[] => lives.get(name) ?? [];

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const bytes = flown(life("m01"), { limits: { lines: 60, linesPerMember: 0 } });
const whole = file("whole.flight", bytes);
const count = life("m01").length;

describe("one recording", () => {
  test("that is whole: every step is the same", async () => {
    const { code, stdout, stderr } = await call("replay", whole);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Replayed\n {2}member +from +for +lines +chunks +effects +verdict\n {2}m01 +2027-01-15T08:00:00\.000Z +[\d.]+ s +\d+ +\d+ +\d+ +same\n/);
    expect(stdout).toMatch(/\nAnnounced\n +confirmed +failed +left +suspected +updated\n {2}m01 +\d/);
    expect(stdout).not.toContain("Missing");
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(`every step replays to the effects that were recorded: lines=${count} verdict=same`);
  });

  test("as JSON", async () => {
    const { code, stdout } = await call("replay", whole, "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { verdict: "same", recordings: [{ files: [whole], members: ["m01"], lines: count, same: count, missing: null, partings: [] }], unread: [], clocks: [] }]);
  });

  test("of a writer that was stopped: the same, and it is said", async () => {
    const { frames } = framesIn(bytes);
    const { code, stdout } = await call("replay", file("stopped.flight", bytes.subarray(0, frames.at(-1)?.offset)));
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nMissing\n {2}.*stopped\.flight: it ends without an index, as when its writer is stopped: everything up to [\d.]+ s was recovered\n/);
  });

  test("cut off in the midst of a piece: what is there replays, and the rest is unknown", async () => {
    const { frames } = framesIn(bytes);
    const { code, stdout } = await call("replay", file("cut.flight", bytes.subarray(0, (frames.at(-2)?.offset ?? 0) + 50)));
    expect(code).toBe(2);
    expect(stdout).toMatch(/the last 50 bytes are not a whole chunk: everything up to [\d.]+ s was recovered\n/);
    expect(stdout.trimEnd()).toMatch(/something is missing: lines=\d+ verdict=unknown$/);
  });

  test("with a flipped bit, wherever it is: the lines that it cost are named, all others replay", async () => {
    const { frames } = framesIn(bytes);
    const pieces = frames.filter(({ kind }) => kind === kinds.piece);
    for (const [number, { offset, kind }] of frames.entries()) {
      if (kind !== kinds.piece && kind !== kinds.key) continue;
      const end = frames[number + 1]?.offset ?? bytes.length;
      const at = Math.floor((offset + end) / 2);
      const { code, stdout } = await call("replay", file("flipped.flight", bytes.with(at, (bytes[at] ?? 0) ^ 4)));
      expect([number, code]).toEqual([number, 2]);
      expect(stdout).toMatch(/\nMissing\n {2}.*flipped\.flight: lines [\d,]+ to [\d,]+ \((before|between|from) .*\) are missing\n/);
      expect(Number(/lines=(\d+)/.exec(stdout)?.[1])).toBeGreaterThan(count - 130);
    }
    expect(pieces.length).toBeGreaterThan(5);
  });

  test("of a writer that was stopped, and once more under another name: nothing is missing but the end", async () => {
    const stopped = bytes.subarray(0, framesIn(bytes).frames.at(-1)?.offset);
    const { code, stdout } = await call("replay", file("stopped.flight", stopped), file("backup.flight", stopped));
    expect([code, stdout.match(/verdict=\w+/)?.[0], stdout.match(/it ends without an index/g)?.length]).toEqual([0, "verdict=same", 1]);
  });

  test("of another engine: the first step that goes another way is named, with both sides", async () => {
    const { code, stdout } = await call("replay", file("other.flight", flown(life("m01"), { otherwise: 50 })));
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nm01: line 50 \(m01, [\d.]+ s\) does not replay as it was recorded: the trace was recorded with another engine\n {2}here: +[\d.]+ +m01 .*\n +and then the check is [0-9a-f]{4}\n {2}recorded: the same event; of its effects only the check is known, [0-9a-f]{4}\n/);
    expect(stdout.trimEnd()).toMatch(/lines=50 verdict=different$/);
    const [{ partings: [parting] }] = JSON.parse((await call("replay", join(folder, "other.flight"), "--json")).stdout).recordings;
    expect(parting).toMatchObject({ line: 50, who: "m01" });
    expect(parting.check).not.toBe(parting.recorded);
  });

  test("whose older files lie beside it: they are found and put together, and one that cannot be read is named", async () => {
    const ring = file("ring.flight", new Uint8Array(0));
    file("ring.flight.1", bytes);
    const { code, stdout } = await call("replay", ring);
    expect(code).toBe(2);
    expect(stdout).toContain(`${ring}: it is empty: its writer was stopped before it wrote anything`);
    expect(stdout).toContain(`lines=${count} verdict=unknown`);
  });

  test("whose youngest file was begun and no more: what is there reaches to the end of the one before", async () => {
    const [first] = life("m01");
    if (first === undefined || !("first" in first)) throw new Error("nobody was born");
    const writer = new FlightWriter();
    const about = { by: "flight-recorder", member: "m01", bornAt: 1_000 };
    const opening = writer.opening(about);
    writer.born(first.at, first.who, first.first);
    file("begun.flight.1", joined([opening, writer.flush()?.bytes ?? new Uint8Array(), writer.closing()]));
    const { code, stdout } = await call("replay", file("begun.flight", writer.opening(about)));
    expect([code, stdout.match(/Missing\n.*/)?.[0]]).toEqual([0, expect.stringMatching(/begun\.flight: it ends without an index, as when its writer is stopped: everything up to 0 s was recovered$/)]);
  });

  test("of a member that was restarted: both lives, the earlier first, told apart", async () => {
    const again = file("again.flight", flown(life("m01"), { origin: 7_000_000, about: { bornAt: 2_000 } }));
    file("again.flight.1", bytes);
    const { code, stdout } = await call("replay", again);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n {2}m01 \(1\) +2027-01-15T08:00:00\.000Z .*\n {2}m01 \(2\) +2027-01-15T08:00:0/);
    expect(stdout).toMatch(/\nAnnounced\n.*\n {2}m01 \(1\) .*\n {2}m01 \(2\) /);
  });

  test("in the midst of whose files becoming older the process was killed: what is there is found by the name of the youngest, which is not", async () => {
    file("gap.flight.2", bytes);
    const { code, stdout } = await call("replay", join(folder, "gap.flight"));
    expect([code, stdout.match(/verdict=\w+/)?.[0]]).toEqual([0, "verdict=same"]);
  });

  test("of the simulator: replays as well", async () => {
    const { code, stdout } = await call("replay", file("run0.trace", recorded(eventful(8, 30))));
    expect(code).toBe(0);
    expect(stdout).toMatch(/ m00 and 7 more +0 s +30 s +[\d,]+ +1 +[\d,]+ +same\n/);
  });
});

describe("what cannot be replayed", () => {
  test.for([
    ["nothing named", 64, "name a recording, such as one that the agent's --record wrote", []],
    ["a text", 65, "this is not a trace: it does not begin like one", ["text.flight"]],
    ["a newer one", 65, "this trace is of version 9, and this swimlab reads versions 6 and 7: use a newer one", ["newer.flight"]],
    ["a stub", 65, "this trace ends or is damaged before anything in it can be read: it has 100 bytes", ["stub.flight"]],
    ["no file", 66, "there is no file", ["absent.flight"]],
  ] as const)("%s: one sentence", async ([, code, sentence, names]) => {
    file("text.flight", new TextEncoder().encode("no trace at all"));
    file("newer.flight", joined([signature(9), frame(kinds.header, pack({ v: 9, about: {} }))]));
    file("stub.flight", bytes.subarray(0, 100));
    const outcome = await call("replay", ...names.map((name) => join(folder, name)));
    expect([outcome.code, outcome.stdout]).toEqual([code, ""]);
    expect(outcome.stderr).toContain(sentence);
    expect(outcome.stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("several recordings", () => {
  // m00's clock is right; m01 began 7 s later, and its wall clock is 250 ms ahead; m02 began before the simulation did, and is 40 ms behind.
  const files = [
    file("m00.flight", flown(called(life("m00")))),
    file("m01.flight", flown(called(life("m01")), { origin: 7_000_000, ahead: 250 })),
    file("m02.flight", flown(called(life("m02")), { origin: -3_000_000, ahead: -40 })),
  ];
  const out = join(folder, "merged.trace");

  /** Each ping or ack that one sent and another received, and whether it was sent first. */
  function causes(path: string): { readonly right: number; readonly wrong: number } {
    const opened = openTrace(new Uint8Array(readFileSync(path)));
    if (!opened.ok) throw new Error(opened.why);
    const [sent, heard] = [new Map<string, number>(), new Map<string, number>()];
    const addresses = new Map<string, Address>();
    let number = 0;
    const name = (from: string, to: string, message: { readonly kind: string; readonly seq?: number }): string => `${from} ${to} ${message.kind} ${message.seq}`;
    const told = retell(opened.trace, {
      born: (_, who, state) => { addresses.set(who, state.self.address); number++; },
      stepped: (_, who, event: Event, effects) => {
        const own = addresses.get(who) ?? "";
        if (event.kind === "received" && "seq" in event.message) heard.set(name(event.from, own, event.message), number);
        for (const effect of effects) if (effect.kind === "send" && "seq" in effect.message) sent.set(name(own, effect.to, effect.message), number);
        number++;
      },
    });
    expect(told).toEqual({ ok: true });
    const pairs = [...heard].flatMap(([key, at]) => (sent.has(key) ? [at > (sent.get(key) ?? 0)] : []));
    return { right: pairs.filter((isRight) => isRight).length, wrong: pairs.filter((isRight) => !isRight).length };
  }

  test("are verified each; how far their clocks differ is estimated from what they said to one another", async () => {
    const { code, stdout } = await call("replay", ...files);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n {2}m00 .* same\n {2}m01 .* same\n {2}m02 .* same\n/);
    const clocks = Array.from(stdout.matchAll(/ {2}(m\d\d) is ([\d.]+) ms (behind|ahead of) (m\d\d), give or take ([\d.]+) ms/g), ([, other, much, way, one, within]) =>
      ({ pair: `${one} ${other}`, ahead: Number(much) * (way === "behind" ? -1 : 1), within: Number(within) }));
    const truth = { "m00 m01": 250, "m00 m02": -40, "m01 m02": -290 } as const;
    expect(clocks.map(({ pair }) => pair)).toEqual(Object.keys(truth));
    for (const { pair, ahead, within } of clocks) {
      expect(Math.abs(ahead - truth[pair as keyof typeof truth])).toBeLessThanOrEqual(within);
      expect(within).toBeLessThan(1.5);
    }
  });

  test("clocks that are far apart are told in seconds", async () => {
    const far = file("far.flight", flown(life("m01"), { ahead: 86_400_000 }));
    expect((await call("replay", files[0] ?? "", far)).stdout).toMatch(/\n {2}m01 is (86,400|86,399\.999|86,400\.001) s ahead of m00, give or take 0\.\d+ ms \(/);
  });

  test("become one trace, in one order of time, that replays like any other", async () => {
    const { code, stderr } = await call("replay", ...files, "--out", out);
    expect(code).toBe(0);
    const lines = ["m00", "m01", "m02"].reduce((sum, name) => sum + life(name).length, 0);
    expect(stderr).toBe(`the members' clocks differ, so some messages arrive before they are sent: --align corrects that\n${out}: ${lines.toLocaleString("en-US")} lines; print them with npm run sim -- trace ${out}\n`);
    expect(openTrace(new Uint8Array(readFileSync(out)))).toMatchObject({ ok: true, trace: { whole: true, lines, header: { v: VERSION } } });
    expect((await call("replay", out)).code).toBe(0);
    const { code: told, stdout } = await call("trace", out, "--member", "m01");
    expect(stdout).toMatch(/^# by=replay members=m00 m01 m02 wallAtOrigin=2027-01-15T07:59:\d\d\.\d{3}Z\n/);
    expect([told, stdout.split("\n").length - 2]).toEqual([0, life("m01").length]);
  });

  test("without correction effects come before their causes; with --align none does", async () => {
    const aligned = join(folder, "aligned.trace");
    expect(causes(out).wrong).toBeGreaterThan(20);
    expect((await call("replay", ...files, "--align", "--out", aligned)).code).toBe(0);
    expect(causes(aligned)).toMatchObject({ wrong: 0 });
    expect(causes(aligned).right).toBeGreaterThan(50);
  });

  test.each([[[]], [["--align"]]])("name whoever opened a stream to one of them, if the caller's recording is among them (%j)", async (options) => {
    const named = join(folder, "named.trace");
    expect((await call("replay", ...files, "--out", named, ...options)).code).toBe(0);
    const opened = openTrace(new Uint8Array(readFileSync(named)));
    const heard = new Map<MemberId, Address[]>();
    if (opened.ok) retell(opened.trace, { stepped: (_, who, event) => { if (event.kind === "exchange-opened") heard.set(who, [...(heard.get(who) ?? []), event.from]); } });
    const known = new Set(["m00", "m01", "m02"].flatMap((name) => life(name).flatMap((line) => ("first" in line ? [line.first.self.address] : []))));
    for (const name of ["m00", "m01", "m02"]) {
      const callers = life(name).flatMap((line) => ("event" in line && line.event.kind === "exchange-opened" ? [line.event.from] : []));
      const ports = called(life(name)).flatMap((line) => ("event" in line && line.event.kind === "exchange-opened" ? [line.event.from] : []));
      expect(heard.get(memberId(name)) ?? []).toEqual(callers.map((caller, number) => (known.has(caller) ? caller : ports[number])));
    }
    expect([...heard.values()].flat().filter((from) => known.has(from)).length).toBeGreaterThan(2);
  });

  test("cannot be merged where nobody can write, or without a wall clock", async () => {
    const nowhere = join(folder, "nowhere", "x.trace");
    expect(await call("replay", whole, "--out", nowhere)).toMatchObject({ code: 73, stdout: "", stderr: `${nowhere} can't be written: no such file or directory\n` });
    const sample = join(import.meta.dirname, "../golden/sample-v6.trace");
    const mixed = await call("replay", whole, sample, "--out", join(folder, "mixed.trace"));
    expect([mixed.code, mixed.stderr]).toEqual([65, `${sample}: it records no wall clock, so it can't be merged with others\n`]);
  });
});
