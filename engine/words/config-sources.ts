/** Where the presets' values come from, field by field, grouped by subject. */

import type { Config } from "./config.ts";
import type { PresetName } from "./presets.ts";

/**
 * Where a field's value comes from, for each kind of preset. Each kind is built on another (`presets.ts`): serf, swimlab and Lifeguard's on memberlist's, the SWIM
 * paper's on swimlab. Where a kind names no source, that of the kind below it holds.
 */
export type Sources = {
  /** A field of memberlist's Config, or a rule of docs/memberlist.md. */
  readonly memberlist: string;
  readonly serf?: string;
  readonly swimlab?: string;
  /** A section of the Lifeguard paper, for its five presets. */
  readonly lifeguard?: string;
  /** A section of the SWIM paper, for its three. */
  readonly swim?: string;
};

type Subject = Partial<Readonly<Record<keyof Config, Sources>>>;

const notInSwim = "not in SWIM";
const notInMemberlist = "not in memberlist";

const probing = {
  periodEvery: { memberlist: "memberlist ProbeInterval", swim: "SWIM §5" },
  askRelaysAfter: { memberlist: "memberlist ProbeTimeout", swim: "memberlist ProbeTimeout, for the round trip that SWIM §3.1 measures" },
  relays: { memberlist: "memberlist IndirectChecks", swim: "SWIM §5: k" },
  nackAfter: { memberlist: "memberlist ProbeTimeout, rule 21", swimlab: "Lifeguard §IV-A", lifeguard: "Lifeguard §IV-A", swim: notInSwim },
  relayFor: { memberlist: "memberlist ProbeTimeout, rule 23", swim: "SWIM §3.1: to the period's end" },
  errandsLimit: { memberlist: "ours, nothing grows without bound" },
  streamPing: { memberlist: "memberlist DisableTcpPings, rule 16", swim: notInSwim },
  stagger: { memberlist: "memberlist rule 3", swimlab: "ours, docs/decisions/0016" },
  roundTrips: { memberlist: "memberlist Ping delegate, rule 14" },
} satisfies Subject;

const health = {
  healthMax: { memberlist: "memberlist AwarenessMaxMultiplier − 1", lifeguard: "Lifeguard §IV-A: S", swim: notInSwim },
  healthStretches: { memberlist: "memberlist rules 4, 11", lifeguard: "Lifeguard §IV-A" },
  healthPenalty: { memberlist: "memberlist rule 19", lifeguard: "Lifeguard §IV-A" },
  stallAfter: { memberlist: notInMemberlist, swimlab: "ours, docs/decisions/0016", swim: notInSwim },
} satisfies Subject;

const suspicion = {
  suspicion: { memberlist: "memberlist rule 40", swim: "SWIM §4.2" },
  suspicionMult: { memberlist: "memberlist SuspicionMult", lifeguard: "Lifeguard §V: α", swim: "SWIM §5" },
  suspicionMaxMult: { memberlist: "memberlist SuspicionMaxTimeoutMult", lifeguard: "Lifeguard §IV-B: β", swim: notInSwim },
  confirmations: { memberlist: "memberlist SuspicionMult − 2, rule 40", lifeguard: "Lifeguard §IV-B: K", swim: notInSwim },
  buddy: { memberlist: "memberlist rule 12", swimlab: "Lifeguard §IV-C; in acks ours, docs/decisions/0030", lifeguard: "Lifeguard §IV-C", swim: notInSwim },
} satisfies Subject;

const precedence = {
  precedence: { memberlist: "memberlist rules 31, 36 to 38, 45, 48", swimlab: "ours, docs/decisions/0002", swim: "SWIM §4.2" },
  incarnationsPerLife: { memberlist: notInMemberlist, swimlab: "ours, docs/decisions/0016", swim: notInSwim },
  renewal: { memberlist: notInMemberlist, swim: notInSwim },
} satisfies Subject;

const dissemination = {
  dissemination: { memberlist: "memberlist rule 63", swim: "SWIM §3.2, §4.1" },
  gossipEvery: { memberlist: "memberlist GossipInterval", swim: notInSwim },
  gossipTo: { memberlist: "memberlist GossipNodes" },
  gossipToDeadFor: { memberlist: "memberlist GossipToTheDeadTime" },
  tellMult: { memberlist: "memberlist RetransmitMult", swim: "SWIM §5: λ" },
  scale: { memberlist: "memberlist rules 41, 58", swim: "SWIM §5, Fig. 3c" },
  tellOrder: { memberlist: "memberlist rule 60", swim: "ours, open in SWIM §4.1" },
  hearFirst: { memberlist: "memberlist rule 64", swimlab: "ours, docs/decisions/0015" },
  datagramBudget: { memberlist: "memberlist UDPBufferSize" },
  claimsLimit: { memberlist: "memberlist rule 57", swim: "SWIM §5" },
  metaLimit: { memberlist: "memberlist MetaMaxSize" },
  broadcastShare: { memberlist: "memberlist rule 62", swimlab: "ours, docs/decisions/0016" },
  broadcastRelay: { memberlist: notInMemberlist, swimlab: "ours, docs/decisions/0016" },
} satisfies Subject;

const antiEntropy = {
  syncEvery: { memberlist: "memberlist PushPullInterval", swim: notInSwim },
  syncScale: { memberlist: "memberlist rule 5", swimlab: "ours, docs/decisions/0016", swim: notInSwim },
  correction: { memberlist: notInMemberlist, swimlab: "ours, docs/decisions/0016", swim: notInSwim },
  syncWith: { memberlist: "memberlist rule 51", swimlab: "ours, docs/decisions/0016", swim: notInSwim },
  strangers: { memberlist: "memberlist rule 54", swimlab: "ours, docs/decisions/0003" },
  versionCheck: { memberlist: "memberlist rule 52" },
  reconnectEvery: { memberlist: notInMemberlist, serf: "Serf ReconnectInterval", swimlab: "Serf ReconnectInterval", swim: notInSwim },
} satisfies Subject;

const membership = {
  joinAgainAfter: { memberlist: notInMemberlist, swimlab: "ours, docs/decisions/0009" },
  newcomerTells: { memberlist: "memberlist rule 1", swimlab: "ours, docs/decisions/0009" },
  forgetAfter: { memberlist: "memberlist GossipToTheDeadTime, rule 9", serf: "Serf ReconnectTimeout", swimlab: "Serf ReconnectTimeout" },
  forgetWhen: { memberlist: "memberlist rule 9", serf: "Serf's reaper", swimlab: "Serf's reaper" },
  reclaimAfter: { memberlist: "memberlist DeadNodeReclaimTime", serf: "memberlist GossipToTheDeadTime, when an agent's memberlist forgets", swimlab: "ours, docs/decisions/0016", swim: notInSwim },
  flapLimit: { memberlist: notInMemberlist },
  flapFor: { memberlist: notInMemberlist },
} satisfies Subject;

const leaving = {
  farewells: { memberlist: notInMemberlist, swimlab: "ours, docs/decisions/0016" },
  lingerFor: { memberlist: "Serf BroadcastTimeout, memberlist rule 49" },
} satisfies Subject;

/** Every field, by subject. */
export const configSubjects = { probing, health, suspicion, precedence, dissemination, "anti-entropy": antiEntropy, membership, leaving } as const;

/** A heading under which fields of the configuration are shown. */
export type ConfigSubject = keyof typeof configSubjects;

const sources: Readonly<Record<keyof Config, Sources>> =
  { ...probing, ...health, ...suspicion, ...precedence, ...dissemination, ...antiEntropy, ...membership, ...leaving };

type Kind = keyof Sources;

const kinds: Readonly<Record<PresetName, Kind>> = {
  swimlab: "swimlab",
  serf: "serf",
  "memberlist-lan": "memberlist",
  "memberlist-wan": "memberlist",
  "memberlist-local": "memberlist",
  lifeguard: "lifeguard",
  "lha-probe": "lifeguard",
  "lha-suspicion": "lifeguard",
  buddy: "lifeguard",
  "lifeguard-base": "lifeguard",
  "swim-inf-susp": "swim",
  "swim-inf": "swim",
  "swim-basic": "swim",
};

/** Where a preset takes a field's value from. */
export const sourceOf = (preset: PresetName, field: keyof Config): string => ownSource(kinds[preset], sources[field]);

/** The source that a kind names itself, or else that of the kind on which it is built. */
const ownSource = (kind: Kind, of: Sources): string => of[kind] ?? (kind === "swim" ? ownSource("swimlab", of) : of.memberlist);

/** Letters and digits, so that `ProbeInterval` is `probe_interval`. */
const spelled = (word: string): string => word.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase();

/**
 * What we call a setting of memberlist's or Serf's, however it is spelled (`ProbeInterval`, Consul's `probe_interval`), in a sentence: `memberlist's ProbeInterval is
 * periodEvery here`. Undefined for any other word, and for one that is ours but for its spelling.
 */
export function calledHere(word: string): string | undefined {
  if (Object.keys(sources).some((field) => spelled(field) === spelled(word))) return undefined;
  for (const [field, { memberlist, serf = "" }] of Object.entries(sources)) {
    for (const source of [memberlist, serf]) {
      const [, whose, name = "", less = ""] = /^(memberlist|Serf) ([A-Z]\w+)( − \d+)?(?=,|$)/.exec(source) ?? [];
      if (name !== "" && spelled(name) === spelled(word)) return `${whose}'s ${name}${less} is ${field} here`;
    }
  }
  return undefined;
}
