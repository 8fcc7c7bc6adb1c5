/**
 * A real Prometheus Alertmanager on loopback, as Debian ships it: a Go program with a bare memberlist inside, no Serf. Found on this machine, or said to be missing. Its state is its application's: silences,
 * sent whole with each exchange of views, and by gossip as they are made.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installed } from "../installed.ts";
import { until } from "../until.ts";

/** Where it is installed; undefined if it is not. */
const program = installed("prometheus-alertmanager");

/** May tests with it be passed over? Only without it, and never in CI, which installs it. */
export const isPassedOver: boolean = program === undefined && process.env["CI"] === undefined;

if (isPassedOver) process.stderr.write("no Alertmanager on this machine: the tests with a bare memberlist are passed over (apt-get install prometheus-alertmanager)\n");

export type Alertmanager = {
  /** It draws one anew whenever it starts. */
  readonly name: string;
  /** `host:port` of its gossip. */
  readonly address: string;
  /** All that it printed so far. */
  readonly said: () => string;
  /** Whom it holds alive or suspect: their addresses, by name. */
  readonly peers: () => Promise<Readonly<Record<string, string>>>;
  /** Makes a silence with this comment, and hands out its id. */
  readonly silence: (comment: string) => Promise<string>;
  /** The ids of all silences that it has. */
  readonly silences: () => Promise<readonly string[]>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Ends it at once, stopped or not. Idempotent. */
  readonly stop: () => Promise<void>;
};

type Status = { readonly cluster: { readonly name: string; readonly peers: readonly { readonly name: string; readonly address: string }[] } };

/** Those that run. None outlives the tests. */
const running = new Set<ChildProcess>();
process.once("exit", () => { for (const child of running) child.kill("SIGKILL"); });

/**
 * Starts one that keeps its files in a new folder of this name, gossips at this address (port 0: any that is free), and joins these peers; exchanges views every two seconds. Waits until it runs, and rejects
 * with what it said if it does not.
 */
export async function startAlertmanager(folder: string, listen: string, peers: readonly string[] = []): Promise<Alertmanager> {
  mkdirSync(folder);
  const config = join(folder, "config.yml");
  writeFileSync(config, "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
  const child = spawn(program ?? "prometheus-alertmanager", [
    `--config.file=${config}`, `--storage.path=${folder}`, "--log.level=debug", "--web.listen-address=127.0.0.1:0",
    `--cluster.listen-address=${listen}`, "--cluster.pushpull-interval=2s", ...peers.map((peer) => `--cluster.peer=${peer}`),
  ], { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let said = "";
  let trouble: Error | undefined;
  const ended = new Promise<void>((resolve) => child.once("close", () => { running.delete(child); resolve(); }));
  const hear = (text: Buffer): void => { said += text.toString(); };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  child.once("error", (error) => { trouble = error; });
  const web = await until("Alertmanager runs", () => {
    if (trouble !== undefined) throw trouble;
    if (!running.has(child)) throw new Error(`Alertmanager ended before it ran: ${said}`);
    return /msg="Listening on" address=(\S+)/.exec(said)?.[1];
  });
  const ask = (path: string, body?: object): Promise<unknown> => asked(`http://${web}/api/v2/${path}`, body);
  const cluster = async (): Promise<Status["cluster"]> => (await ask("status") as Status).cluster;
  const peersOf = ({ peers }: Status["cluster"]): Readonly<Record<string, string>> => Object.fromEntries(peers.map(({ name, address }) => [name, address]));
  const begun = await cluster();
  return {
    name: begun.name,
    address: peersOf(begun)[begun.name] ?? "",
    said: () => said,
    peers: async () => peersOf(await cluster()),
    silence: async (comment) => {
      const silence = { matchers: [{ name: "job", value: "swimlab", isRegex: false }], startsAt: new Date(), endsAt: new Date(Date.now() + 3_600_000), createdBy: "a test", comment };
      return (await ask("silences", silence) as { readonly silenceID: string }).silenceID;
    },
    silences: async () => (await ask("silences") as readonly { readonly id: string }[]).map(({ id }) => id),
    signal: (signal) => { child.kill(signal); },
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

/** What its interface answers; rejects with what it says if that is a refusal. */
async function asked(url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
