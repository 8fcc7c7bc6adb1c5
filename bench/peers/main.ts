/**
 * `npm run bench -- peers`: the same group of real members on loopback, of ours, of the npm package `swim` and of Serf's agents, one after another: what a member
 * uses while idle, and how long a crash goes unnoticed.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { npmSwim, serf, swimlab, type Group, type Peer } from "./group.ts";

/** The number of members, including the victim. */
const MEMBERS = 32;
const FIRST_PORT = 21_000;
/** How long nothing happens, in seconds. */
const IDLE = 20;
/** How long anything is waited for, in seconds. */
const PATIENCE = 60;

type Measured = {
  readonly name: string;
  /** CPU time per member and second while idle, in milliseconds. */
  readonly cpu: number;
  /** Resident memory per member: that of a process is divided by its members. */
  readonly mebibytes: number;
  /** Seconds from the start until all except the victim saw each other, programs loaded; null if that did not happen. */
  readonly joined: number | null;
  /** Seconds from the kill until no member counted the victim any more; null if that did not happen. */
  readonly noticed: number | null;
};

async function measure(peer: Peer): Promise<Measured> {
  const began = performance.now();
  const rest = peer.start(FIRST_PORT, MEMBERS - 1, FIRST_PORT);
  let victim: Group = { processes: [], seen: [] };
  try {
    const joined = (await until(() => fewest(rest) === MEMBERS - 2)) ? (performance.now() - began) / 1000 : null;
    victim = peer.start(FIRST_PORT + MEMBERS - 1, 1, FIRST_PORT);
    await until(() => fewest(rest) === MEMBERS - 1);
    // Until the rumours about joining have been told and forgotten.
    await passed(10_000);
    const before = cpuMilliseconds(rest);
    await passed(IDLE * 1000);
    const cpu = (cpuMilliseconds(rest) - before) / IDLE / (MEMBERS - 1);
    const mebibytes = sum(rest.processes.map(({ pid }) => residentMebibytes(pid ?? 0))) / (MEMBERS - 1);
    await end(victim);
    const killed = performance.now();
    const noticed = (await until(() => rest.seen.every((seen) => seen() < MEMBERS - 1))) ? (performance.now() - killed) / 1000 : null;
    return { name: peer.name, cpu, mebibytes, joined, noticed };
  } finally {
    await end(rest);
    await end(victim);
  }
}

const fewest = ({ seen }: Group): number => Math.min(...seen.map((of) => of()));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Polls a condition; false after `PATIENCE`. */
async function until(holds: () => boolean): Promise<boolean> {
  for (let looks = 0; looks < PATIENCE * 20; looks++) {
    if (holds()) return true;
    await passed(50);
  }
  return false;
}

async function end({ processes }: Group): Promise<void> {
  await Promise.all(processes.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map(async (child) => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }));
}

/** Linux counts in hundredths of a second. */
const cpuMilliseconds = ({ processes }: Group): number => sum(processes.map(({ pid = 0 }) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}));

const residentMebibytes = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** Installs the npm package into a folder of its own; null if no registry provides it. */
function installed(folder: string): Peer | null {
  copyFileSync(fileURLToPath(new URL("rivals.json", import.meta.url)), join(folder, "package.json"));
  const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "ignore" });
  return status === 0 && existsSync(join(folder, "node_modules", "swim")) ? npmSwim(folder) : null;
}

function hasSerf(): boolean {
  try {
    return execFileSync("serf", ["version"]).length > 0;
  } catch {
    return false;
  }
}

const digits = (value: number, places: number): string => value.toFixed(places).padStart(12);
const orNever = (value: number | null): string => (value === null ? "never".padStart(12) : digits(value, 1));
const row = ({ name, cpu, mebibytes, joined, noticed }: Measured): string =>
  `${name.padEnd(20)}${digits(cpu, 3)}${digits(mebibytes, 1)}${orNever(joined)}${orNever(noticed)}`;

const folder = mkdtempSync(join(tmpdir(), "swimlab-peers-"));
try {
  process.stdout.write(`${MEMBERS} members on loopback: a period of 1 s, a timeout of 0.5 s, three relays, suspicion of some 6 s\n\n`);
  process.stdout.write(`${"".padEnd(20)}${"CPU ms".padStart(12)}${"MiB".padStart(12)}${"s until all".padStart(12)}${"s until a".padStart(12)}\n`);
  process.stdout.write(`${"".padEnd(20)}${"member-second".padStart(12)}${"a member".padStart(11)}${"have joined".padStart(12)}${"crash shows".padStart(12)}\n`);
  const npm = installed(folder);
  if (npm === null) process.stderr.write("the npm package `swim` could not be installed: left out\n");
  if (!hasSerf()) process.stderr.write("no Serf on this machine (apt-get install serf): left out\n");
  for (const peer of [swimlab, ...(npm === null ? [] : [npm]), ...(hasSerf() ? [serf] : [])]) process.stdout.write(`${row(await measure(peer))}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
