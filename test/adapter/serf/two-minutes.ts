/** Three Serf agents and five members of ours live together for two minutes: `two-minutes.ts FILE` writes down what became of them, once they have. */

import { renameSync, writeFileSync } from "node:fs";
import { setTimeout as passing } from "node:timers/promises";
import { createMember, type SwimMember } from "../../../adapter/index.ts";
import type { Recorder } from "../../../trace/index.ts";
import { startAgent, type Agent } from "./agent.ts";
import { heardOf, optionsOf } from "./ours.ts";
import { until, untilHolds } from "../until.ts";

/** By name, `alive` and so on. */
type Statuses = Readonly<Record<string, string>>;

export type Lived = {
  /** For how long, after all had agreed for the first time, in seconds. */
  readonly seconds: number;
  /** All that ours told their applications, and all that Serf's agents complained of: by name. */
  readonly heard: Readonly<Record<string, readonly string[]>>;
  readonly complaints: Readonly<Record<string, readonly string[]>>;
  /** What each of the eight believed at the end. */
  readonly views: Readonly<Record<string, Statuses>>;
  /** Exchanges of views that were no joins, as `s1 asked o2`. */
  readonly exchanges: readonly string[];
  /** What ours received and did not understand. */
  readonly drops: readonly object[];
  /** Of the processor, by this process with our five members, in seconds: while they lived. */
  readonly worked: number;
};

const LIFE = 120_000;
/** For an exchange across, if chance had all of them among their like until then: each of the eight asks one of the others every 30 s. */
const LONGER = 60_000;
const NAMES = ["s1", "s2", "s3", "o1", "o2", "o3", "o4", "o5"];

/** What an agent says only if something went wrong, or was thought to. */
const COMPLAINT = /\[(?:WARN|ERR)\]|EventMember(?:Failed|Leave|Reap)|Suspect|Marking|Refuting/;

const startOurs = async (name: string, seed: string, exchanges: { readonly by: string; readonly with: string }[], heard: string[]): Promise<SwimMember> => {
  const recorder: Recorder = {
    stepped: (_at, by, _event, effects) => {
      for (const effect of effects) if (effect.kind === "exchange" && effect.message.kind === "push-pull" && !effect.message.join) exchanges.push({ by, with: effect.with });
    },
  };
  const member = await createMember({ ...optionsOf(name, [seed]), recorder });
  void (async () => { for await (const event of member) heard.push(heardOf(event)); })();
  return member;
};

async function live(agents: Agent[], ours: SwimMember[]): Promise<Lived> {
  const heard: Record<string, string[]> = Object.fromEntries(NAMES.filter((name) => name.startsWith("o")).map((name) => [name, []]));
  const ourExchanges: { readonly by: string; readonly with: string }[] = [];
  const start = (name: string, seed: string): Promise<SwimMember> => startOurs(name, seed, ourExchanges, heard[name]!);
  const first = await startAgent("s1", "-log-level=debug");
  agents.push(first);
  ours.push(await start("o1", first.address));
  // Both kinds are let in by both kinds.
  agents.push(await startAgent("s2", "-log-level=debug", `-join=${ours[0]!.address}`), await startAgent("s3", "-log-level=debug", `-join=${first.address}`));
  for (const [name, seed] of [["o2", first], ["o3", agents[1]!], ["o4", agents[2]!], ["o5", ours[0]!]] as const) ours.push(await start(name, seed.address));

  const viewsOf = async (): Promise<Record<string, Statuses>> => Object.fromEntries([
    ...await Promise.all(agents.map(async (agent) => [agent.name, Object.fromEntries((await agent.members()).map(({ name, status }) => [name, status]))] as const)),
    ...ours.map((member) => [member.name, Object.fromEntries(member.members("all").map(({ name, status }) => [name, status]))] as const),
  ]);
  await untilHolds("all eight agree", async () => {
    for (const [seer, view] of Object.entries(await viewsOf())) if (NAMES.some((name) => view[name] !== "alive")) throw new Error(`${seer} sees ${JSON.stringify(view)}`);
  });

  const [began, workedBefore] = [performance.now(), process.cpuUsage()];
  await passing(LIFE);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(workedBefore);

  await agents[2]!.tell("event", "-coalesce=false", "from-serf", "after all");
  ours[1]!.event("from-ours", "after all");
  await until("ours hear both words", () => Object.values(heard).every((words) => ["event from-serf: after all", "event from-ours: after all"].every((word) => words.includes(word))));
  await until("Serf's agents hear both", () => agents.every(({ said }) => ["from-serf", "from-ours"].every((word) => said().includes(`user-event: ${word}`))));

  const nameAt = (address: string): string => [...agents, ...ours].find((member) => member.address === address)?.name ?? address;
  const exchanges = (): readonly string[] => [
    ...ourExchanges.map((exchange) => `${exchange.by} asked ${nameAt(exchange.with)}`),
    // Where it joins, it does not know yet whom it asks.
    ...agents.flatMap(({ name, said }) => Array.from(said().matchAll(/Initiating push\/pull sync with: (\S+) \d/g), ([, whom]) => `${name} asked ${whom}`)),
  ];
  await until("views were exchanged both ways", () => [/^s. asked o/, /^o. asked s/].every((way) => exchanges().some((exchange) => way.test(exchange))), LONGER);
  return {
    seconds, heard, exchanges: exchanges(), views: await viewsOf(), worked: (user + system) / 1e6,
    complaints: Object.fromEntries(agents.map(({ name, said }) => [name, said().split("\n").filter((line) => COMPLAINT.test(line))])),
    drops: ours.map((member) => member.stats().drops),
  };
}

// Then its agents end as well: they do with this process (`agent.ts`).
process.once("SIGTERM", () => process.exit(1));
const [file = ""] = process.argv.slice(2);
const [agents, ours]: [Agent[], SwimMember[]] = [[], []];
try {
  const lived = await live(agents, ours);
  writeFileSync(`${file}.part`, JSON.stringify(lived));
  renameSync(`${file}.part`, file);
} finally {
  await Promise.all([...agents, ...ours].map((member) => member.stop()));
}
