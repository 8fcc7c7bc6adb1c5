/** Writes the value of a field, for people and for scenarios. */

import { type Config, micros } from "../../../engine/index.ts";
import { showLength } from "../../scenario/index.ts";

/** How a number or a word is shown; if 0 means never or off, it says so. */
type Manner = "length" | "length, or never" | "number, or off" | "plain";

const manners: Readonly<Record<keyof Config, Manner>> = {
  periodEvery: "length",
  askRelaysAfter: "length",
  relays: "plain",
  nackAfter: "length, or never",
  relayFor: "length",
  errandsLimit: "plain",
  streamPing: "plain",
  stagger: "plain",
  healthMax: "number, or off",
  healthStretches: "plain",
  healthPenalty: "plain",
  suspicion: "plain",
  suspicionMult: "plain",
  suspicionMaxMult: "plain",
  confirmations: "plain",
  buddy: "plain",
  precedence: "plain",
  incarnationsPerLife: "number, or off",
  renewal: "plain",
  dissemination: "plain",
  gossipEvery: "length, or never",
  gossipTo: "plain",
  gossipToDeadFor: "length, or never",
  tellMult: "plain",
  scale: "plain",
  tellOrder: "plain",
  hearFirst: "plain",
  datagramBudget: "plain",
  claimsLimit: "plain",
  metaLimit: "plain",
  broadcastShare: "plain",
  broadcastRelay: "plain",
  syncEvery: "length, or never",
  syncScale: "plain",
  correction: "plain",
  syncWith: "plain",
  strangers: "plain",
  versionCheck: "plain",
  joinAgainAfter: "length, or never",
  newcomerTells: "plain",
  reconnectEvery: "length, or never",
  forgetAfter: "length",
  forgetWhen: "plain",
  reclaimAfter: "length, or never",
  flapLimit: "number, or off",
  flapFor: "length",
  stallAfter: "length, or never",
  farewells: "plain",
  lingerFor: "length",
  roundTrips: "plain",
};

/** For people: `never` rather than `0s`. */
export function readable(field: keyof Config, value: Config[keyof Config]): string {
  const manner = manners[field];
  if (value === 0 && (manner === "length, or never" || manner === "number, or off")) return manner === "number, or off" ? "off" : "never";
  return `${writable(field, value)}`;
}

/** In the format of a scenario. */
export function writable(field: keyof Config, value: Config[keyof Config]): string | number {
  const isLength = manners[field].startsWith("length");
  return isLength && typeof value === "number" ? showLength(micros(value)) : value;
}
