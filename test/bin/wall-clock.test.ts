/** The wall clock of a live agent jumps, and nothing else does: Debian's libfaketime steps what the process takes for the time of day, an hour on and two hours back. */

import { spawn } from "node:child_process";
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { createMember, type SwimMember } from "../../adapter/index.ts";
import { milliseconds } from "../../engine/index.ts";
import { listen } from "../adapter/member/group.ts";
import { type Family, readPrometheus, valueOf } from "../adapter/metrics/prometheus.ts";
import { passedOver } from "../adapter/program.ts";
import { until } from "../adapter/until.ts";
import { passingFolder } from "../cli/command.ts";
import { about, type RunningAgent, watch } from "./agents.ts";

const house = fileURLToPath(new URL("../..", import.meta.url));
const folder = passingFolder();

/** The one for processes with threads; undefined if it is not installed. */
const library = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"].map((lib) => join(lib, "faketime/libfaketimeMT.so.1")).find((path) => existsSync(path));
const isPassedOver = passedOver(library, "no libfaketime on this machine: that a member bears jumps of the wall clock is not tested (apt-get install faketime)");

/** By how many seconds the agent's wall clock is beside the machine's. Read anew whenever the process asks for the time, therefore never half written. */
const jumps = join(folder, "wall-clock");
function jumpTo(seconds: number): void {
  writeFileSync(`${jumps}.new`, `${seconds < 0 ? "" : "+"}${seconds}\n`);
  renameSync(`${jumps}.new`, jumps);
}

/** Seconds that an answer may take: a busy machine is no jump. Everything is monotonic but the time of day. */
const patient = { periodEvery: milliseconds(1_500), askRelaysAfter: milliseconds(1_300), nackAfter: milliseconds(1_200), relayFor: milliseconds(1_300), gossipEvery: milliseconds(100) };

function anAgentWhoseClockJumps(seed: string): RunningAgent {
  const set = Object.entries(patient).flatMap(([field, length]) => ["--set", `${field}=${length / 1_000}ms`]);
  return watch(spawn(process.execPath, ["--import", "tsx", "bin/agent.ts", "--name", "jumping", "--bind", "127.0.0.1:0", "--join", seed, "--metrics", "0", "--json", ...set], {
    cwd: house, stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: jumps, FAKETIME_NO_CACHE: "1", FAKETIME_DONT_FAKE_MONOTONIC: "1" },
  }));
}

const sumOf = (figures: ReadonlyMap<string, Family>, name: string): number => (figures.get(name)?.samples ?? []).reduce((sum, { value }) => sum + value, 0);

const PERIODS = 3;

describe.runIf(!isPassedOver)("the wall clock", () => {
  const beside: SwimMember[] = [];
  afterAll(async () => { await Promise.all(beside.map((member) => member.stop())); });

  test("steps an hour on, and two back, under a member that lives: no doubt, no storm, no change of the group, and no lateness", async () => {
    jumpTo(0);
    const other = await createMember({ name: "other", bind: "127.0.0.1:0", config: patient });
    beside.push(other);
    const heard = listen(other);
    const agent = anAgentWhoseClockJumps(other.address);
    await agent.said("join", about("other"));
    const url = String((await agent.said("started"))["metrics"]);
    await until("the other knows it", () => other.find("jumping")?.status === "alive");
    const figures = async () => readPrometheus(await (await fetch(`${url}/metrics`)).text());
    const pings = (read: ReadonlyMap<string, Family>): number => valueOf(read, "swimlab_datagrams_sent_total", { kind: "ping" }) ?? 0;

    let words = 0;
    /** Steps the clock and waits until the agent shows that; then how many datagrams went out while it asked for some periods. */
    const after = async (seconds: number): Promise<number> => {
      jumpTo(seconds);
      const word = `word ${++words}`;
      other.send("jumping", word, { reliable: true });
      const { at } = await agent.said("message", (said) => Buffer.from(String(said["payload"]), "base64").toString() === word);
      expect(Math.abs(Date.parse(at) - (Date.now() + seconds * 1_000)), "the agent's time of day").toBeLessThan(60_000);
      const before = await figures();
      const end = await until("some periods have passed", async () => {
        const read = await figures();
        return pings(read) >= pings(before) + PERIODS && read;
      });
      return sumOf(end, "swimlab_datagrams_sent_total") - sumOf(before, "swimlab_datagrams_sent_total");
    };

    const usual = await after(0);
    for (const seconds of [3_600, -3_600, 0]) expect(await after(seconds), `datagrams in ${PERIODS} periods, ${usual} before`).toBeLessThan(2 * usual + 10);

    const end = await figures();
    expect(valueOf(end, "swimlab_alarm_lateness_max_seconds")).toBeLessThan(60);
    for (const status of ["suspect", "failed", "left"]) expect(valueOf(end, "swimlab_members", { status }), status).toBe(0);
    expect([valueOf(end, "swimlab_members", { status: "alive" }), valueOf(end, "swimlab_refutations_total"), sumOf(end, "swimlab_suspicions_total")]).toEqual([2, 0, 0]);
    expect(heard).toEqual(["join jumping"]);
    const told = new Set(agent.lines.map((line) => (JSON.parse(line) as { readonly event: string }).event));
    expect([...told].toSorted()).toEqual(["join", "joined", "message", "started"]);
    agent.process.kill("SIGTERM");
    expect([await agent.ended, agent.errors()]).toEqual([0, ""]);
  }, 180_000);
});
