/** The named configurations. */

import type { Config } from "./config.ts";
import { milliseconds, seconds } from "./units.ts";

/** memberlist's `DefaultLANConfig`, which Consul's LAN pools and Nomad's servers use. */
const memberlistLan: Config = {
  periodEvery: seconds(1),
  askRelaysAfter: milliseconds(500),
  relays: 3,
  nackAfter: milliseconds(500),
  relayFor: milliseconds(500),
  errandsLimit: 1024,
  streamPing: "on",
  stagger: "none",
  healthMax: 7,
  healthStretches: "probe",
  healthPenalty: "missing-nacks",
  suspicion: "on",
  suspicionMult: 4,
  suspicionMaxMult: 6,
  confirmations: 2,
  buddy: "own-pings",
  precedence: "memberlist",
  incarnationsPerLife: 0,
  renewal: "off",
  dissemination: "piggyback",
  gossipEvery: milliseconds(200),
  gossipTo: 3,
  gossipToDeadFor: seconds(30),
  tellMult: 4,
  scale: "log10",
  tellOrder: "longest",
  hearFirst: "answer",
  datagramBudget: 1400,
  claimsLimit: 254,
  metaLimit: 512,
  broadcastShare: 0,
  broadcastRelay: "off",
  syncEvery: seconds(30),
  syncScale: "log2",
  correction: "off",
  syncWith: "whole",
  strangers: "ignore",
  versionCheck: "on",
  joinAgainAfter: seconds(0),
  newcomerTells: "on",
  reconnectEvery: seconds(0),
  forgetAfter: seconds(30),
  forgetWhen: "pass-ends",
  reclaimAfter: seconds(0),
  flapLimit: 0,
  flapFor: seconds(60),
  stallAfter: seconds(0),
  farewells: 0,
  lingerFor: seconds(5),
  roundTrips: "silent",
};

/** memberlist's `DefaultWANConfig`, which Consul's WAN pool uses. */
const memberlistWan: Config = {
  ...memberlistLan,
  periodEvery: seconds(5),
  askRelaysAfter: seconds(3),
  nackAfter: seconds(3),
  relayFor: seconds(3),
  suspicionMult: 6,
  confirmations: 4,
  gossipEvery: milliseconds(500),
  gossipTo: 4,
  gossipToDeadFor: seconds(60),
  syncEvery: seconds(60),
  forgetAfter: seconds(60),
};

/** memberlist's `DefaultLocalConfig`, for members on one machine. */
const memberlistLocal: Config = {
  ...memberlistLan,
  askRelaysAfter: milliseconds(200),
  relays: 1,
  nackAfter: milliseconds(200),
  relayFor: milliseconds(200),
  suspicionMult: 3,
  confirmations: 1,
  gossipEvery: milliseconds(100),
  gossipToDeadFor: seconds(15),
  tellMult: 2,
  syncEvery: seconds(15),
  forgetAfter: seconds(15),
};

/** A Serf agent: memberlist's LAN numbers, and Serf's calls to failed members, every 30 s for a day. */
const serf: Config = { ...memberlistLan, reconnectEvery: seconds(30), forgetAfter: seconds(24 * 3600), forgetWhen: "due", reclaimAfter: seconds(30) };

/**
 * The one we recommend: memberlist's LAN numbers, Lifeguard with nacks that are in time, and what memberlist lacks: calls to members held dead, which heal
 * partitions; acks that tell suspects of the suspicion; exchanges of views that send only what differs; lives, so that a restart wins at once; and a total order of claims.
 */
const swimlab: Config = {
  ...memberlistLan,
  nackAfter: milliseconds(400),
  stagger: "random",
  buddy: "every-answer",
  precedence: "total",
  incarnationsPerLife: 65_536,
  hearFirst: "news",
  broadcastShare: 200,
  broadcastRelay: "on",
  syncScale: "constant",
  correction: "on",
  syncWith: "difference",
  strangers: "adopt",
  joinAgainAfter: seconds(5),
  newcomerTells: "off",
  reconnectEvery: seconds(30),
  forgetAfter: seconds(24 * 3600),
  forgetWhen: "due",
  reclaimAfter: seconds(30),
  stallAfter: milliseconds(250),
  farewells: 3,
};

/** The SWIM paper's third variant, as its §5 ran it: k = 1, a period of 2 s, λ = 3, at most six claims a message, no repair of any kind. */
const swimInfSusp: Config = {
  ...swimlab,
  periodEvery: seconds(2),
  askRelaysAfter: milliseconds(500),
  relays: 1,
  nackAfter: seconds(0),
  relayFor: milliseconds(1500),
  streamPing: "off",
  healthMax: 0,
  suspicionMult: 3,
  suspicionMaxMult: 1,
  confirmations: 0,
  buddy: "off",
  precedence: "final",
  incarnationsPerLife: 0,
  gossipEvery: seconds(0),
  tellMult: 3,
  scale: "ln",
  tellOrder: "newest",
  claimsLimit: 6,
  syncEvery: seconds(0),
  correction: "off",
  syncWith: "whole",
  reconnectEvery: seconds(0),
  reclaimAfter: seconds(0),
  stallAfter: seconds(0),
};

/** Its second variant: infection-style dissemination, no suspicion. */
const swimInf: Config = { ...swimInfSusp, suspicion: "off" };

/** Its first: no suspicion either, and news is multicast. */
const swimBasic: Config = { ...swimInf, dissemination: "multicast" };

/**
 * The Lifeguard paper's baseline, which it calls SWIM: memberlist with its extras (gossip between probes, push-pull, stream pings), α = 5, and none of
 * Lifeguard's three parts. The next four presets differ from it in these parts alone.
 */
const lifeguardBase: Config = { ...memberlistLan, nackAfter: seconds(0), healthMax: 0, suspicionMult: 5, suspicionMaxMult: 1, confirmations: 0, buddy: "off" };

/** Lifeguard's three parts, as its §IV has them. */
const lhaProbeOn = { nackAfter: milliseconds(400), healthMax: 8, healthStretches: "period", healthPenalty: "failure" } as const satisfies Partial<Config>;
const lhaSuspicionOn = { suspicionMaxMult: 6, confirmations: 3 } as const satisfies Partial<Config>;
const buddyOn = { buddy: "every-ping" } as const satisfies Partial<Config>;

const lhaProbe: Config = { ...lifeguardBase, ...lhaProbeOn };
const lhaSuspicion: Config = { ...lifeguardBase, ...lhaSuspicionOn };
const buddy: Config = { ...lifeguardBase, ...buddyOn };
const lifeguard: Config = { ...lifeguardBase, ...lhaProbeOn, ...lhaSuspicionOn, ...buddyOn };

/** The complete configurations that have a name. */
export const presets = {
  swimlab,
  serf,
  "memberlist-lan": memberlistLan,
  "memberlist-wan": memberlistWan,
  "memberlist-local": memberlistLocal,
  lifeguard,
  "lha-probe": lhaProbe,
  "lha-suspicion": lhaSuspicion,
  buddy,
  "lifeguard-base": lifeguardBase,
  "swim-inf-susp": swimInfSusp,
  "swim-inf": swimInf,
  "swim-basic": swimBasic,
} as const satisfies Record<string, Config>;

/** The name of a preset. */
export type PresetName = keyof typeof presets;
