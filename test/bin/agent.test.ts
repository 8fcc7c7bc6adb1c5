/** Agents in life: processes on loopback that join, are watched, doubted, told to leave, killed; and one in a terminal of its own. */

import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createMember } from "../../adapter/index.ts";
import { ownPlace } from "../adapter/own-place.ts";
import { readPrometheus, valueOf } from "../adapter/metrics/prometheus.ts";
import { installed, passedOver } from "../adapter/program.ts";
import { until } from "../adapter/until.ts";
import { passingFolder } from "../cli/command.ts";
import { about, type RunningAgent, type Said, startAgent, watch } from "./agents.ts";

const folder = passingFolder();
const file = (name: string): string => join(folder, name);
const [OLD, NEW] = [1, 2].map((n) => Buffer.alloc(32, n).toString("base64")) as [string, string];

/** So that a crash is found within seconds. On a busy machine members may be doubted without cause: nothing here depends on that. */
const quick = ["--set", "suspicionMult=2", "--set", "suspicionMaxMult=2"];
const anAgent = (name: string, ...more: readonly string[]): RunningAgent => startAgent("--name", name, "--bind", "127.0.0.1:0", "--json", ...more);
const figuresAt = async (url: unknown) => readPrometheus(await (await fetch(`${String(url)}/metrics`)).text());
const failedAt = async (url: unknown): Promise<number | undefined> => valueOf(await figuresAt(url), "swimlab_members", { status: "failed" });
const addressOf = async (agent: RunningAgent): Promise<string> => String((await agent.said("started"))["address"]);

test.each(["TCP alone", "TLS"])("without UDP, by %s: they meet, and a crash is found", async (by) => {
  const certificates = fileURLToPath(new URL("../adapter/transport/certificates/", import.meta.url));
  const config = file("tls.yaml");
  writeFileSync(config, `tcp: { tls: { key: ${certificates}member.key, cert: ${certificates}member.pem, ca: ${certificates}ca.pem, name: member.swimlab.test } }\n`);
  const words = [...(by === "TLS" ? ["--config", config] : ["--tcp"]), ...quick];
  const a = anAgent("a", ...words);
  const started = await a.said("started");
  expect(started).toMatchObject({ text: expect.stringContaining(`preset swimlab, ${by}`) });
  const b = anAgent("b", "--join", String(started["address"]), ...words);
  await Promise.all([a.said("join", about("b")), b.said("join", about("a"))]);
  b.process.kill("SIGKILL");
  await a.said("failed", about("b"));
  a.process.kill("SIGINT");
  expect(await a.ended).toBe(0);
});

test("a group's life: coming, figures, logs, a crash, a goodbye", async () => {
  const a = anAgent("a", "--tag", "role=web", "--metrics", "0", "--log-file", file("a.log"), "--record", file("a.flight"), ...quick);
  const started = await a.said("started");
  const seed = String(started["address"]);
  const [b, c] = [anAgent("b", "--join", seed, "--tag", "role=db", "--tag", "zone=eu", ...quick), anAgent("c", "--join", seed, "--meta", "hello", ...quick)];
  expect(await b.said("joined")).toMatchObject({ seeds: 1 });
  expect(await a.said("join", about("b"))).toMatchObject({ member: { status: "alive", tags: { role: "db", zone: "eu" } } });
  expect(await a.said("join", about("c"))).toMatchObject({ member: { tags: {}, meta: "aGVsbG8=" } });
  expect(await b.said("join", about("a"))).toMatchObject({ member: { address: seed, tags: { role: "web" } } });
  await b.said("join", about("c"));

  const url = String(started["metrics"]);
  expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: "ok", name: "a", address: seed, members: 3 });
  const figures = await figuresAt(url);
  const count = (status: string): number => valueOf(figures, "swimlab_members", { status }) ?? 0;
  expect(count("alive") + count("suspect")).toBe(3);
  expect(valueOf(figures, "memberlist_msg_alive")).toBeGreaterThanOrEqual(2);
  expect(valueOf(figures, "process_start_time_seconds")).toBeGreaterThan(1.7e9);

  c.process.kill("SIGKILL");
  expect(await c.ended).toBe("SIGKILL");
  const suspicion = await a.said("suspect", about("c"));
  expect(["probe", "gossip", "push-pull"]).toContain(suspicion["via"]);
  await Promise.all([a.said("failed", about("c")), b.said("failed", about("c"))]);
  expect(await failedAt(url)).toBe(1);

  b.process.kill("SIGTERM");
  expect(await b.said("leaving")).toMatchObject({ signal: "SIGTERM" });
  expect(await b.ended).toBe(0);
  expect(b.lines.map((line) => (JSON.parse(line) as Said).event).at(-1)).toBe("left");
  expect(await a.said("leave", about("b"))).toMatchObject({ member: { status: "left" } });
  a.process.kill("SIGINT");
  expect([await a.ended, a.errors(), b.errors()]).toEqual([0, "", ""]);

  const log: readonly (Said & { readonly level: number })[] = readFileSync(file("a.log"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  expect(log.find((line) => line.event === "suspect" && about("c")(line))).toMatchObject({ level: 40, by: suspicion["by"], via: suspicion["via"] });
  expect(log.find(({ event }) => event === "join")).toMatchObject({ level: 30 });
  const replayed = watch(spawn(process.execPath, ["--import", "tsx", "bin/sim.ts", "replay", file("a.flight"), "--json"], { cwd: house, stdio: ["ignore", "pipe", "pipe"] }));
  expect([await replayed.ended, replayed.errors()]).toEqual([0, ""]);
}, 180_000);

test.each<readonly [what: string, words: readonly string[]]>([["no figures", []], ["figures", ["--metrics", "0"]]])("from the moment on in which others reach it, it hears them, and leaves when it is told to: %s", async (_, words) => {
  const place = ownPlace();
  const a = startAgent("--name", "a", "--bind", place, "--json", ...words);
  const b = await createMember({ name: "b", bind: "127.0.0.1:0" });
  await until("a's port is open", () => b.join([place], { deadline: 1_000 }).then(() => true, () => false));
  const gone = b.once("leave");
  a.process.kill("SIGTERM");
  expect(await a.ended).toBe(0);
  expect(a.lines.map((line) => (JSON.parse(line) as Said).event)).toEqual(["started", "join", "leaving", "left"]);
  expect((await gone).peer.name).toBe("a");
  await b.stop();
}, 60_000);

const house = fileURLToPath(new URL("../..", import.meta.url));

// Nothing is told between periods of a minute: the goodbye takes its time.
const slow = ["--set", "periodEvery=1m", "--set", "gossipEvery=0", "--set", "farewells=0", "--set", "lingerFor=5m"];

test("a second signal quits at once; an echo of the first does not", async () => {
  const a = anAgent("a", ...slow);
  const b = anAgent("b", "--join", await addressOf(a), ...slow);
  await b.said("joined");
  b.process.kill("SIGINT");
  b.process.kill("SIGINT");
  await b.said("leaving");
  b.process.kill("SIGTERM");
  expect(await b.ended).toBe(143);
  expect(b.lines.some((line) => line.includes('"left"'))).toBe(false);
  a.process.kill("SIGKILL");
}, 120_000);

test("Ctrl-C twice quits at once: the second SIGINT is none that npm handed on", async () => {
  const a = anAgent("a", ...slow);
  const b = anAgent("b", "--join", await addressOf(a), ...slow);
  await b.said("joined");
  b.process.kill("SIGINT");
  const told = Date.parse((await b.said("leaving")).at);
  // Nothing tells that the time is over in which the same signal counts as an echo (200 ms, ECHO in adapter/agent/agent.ts); the goodbye takes minutes.
  await until("nobody takes it for an echo", () => Date.now() - told > 400);
  expect([b.process.exitCode, b.process.signalCode]).toEqual([null, null]);
  b.process.kill("SIGINT");
  expect(await b.ended).toBe(130);
  expect(b.lines.some((line) => line.includes('"left"'))).toBe(false);
  a.process.kill("SIGKILL");
}, 120_000);

test("SIGHUP reads keys and tags again: a rotation without a lost word, and a mistake changes nothing", async () => {
  const settings = (name: string, keys: readonly string[], role: string): void =>
    writeFileSync(file(`${name}.yaml`), `name: ${name}\nbind: 127.0.0.1:0\nshow: json\nkeys: [${keys.join(", ")}]\ntags: { role: ${role} }\nlog: { file: ${file(`${name}-keys.log`)} }\n`);
  for (const name of ["a", "b"]) settings(name, [OLD], "web");
  const a = startAgent("--config", file("a.yaml"), "--metrics", "0");
  const b = startAgent("--config", file("b.yaml"), "--metrics", "0", "--join", await addressOf(a));
  await Promise.all([b.said("joined"), a.said("join", about("b"))]);
  const read = async (agent: RunningAgent, event = "read-again"): Promise<Said> => {
    const from = agent.lines.length;
    agent.process.kill("SIGHUP");
    return agent.said(event, undefined, from);
  };
  for (const [keys, done] of [[[OLD, NEW], ["1 key added"]], [[NEW, OLD], ["another key encrypts now"]], [[NEW], ["1 key removed"]]] as const) {
    for (const [name, agent] of [["a", a], ["b", b]] as const) {
      settings(name, keys, "web");
      expect(await read(agent)).toMatchObject({ done });
    }
  }
  settings("b", [NEW], "db");
  renameSync(file("b-keys.log"), file("b-keys.log.1"));
  expect(await read(b)).toMatchObject({ done: ["new tags"] });
  // Only who has the new key hears of that.
  expect(await a.said("update", about("b"))).toMatchObject({ member: { tags: { role: "db" } } });
  expect(readFileSync(file("b-keys.log"), "utf8")).toContain("new tags");
  writeFileSync(file("b.yaml"), "nam: b\n");
  expect((await read(b, "not-read-again"))["text"]).toMatch(/b\.yaml:1:1: unknown key "nam": did you mean "name"\?/);
  for (const agent of [a, b]) expect(valueOf(await figuresAt((await agent.said("started"))["metrics"]), "swimlab_drops_total", { reason: "undecipherable" })).toBe(0);
  for (const { process } of [a, b]) process.kill("SIGTERM");
  expect(await Promise.all([a.ended, b.ended])).toEqual([0, 0]);
}, 180_000);

test("without a file to read again, SIGHUP leaves; alone, at once; and lines are for people", async () => {
  const agent = startAgent("--name", "a", "--bind", "127.0.0.1:0");
  expect(await agent.line((line) => line.includes("runs at"))).toMatch(/^\d\d:\d\d:\d\d · a runs at 127\.0\.0\.1:\d+, preset swimlab$/);
  agent.process.kill("SIGHUP");
  expect([await agent.ended, agent.lines.length]).toEqual([0, 3]);
  expect(agent.lines.slice(1).map((line) => line.slice(9))).toEqual(["· SIGHUP: saying goodbye; again to quit at once", "· left the group"]);
}, 60_000);

describe("an agent that can't write any more leaves, but not without a goodbye", () => {
  test("whose reader has read enough: with 0", async () => {
    const b = await createMember({ name: "b", bind: "127.0.0.1:0" });
    const gone = Promise.race([b.once("leave"), b.once("failed")]);
    const a = anAgent("a", "--join", b.address);
    await a.said("joined");
    a.process.stdout?.destroy();
    // It notices when it has something to say again.
    b.updateTags({ role: "db" });
    expect([await a.ended, (await gone).kind, a.errors()]).toEqual([0, "leave", ""]);
    await b.stop();
  }, 60_000);

  test.skipIf(!existsSync("/dev/full"))("whose disk is full: with 73, and it says why", async () => {
    const full = openSync("/dev/full", "w");
    const words = ["--import", "tsx", "bin/agent.ts", "--name", "a", "--bind", "127.0.0.1:0", "--json", "--log-file", file("full.log")];
    const a = watch(spawn(process.execPath, words, { cwd: house, stdio: ["ignore", full, "pipe"] }));
    closeSync(full);
    const why = "standard output can't be written to: no space left on device";
    expect([await a.ended, a.errors()]).toEqual([73, `${why}\n`]);
    expect(readFileSync(file("full.log"), "utf8").trim().split("\n").map((line) => JSON.parse(line).msg).slice(1)).toEqual([`${why}: saying goodbye`, "left the group"]);
  }, 60_000);
});

test("SIGHUP reopens a log file that was moved, with no other file to read; if it can't, the agent goes on, and says so", async () => {
  mkdirSync(file("logs"));
  const log = join("logs", "a.log");
  const agent = anAgent("a", "--log-file", file(log));
  await agent.said("started");
  renameSync(file("logs"), file("moved"));
  agent.process.kill("SIGHUP");
  expect((await agent.said("log-not-reopened"))["text"]).toMatch(/^the log goes on where it was, and can't be reopened: ENOENT/);
  mkdirSync(file("logs"));
  agent.process.kill("SIGHUP");
  await agent.said("log-reopened");
  agent.process.kill("SIGTERM");
  expect([await agent.ended, agent.errors()]).toEqual([0, ""]);
  const events = (path: string): readonly string[] => readFileSync(file(path), "utf8").trim().split("\n").map((line) => (JSON.parse(line) as Said).event);
  expect([events(join("moved", "a.log")), events(log)]).toEqual([["started", "log-not-reopened"], ["log-reopened", "leaving", "left"]]);
}, 60_000);

describe("a port in use is one sentence, and nothing stays open", () => {
  test.each([["--bind", /^[^\n]*127\.0\.0\.1:\d+[^\n]*\n$/], ["--metrics", /^metrics: another process listens on 127\.0\.0\.1:\d+: choose another port, or 0 for any free one\n$/]])("%s", async (option, says) => {
    const other = createServer();
    await new Promise<void>((resolve) => { other.listen(0, "127.0.0.1", resolve); });
    const taken = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    const agent = startAgent("--name", "a", "--json", ...(option === "--bind" ? [] : ["--bind", "127.0.0.1:0"]), option, taken);
    expect([await agent.ended, agent.lines]).toEqual([64, []]);
    expect(agent.errors()).toMatch(says);
    other.close();
  }, 60_000);
});

/** The first port that anybody may listen on. Where that is 0, as in some containers, nobody lacks a privilege. */
const firstFree = existsSync("/proc/sys/net/ipv4/ip_unprivileged_port_start") ? Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8")) : 1024;

describe.skipIf(firstFree <= 80)("a port for the privileged is a mistake on the command line, as any port that can't be had", () => {
  test.each([
    ["--bind", "this process may not listen on 127.0.0.1:80: ports below 1024 need privileges\n"],
    ["--metrics", "metrics: this process may not listen on 127.0.0.1:80: ports below 1024 need privileges\n"],
  ])("%s", async (option, says) => {
    // Whoever is root here is nobody there.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const words = ["--name", "a", "--json", ...(option === "--bind" ? [] : ["--bind", "127.0.0.1:0"]), option, "127.0.0.1:80"];
    const agent = watch(spawn(process.execPath, ["--import", "tsx", "bin/agent.ts", ...words], { cwd: house, stdio: ["ignore", "pipe", "pipe"], ...nobody }));
    expect([await agent.ended, agent.errors(), agent.lines]).toEqual([64, says, []]);
  }, 60_000);
});

/** It gives a process a terminal. */
const script = installed("script");
const isTerminalPassedOver = passedOver(script, "no script(1) on this machine: the agent in a terminal of its own is not tested (apt-get install bsdutils)");

test.skipIf(isTerminalPassedOver)("in a terminal it draws a table, redraws it in place, and gives the screen back", async () => {
  const seed = anAgent("b", "--tag", "role=db");
  const words = [process.execPath, "--import", "tsx", "bin/agent.ts", "--name", "a", "--bind", "127.0.0.1:0", "--join", await addressOf(seed)].join(" ");
  const child = spawn(script ?? "script", ["-qefc", `stty cols 90 rows 16; exec ${words}`, "/dev/null"], { cwd: house, stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, TERM: "xterm-256color" } });
  let shown = "";
  const pictures = (): readonly string[] => shown.split("\u001b[?2026h").slice(1);
  const seen = (text: string): Promise<void> => new Promise((resolve) => {
    const look = (): void => { if (stripVTControlCharacters(shown).includes(text)) { child.stdout.off("data", look); resolve(); } };
    child.stdout.on("data", look);
    look();
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => (shown += text));
  const agent = watch(child);
  await seen("b joined at");
  await seen("let in by 1 of 1 seed");
  // As Ctrl-C comes from a keyboard.
  child.stdin.write("\u0003");
  expect(await agent.ended).toBe(0);
  expect(shown).toContain("\u001b[?1049h\u001b[?25l");
  const [, after = ""] = shown.split("\u001b[?25h\u001b[?1049l");
  expect(stripVTControlCharacters(after)).toMatch(/▸ a .*○ left[^]*left the group\s*$/);
  const last = stripVTControlCharacters(pictures().at(-2) ?? "").split("\r\n");
  expect(last).toHaveLength(16);
  expect(last.some((line) => /^ {3}b +127\.0\.0\.1:\d+ +● alive .* role=db/.test(line))).toBe(true);
  // Each picture begins at the top, and clears what it does not cover line by line: the screen is never blank in between.
  expect(pictures().every((picture) => picture.startsWith("\u001b[H") && !picture.includes("\u001b[2J"))).toBe(true);
  seed.process.kill("SIGKILL");
}, 120_000);
