/** Settings in the words of those who run on them: memberlist's Go, Serf's JSON, Consul's HCL and JSON. */

import { type Config, presets } from "../../../engine/index.ts";
import type { Knob } from "./space.ts";

/** memberlist's field of each knob. */
const goNames: Readonly<Record<Knob, string>> = {
  periodEvery: "ProbeInterval", askRelaysAfter: "ProbeTimeout", suspicionMult: "SuspicionMult", gossipEvery: "GossipInterval", gossipTo: "GossipNodes", tellMult: "RetransmitMult",
  relays: "IndirectChecks", suspicionMaxMult: "SuspicionMaxTimeoutMult", healthMax: "AwarenessMaxMultiplier", syncEvery: "PushPullInterval",
};

const lengths: ReadonlySet<Knob> = new Set<Knob>(["periodEvery", "askRelaysAfter", "gossipEvery", "syncEvery"]);

/** Rounded up where memberlist has whole numbers only; AwarenessMaxMultiplier counts from 1. */
const numberOf = (knob: Knob, config: Config): number => (knob === "healthMax" ? config.healthMax + 1 : Math.ceil(config[knob]));
const goLength = (length: number): string => (length % 1_000_000 === 0 ? `${length / 1_000_000} * time.Second` : `${length / 1000} * time.Millisecond`);
/** As Go reads durations, which knows no days. */
const textOf = (length: number): string => {
  const [unit, size] = ([["h", 3_600_000_000], ["m", 60_000_000], ["s", 1_000_000]] as const).find(([, size]) => length > 0 && length % size === 0) ?? ["ms", 1_000];
  return `${length / size}${unit}`;
};

/** Lines for a `memberlist.Config`. */
export function memberlistGo(config: Config, knobs: readonly Knob[]): string {
  const width = Math.max(...knobs.map((knob) => goNames[knob].length));
  const lines = knobs.map((knob) => `config.${goNames[knob].padEnd(width)} = ${lengths.has(knob) ? goLength(config[knob]) : numberOf(knob, config)}`);
  return ["config := memberlist.DefaultLANConfig()", ...lines].join("\n");
}

/** Consul's names of the six that it lets its users change. */
const consulNames = [["gossip_interval", "gossipEvery"], ["gossip_nodes", "gossipTo"], ["probe_interval", "periodEvery"], ["probe_timeout", "askRelaysAfter"], ["retransmit_mult", "tellMult"], ["suspicion_mult", "suspicionMult"]] as const satisfies readonly (readonly [string, Knob])[];

const consulValue = (knob: Knob, config: Config): string | number => (lengths.has(knob) ? textOf(config[knob]) : numberOf(knob, config));

export const consulHcl = (config: Config): string =>
  ["gossip_lan {", ...consulNames.map(([name, knob]) => `  ${name.padEnd(15)} = ${JSON.stringify(consulValue(knob, config))}`), "}"].join("\n");

export const consulJson = (config: Config): string => JSON.stringify({ gossip_lan: Object.fromEntries(consulNames.map(([name, knob]) => [name, consulValue(knob, config)])) }, null, 2);

const profiles = [["lan", "memberlist-lan"], ["wan", "memberlist-wan"], ["local", "memberlist-local"]] as const;

/** The profile of memberlist's three that is nearest, by the ratios of what they differ in. */
export function nearestProfile(config: Config, knobs: readonly Knob[]): string {
  const ratio = (a: number, b: number): number => Math.max(a, b, 1) / Math.max(1, Math.min(a, b));
  const distance = (preset: (typeof profiles)[number][1]): number => knobs.reduce((product, knob) => product * ratio(config[knob], presets[preset][knob]), 1);
  const [first, ...rest] = profiles;
  return rest.reduce((best, next) => (distance(next[1]) < distance(best[1]) ? next : best), first as (typeof profiles)[number])[0];
}

/** For `serf agent -config-file`: Serf's agent takes memberlist's settings as one of three profiles, and a few of its own. */
export const serfJson = (config: Config, knobs: readonly Knob[]): string => JSON.stringify({
  profile: nearestProfile(config, knobs),
  // What Serf adds, if the members do it: memberlist alone calls nobody, and forgets sooner than Serf would.
  ...(config.reconnectEvery > 0 ? { reconnect_interval: textOf(config.reconnectEvery), reconnect_timeout: textOf(config.forgetAfter), tombstone_timeout: textOf(config.forgetAfter) } : {}),
}, null, 2);
