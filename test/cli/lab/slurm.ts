/** A Slurm of one machine, on loopback, in a folder of its own: munged, slurmctld and slurmd, started here and ended here. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { createServer, type AddressInfo } from "node:net";
import { mortal } from "../../mortal.ts";

const tools = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "sinfo"];
const path = `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin`;

/** What is missing to start one; null if nothing is. */
export function whyNoSlurm(): string | null {
  const missing = tools.filter((tool) => !path.split(":").some((folder) => existsSync(join(folder, tool))));
  if (missing.length > 0) return `${missing.join(", ")} not installed (Debian: slurm-wlm, munge)`;
  return process.getuid?.() === 0 ? null : "only root may start a slurmd";
}

export type Slurm = {
  readonly run: (command: string, ...args: readonly string[]) => string;
  readonly logs: () => string;
  readonly stop: () => Promise<void>;
};

/** Starts all three, and waits until the machine is there to work. */
export async function startSlurm(folder: string): Promise<Slurm> {
  for (const name of ["state", "spool", "munge"]) mkdirSync(join(folder, name));
  chmodSync(join(folder, "munge"), 0o700);
  writeFileSync(join(folder, "munge/key"), randomBytes(256), { mode: 0o400 });
  const configuration = join(folder, "slurm.conf");
  writeFileSync(configuration, configurationIn(folder, await freePort(), await freePort()));
  const environment = { ...process.env, PATH: path, SLURM_CONF: configuration };
  const munge = (name: string): string => join(folder, "munge", name);
  const daemons: ChildProcess[] = [];
  const start = (command: string, ...args: readonly string[]): void => void daemons.push(mortal(spawn(command, args, { env: environment, stdio: "ignore" })));
  start("munged", "--foreground", "--force", `--key-file=${munge("key")}`, `--socket=${munge("socket")}`, `--pid-file=${munge("pid")}`, `--log-file=${munge("log")}`, `--seed-file=${munge("seed")}`);
  await until(() => existsSync(munge("socket")));
  start("slurmctld", "-D", "-f", configuration);
  start("slurmd", "-D", "-f", configuration);
  const run = (command: string, ...args: readonly string[]): string => {
    const { stdout, stderr, status } = spawnSync(command, args, { env: environment, encoding: "utf8", cwd: folder });
    return status === 0 ? stdout : `failed: ${stderr}`;
  };
  await until(() => run("sinfo", "-h").includes("idle"));
  return {
    run,
    logs: () => ["slurmctld.log", "slurmd.log"].map((name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "")).join("\n"),
    stop: async () => {
      for (const daemon of daemons.toReversed()) await ended(daemon);
    },
  };
}

function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    daemon.on("exit", () => resolve());
    daemon.kill("SIGTERM");
  });
}

/** Looks again and again until it is so, which the test's own limit of time ends. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 100));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const configurationIn = (folder: string, controller: number, worker: number): string => {
  const [host = "localhost"] = hostname().split(".");
  return `ClusterName=swimlab
SlurmctldHost=${host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort=${controller}
SlurmdPort=${worker}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/linear
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1
JobRequeue=1
ReturnToService=2
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
`;
};
