/** The configurations that have a name, side by side. */

import { type Config, micros, presets } from "../../engine/index.ts";
import { showLength } from "../scenario/index.ts";
import { table } from "./report/table.ts";

/** How a number or a word is shown; where 0 means that something never happens, or that it is off, it says so. */
type Manner = "length" | "length, or never" | "number, or off" | "plain";

/** In the order in which the engine explains them. */
const shown: Readonly<Record<keyof Config, Manner>> = {
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

/** So many side by side fit a terminal. They come in families of five, and three of the SWIM paper's. */
const BESIDE = 5;

/** A table for each family: a line for each number, a column for each preset. */
export function presetsText(): string {
  const columns = Object.entries<Config>(presets);
  const families = Array.from({ length: Math.ceil(columns.length / BESIDE) }, (_, nth) => columns.slice(nth * BESIDE, (nth + 1) * BESIDE));
  return families.map((family) => `${familyTable(family).join("\n")}\n`).join("\n");
}

function familyTable(family: readonly (readonly [string, Config])[]): readonly string[] {
  const head = ["", ...family.map(([name]) => name)];
  const rows = fields.map((field) => [field, ...family.map(([, config]) => text(config[field], shown[field]))]);
  return table([head, ...rows], "l".repeat(head.length));
}

const fields = Object.keys(shown) as readonly (keyof Config)[];

function text(value: Config[keyof Config], manner: Manner): string {
  if (typeof value === "string" || manner === "plain") return `${value}`;
  if (value === 0 && manner !== "length") return manner === "number, or off" ? "off" : "never";
  return manner === "number, or off" ? `${value}` : showLength(micros(value));
}
