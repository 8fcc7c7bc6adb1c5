/**
 * A real Prometheus Alertmanager on loopback, as Debian ships it: a Go program with a bare memberlist inside, no Serf. Found on this machine, or said to be missing. Its state is its application's: silences,
 * sent whole with each exchange of views, and by gossip as they are made.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installed, passedOver, run, type Running } from "../program.ts";

/** Where it is installed; undefined if it is not. */
const program = installed("prometheus-alertmanager");

export const isPassedOver: boolean = passedOver(program, "no Alertmanager on this machine: the tests with a bare memberlist are passed over (apt-get install prometheus-alertmanager)");

export type Alertmanager = Pick<Running, "said" | "signal" | "stop"> & {
  /** It draws one anew whenever it starts. */
  readonly name: string;
  /** `host:port` of its gossip. */
  readonly address: string;
  /** Whom it holds alive or suspect: their addresses, by name. */
  readonly peers: () => Promise<Readonly<Record<string, string>>>;
  /** Makes a silence with this comment, and hands out its id. */
  readonly silence: (comment: string) => Promise<string>;
  /** The ids of all silences that it has. */
  readonly silences: () => Promise<readonly string[]>;
};

type Status = { readonly cluster: { readonly name: string; readonly peers: readonly { readonly name: string; readonly address: string }[] } };

/**
 * Starts one that keeps its files in a new folder of this name, gossips at this address (port 0: any that is free), and joins these peers; exchanges views every two seconds. Waits until it runs, and rejects
 * with what it said if it does not.
 */
export async function startAlertmanager(folder: string, listen: string, peers: readonly string[] = []): Promise<Alertmanager> {
  mkdirSync(folder);
  const config = join(folder, "config.yml");
  writeFileSync(config, "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
  const { said, signal, stop, begun: runs } = run(program ?? "prometheus-alertmanager", [
    `--config.file=${config}`, `--storage.path=${folder}`, "--log.level=debug", "--web.listen-address=127.0.0.1:0",
    `--cluster.listen-address=${listen}`, "--cluster.pushpull-interval=2s", ...peers.map((peer) => `--cluster.peer=${peer}`),
  ]);
  const web = await runs(() => /msg="Listening on" address=(\S+)/.exec(said())?.[1]);
  const ask = (path: string, body?: object): Promise<unknown> => asked(`http://${web}/api/v2/${path}`, body);
  const cluster = async (): Promise<Status["cluster"]> => (await ask("status") as Status).cluster;
  const peersOf = ({ peers }: Status["cluster"]): Readonly<Record<string, string>> => Object.fromEntries(peers.map(({ name, address }) => [name, address]));
  const begun = await cluster();
  return {
    said, signal, stop,
    name: begun.name,
    address: peersOf(begun)[begun.name] ?? "",
    peers: async () => peersOf(await cluster()),
    silence: async (comment) => {
      const silence = { matchers: [{ name: "job", value: "swimlab", isRegex: false }], startsAt: new Date(), endsAt: new Date(Date.now() + 3_600_000), createdBy: "a test", comment };
      return (await ask("silences", silence) as { readonly silenceID: string }).silenceID;
    },
    silences: async () => (await ask("silences") as readonly { readonly id: string }[]).map(({ id }) => id),
  };
}

/** What its interface answers; rejects with what it says if that is a refusal. */
async function asked(url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
