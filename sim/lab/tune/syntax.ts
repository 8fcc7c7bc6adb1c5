/** Writes settings in the formats of other programs: Go for memberlist, JSON for Serf, HCL and JSON for Consul. */

import { type Config, presets } from "../../../engine/index.ts";
import { consulKnobs, type Knob, moreKnobs } from "./space.ts";

/** memberlist's field for each setting. */
const goNames: Readonly<Record<Knob, string>> = {
  periodEvery: "ProbeInterval", askRelaysAfter: "ProbeTimeout", suspicionMult: "SuspicionMult", gossipEvery: "GossipInterval", gossipTo: "GossipNodes", tellMult: "RetransmitMult",
  relays: "IndirectChecks", suspicionMaxMult: "SuspicionMaxTimeoutMult", healthMax: "AwarenessMaxMultiplier", syncEvery: "PushPullInterval",
};

const lengths: ReadonlySet<Knob> = new Set<Knob>(["periodEvery", "askRelaysAfter", "gossipEvery", "syncEvery"]);

/** Rounded up, because memberlist has only whole numbers; AwarenessMaxMultiplier counts from 1. */
const numberOf = (knob: Knob, config: Config): number => (knob === "healthMax" ? config.healthMax + 1 : Math.ceil(config[knob]));
const goLength = (length: number): string => (length % 1_000_000 === 0 ? `${length / 1_000_000} * time.Second` : `${length / 1000} * time.Millisecond`);
/** The format of Go's durations, which have no days. */
const textOf = (length: number): string => {
  const [unit, size] = ([["h", 3_600_000_000], ["m", 60_000_000], ["s", 1_000_000]] as const).find(([, size]) => length > 0 && length % size === 0) ?? ["ms", 1_000];
  return `${length / size}${unit}`;
};

/** memberlist's other fields: with a value of their own, but not tuned. */
const otherFields = {
  gossipToDeadFor: ["GossipToTheDeadTime", ({ gossipToDeadFor }) => goLength(gossipToDeadFor)],
  datagramBudget: ["UDPBufferSize", ({ datagramBudget }) => String(datagramBudget)],
  reclaimAfter: ["DeadNodeReclaimTime", ({ reclaimAfter }) => goLength(reclaimAfter)],
  streamPing: ["DisableTcpPings", ({ streamPing }) => String(streamPing === "off")],
} as const satisfies Partial<Record<keyof Config, readonly [name: string, write: (config: Config) => string]>>;

/** What memberlist derives from its other settings. */
const derived: Readonly<Partial<Record<keyof Config, (config: Config) => number>>> = {
  nackAfter: ({ askRelaysAfter }) => askRelaysAfter, forgetAfter: ({ gossipToDeadFor }) => gossipToDeadFor,
  // Points keep it a millisecond above the wait for nacks.
  relayFor: ({ askRelaysAfter, relayFor }) => (relayFor === askRelaysAfter + 1_000 ? relayFor : askRelaysAfter),
  confirmations: ({ suspicionMult }) => Math.max(0, Math.ceil(suspicionMult) - 2),
};

type Key = keyof Config;
const allKnobs: readonly Knob[] = [...consulKnobs, ...moreKnobs];
const otherKeys = Object.keys(otherFields) as readonly (keyof typeof otherFields)[];
const expressed: ReadonlySet<Key> = new Set<Key>([...allKnobs, ...otherKeys]);
const differing = (keys: readonly Key[], config: Config, base: Config): readonly Key[] => keys.filter((key) => config[key] !== base[key]);

/** The defaults of a preset, as memberlist's function and as our preset: LAN's if the preset is none of memberlist's three. */
function defaultsOf(preset: string): readonly [name: string, base: Config] {
  switch (preset) {
    case "memberlist-wan":   return ["DefaultWANConfig", presets["memberlist-wan"]];
    case "memberlist-local": return ["DefaultLocalConfig", presets["memberlist-local"]];
    default:                 return ["DefaultLANConfig", preset === "serf" ? presets.serf : presets["memberlist-lan"]];
  }
}

/** Lines for a `memberlist.Config`, from the defaults of the preset: the tuned settings, and others that differ. */
export function memberlistGo(config: Config, knobs: readonly Knob[], preset: string): string {
  const [name, base] = defaultsOf(preset);
  const varied = allKnobs.filter((knob) => knobs.includes(knob) || config[knob] !== base[knob]);
  const others = otherKeys.filter((key) => config[key] !== base[key]);
  const lines = [
    ...varied.map((knob) => [goNames[knob], lengths.has(knob) ? goLength(config[knob]) : numberOf(knob, config)] as const),
    ...others.map((key) => [otherFields[key][0], otherFields[key][1](config)] as const),
  ];
  const width = Math.max(...lines.map(([field]) => field.length));
  return [`config := memberlist.${name}()`, ...lines.map(([field, value]) => `config.${field.padEnd(width)} = ${value}`)].join("\n");
}

/** Settings that memberlist cannot express: it has no field for them, and derives another value; its members keep their usual behaviour. */
export function beyondMemberlist(config: Config, preset: string): readonly Key[] {
  const [, base] = defaultsOf(preset);
  return (Object.keys(config) as Key[]).filter((key) => {
    if (expressed.has(key)) return false;
    const rule = derived[key];
    return config[key] !== base[key] ? config[key] !== rule?.(config) : rule !== undefined && base[key] === rule(base) && config[key] !== rule(config);
  });
}

/** Settings of memberlist that Consul cannot express: tuned ones, and others that differ from its members' defaults. */
export const beyondConsul = (config: Config, knobs: readonly Knob[], preset: string): readonly Key[] => {
  const words: ReadonlySet<Key> = new Set<Key>(consulKnobs);
  const base = poolOf(preset) === "gossip_wan" ? presets["memberlist-wan"] : presets["memberlist-lan"];
  return [...moreKnobs.filter((knob) => knobs.includes(knob)), ...differing([...moreKnobs, ...otherKeys], config, base).filter((key) => !(knobs as readonly Key[]).includes(key) && !words.has(key))];
};

/** Settings that differ from the nearest profile of Serf's agent. */
export const beyondProfile = (config: Config): readonly Key[] => differing([...allKnobs, ...otherKeys], config, presets[`memberlist-${nearestProfile(config)}`]);

/** Consul's names of the six settings that its users can change. */
const consulNames = [["gossip_interval", "gossipEvery"], ["gossip_nodes", "gossipTo"], ["probe_interval", "periodEvery"], ["probe_timeout", "askRelaysAfter"], ["retransmit_mult", "tellMult"], ["suspicion_mult", "suspicionMult"]] as const satisfies readonly (readonly [string, Knob])[];

const consulValue = (knob: Knob, config: Config): string | number => (lengths.has(knob) ? textOf(config[knob]) : numberOf(knob, config));

/** Which of Consul's two pools has these defaults. */
const poolOf = (preset: string): "gossip_lan" | "gossip_wan" => (preset === "memberlist-wan" ? "gossip_wan" : "gossip_lan");

export const consulHcl = (config: Config, preset: string): string =>
  [`${poolOf(preset)} {`, ...consulNames.map(([name, knob]) => `  ${name.padEnd(15)} = ${JSON.stringify(consulValue(knob, config))}`), "}"].join("\n");

export const consulJson = (config: Config, preset: string): string => JSON.stringify({ [poolOf(preset)]: Object.fromEntries(consulNames.map(([name, knob]) => [name, consulValue(knob, config)])) }, null, 2);

const profiles = [["lan", "memberlist-lan"], ["wan", "memberlist-wan"], ["local", "memberlist-local"]] as const;

/** The nearest of memberlist's three profiles, by the ratios of their values. */
export function nearestProfile(config: Config): (typeof profiles)[number][0] {
  const ratio = (a: number, b: number): number => Math.max(a, b, 1) / Math.max(1, Math.min(a, b));
  const distance = (preset: (typeof profiles)[number][1]): number => allKnobs.reduce((product, knob) => product * ratio(config[knob], presets[preset][knob]), 1);
  const [first, ...rest] = profiles;
  return rest.reduce((best, next) => (distance(next[1]) < distance(best[1]) ? next : best), first as (typeof profiles)[number])[0];
}

/** For `serf agent -config-file`: Serf's agent takes memberlist's settings as one of three profiles, and a few settings of its own. */
export const serfJson = (config: Config): string => JSON.stringify({
  profile: nearestProfile(config),
  // What Serf adds, if these members do it too: memberlist alone calls no dead members, and forgets them sooner than Serf would.
  ...(config.reconnectEvery > 0 ? { reconnect_interval: textOf(config.reconnectEvery), reconnect_timeout: textOf(config.forgetAfter), tombstone_timeout: textOf(config.forgetAfter) } : {}),
}, null, 2);
