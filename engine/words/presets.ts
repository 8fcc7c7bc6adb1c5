/** Configurations with a name. */

import type { Config } from "./config.ts";
import { milliseconds, seconds } from "./units.ts";

/** The one we would run: memberlist's LAN numbers, plus the re-contacting of members held dead, which heals partitions. */
const swimlab: Config = {
  periodEvery: seconds(1),
  askRelaysAfter: milliseconds(500),
  relays: 3,
  relayFor: milliseconds(500),
  errandsLimit: 1024,
  stagger: "random",
  suspicion: "on",
  suspicionMult: 4,
  death: "by-incarnation",
  dissemination: "piggyback",
  tellMult: 4,
  scale: "log10",
  datagramBudget: 1400,
  claimsLimit: 254,
  metaLimit: 512,
  syncEvery: seconds(30),
  joinAgainAfter: seconds(5),
  reconnectEvery: seconds(30),
  forgetAfter: seconds(24 * 3600),
  farewells: 3,
  lingerFor: seconds(5),
};

/** The SWIM paper's third variant, as its §5 ran it: k = 1, a period of 2 s, λ = 3, at most six claims a message, no repair of any kind. */
const swimInfSusp: Config = {
  ...swimlab,
  periodEvery: seconds(2),
  askRelaysAfter: milliseconds(500),
  relays: 1,
  relayFor: milliseconds(1500),
  suspicionMult: 3,
  death: "final",
  tellMult: 3,
  scale: "ln",
  claimsLimit: 6,
  syncEvery: seconds(0),
  reconnectEvery: seconds(0),
};

/** Its second variant: infection-style dissemination, no suspicion. */
const swimInf: Config = { ...swimInfSusp, suspicion: "off" };

/** Its first: no suspicion either, and news is multicast. */
const swimBasic: Config = { ...swimInf, dissemination: "multicast" };

export const presets = {
  swimlab,
  "swim-inf-susp": swimInfSusp,
  "swim-inf": swimInf,
  "swim-basic": swimBasic,
} as const satisfies Record<string, Config>;

export type PresetName = keyof typeof presets;
