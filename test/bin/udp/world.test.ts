/** `--world udp`: real members on loopback, their recordings measured, and the simulator's runs beside them. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { simulator } from "../../../bin/programs.ts";
import { hear, outcomeOf, passingFolder, start } from "../../cli/command.ts";

const folder = passingFolder();
const call = (...args: readonly string[]) => hear((terminal) => simulator()(args, terminal));
const loopback = fileURLToPath(new URL("../../../scenarios/loopback.yaml", import.meta.url));

/** A scenario of its own, with these lines; played for real with these options. */
function played(lines: readonly string[], ...options: readonly string[]) {
  const path = join(folder, "asked.yaml");
  writeFileSync(path, ["name: asked", "duration: 2s", ...lines, ""].join("\n"));
  return call(path, "--world", "udp", ...options);
}

describe("what cannot be played for real is refused before anything starts", () => {
  test.each([
    ["members that block", ["members: 4", "timeline:", "  - { at: 1s, block: 1 }"], [], "timeline[0] blocks members"],
    ["slow machines", ["members: 4", "timeline:", "  - { at: 1s, slow: { members: 1, takes: 20ms } }"], [], "timeline[0] makes machines slow"],
    ["clocks that are changed", ["members: 4", "timeline:", "  - { at: 1s, clock: { members: 1, rate: 2% } }"], [], "timeline[0] changes machines' clocks"],
    ["clocks of their own", ["members: [{ count: 4, clock: { rate: 2% } }]"], [], "m1 has a clock of its own"],
    ["bounded buffers", ["members: 4", "network: { receiveBuffer: { packets: 9 } }"], [], "network.receiveBuffer limits what waits"],
    ["others at the addresses of the dead", ["members: [{ count: 4 }, { name: x, present: no }]", "timeline:", "  - { at: 1s, replace: { members: m1, by: x } }"], [], "timeline[0] starts members at the addresses of others"],
    ["views that are kept", ["members: 4", "timeline:", "  - { at: 0.5s, crash: 1, for: 1s, view: kept }"], [], "timeline[0] has members come back with the view they had"],
    ["more members than a machine bears", ["members: 513"], [], "513 members on one machine would measure the machine: use at most 512"],
    ["a group of one", ["members: 1"], [], "a group needs at least two members"],
    ["how long a message takes", ["members: 4", "network: { catchUp: 5ms }"], [], "for real members the machine decides that"],
    ["another deadline of streams", ["members: 4", "network: { streamDeadline: 3s }"], [], "network.streamDeadline is 10s for real members"],
    ["more processes than members", ["members: 4"], ["--processes", "5"], "--processes 5 is too many: there are 4 members"],
    ["a network that flips bits", ["members: 4", "network: { corrupt: 1%, lossOf: { ack: 5% } }"], [], "network has corrupt, lossOf: with real members, a network can only lose, duplicate and delay"],
    ["a clog", ["members: 4", "timeline:", "  - { at: 1s, clog: { from: 1, to: rest }, for: 1s }"], [], "timeline[0] clogs links"],
    ["a jam", ["members: 4", "timeline:", "  - { at: 1s, partition: { ways: 2, mode: jam } }"], [], "timeline[0] jams what would cross"],
    ["bursts for a while", ["members: 4", "timeline:", "  - { at: 1s, impair: { members: 1, bursts: { loss: 5%, meanLength: 3 } } }"], [], "timeline[0] impairs by bursts"],
    ["what comes and goes", ["members: 4", "timeline:", "  - { at: 1s, cut: { from: 1, to: all }, for: 3s, flap: { on: 1s, off: 1s } }"], [], "timeline[0] comes and goes at random"],
    ["no process at all", ["members: 4"], ["--processes", "0"], "--processes 0 is impossible"],
  ] as const)("%s", async (_, lines, options, sentence) => {
    const { code, stdout, stderr } = await played(lines, ...options);
    expect([code, stdout]).toEqual([64, ""]);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  test("options of the real world mean nothing in the simulated one", async () => {
    const { code, stderr } = await call(loopback, "--processes", "2");
    expect([code, stderr]).toEqual([64, "--processes works only with --world udp\n"]);
  });
});

test("a scenario with everything that can be played: joins, farewells, restarts, news, words, faults, in two processes", async () => {
  const out = join(folder, "all");
  const { code, stdout, stderr } = await played([
    "members: [{ count: 6, name: a }, { count: 1, name: b, present: no }]",
    "config: { periodEvery: 300ms, askRelaysAfter: 100ms, relayFor: 100ms, nackAfter: 100ms, gossipEvery: 50ms, lingerFor: 500ms }",
    "network: { loss: 1%, duplicate: 5%, latency: 1ms }",
    "timeline:",
    "  - { at: 0.5s, join: [b1] }",
    "  - { at: 1s, broadcast: { members: a2, payload: \"word {n}\" } }",
    "  - { at: 1.1s, send: { from: a2, to: a3, payload: hello, over: stream } }",
    "  - { at: 1.5s, update: { members: a4, meta: new } }",
    "  - { at: 2s, crash: [a4, a5, a6, b1] }",
    "  - { at: 3.5s, pause: [a3], for: 500ms }",
    "  - { at: 5s, restart: a5, address: new }",
    "  - { at: 6s, leave: a2, for: 2s, incarnation: kept }",
    "  - { at: 9s, partition: [[a1], rest], for: 500ms }",
  ], "--set", "duration=11s", "--processes", "2", "--runs", "1", "--simulated", "4", "--jobs", "1", "--json", "--out", out);
  // One run beside four can tell nothing apart: that is known, and said.
  expect([code, stderr]).toEqual([2, expect.stringContaining(`written to ${out}`)]);
  const { comparison, real, simulated, meaning, lateness } = JSON.parse(stdout);
  expect(comparison.verdict).toBe("unknown");
  expect(meaning.join(" ")).toContain("1 real run beside 4 simulated: no difference could have been found");
  expect(lateness[0].max).toBeGreaterThan(0);
  const happened = (summary: typeof real): readonly string[] => summary.disruptions.map(({ entry, kind, members }: { entry: number; kind: string; members: string[] }) => `${entry} ${kind} ${members.join(" ")}`);
  expect(happened(real)).toEqual(happened(simulated));
  expect(real.metrics).toMatchObject({ broadcasts: { count: 1 }, updates: { count: 1 }, fullDissemination: { n: 4 } });
  expect(Object.keys(real.metrics.load.byKind)).toEqual(expect.arrayContaining(["ack", "gossip", "ping", "push-pull"]));
  expect(readdirSync(out)).toEqual(expect.arrayContaining(["comparison.json", "comparison.txt", "run0.trace", "summary.json"]));
  const replayed = await call("replay", join(out, "run0.trace"));
  expect([replayed.code, replayed.stdout]).toEqual([0, expect.stringContaining("every step replays to the effects that were recorded")]);
  const told = await call("trace", join(out, "run0.trace"));
  for (const line of ["origin", "departed", "crash", "restart"]) expect(told.stdout).toContain(line);
  // From the port of its own, not from that of the stream.
  expect(told.stdout).toMatch(/ a3 +word from a2 \(/);
  expect(readFileSync(join(out, "comparison.txt"), "utf8")).toContain("SIDE BY SIDE");
}, 180_000);

test("Ctrl-C stops all members and processes, and leaves nothing behind", async () => {
  const before = leftovers();
  const child = start(loopback, "--world", "udp", "--processes", "2", "--simulated", "1", "--jobs", "1", "--set", "duration=10m", "--set", "timeline=[]", "--set", "expect=[]");
  const ending = outcomeOf(child);
  await vi.waitFor(() => expect(leftovers().flatMap((name) => (before.includes(name) ? [] : readdirSync(join(tmpdir(), name)))).length).toBe(16), { timeout: 90_000, interval: 50 });
  const houses = childrenOf(child.pid ?? 0);
  expect(houses).toHaveLength(2);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await ending;
  expect([code, stdout]).toEqual([130, ""]);
  expect(stderr).toContain("interrupted: all members are stopped");
  expect(leftovers().filter((name) => !before.includes(name))).toEqual([]);
  await vi.waitFor(() => expect(houses.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), { timeout: 10_000, interval: 50 });
}, 180_000);

const leftovers = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("swimlab-udp-"));

/** By the system's own list: those whose parent this is, and who are of Node.js. */
function childrenOf(pid: number): readonly string[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const children = tasks.flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ")).filter((child) => child !== "");
  return children.filter((child) => readFileSync(`/proc/${child}/cmdline`, "utf8").includes("udp/process"));
}
