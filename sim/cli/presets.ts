/** The configurations that have a name, side by side. */

import { type Config, type Micros, presets } from "../../engine/index.ts";
import { showLength } from "../scenario/index.ts";
import { table } from "./report/table.ts";

const orNever = (length: Micros): string => (length === 0 ? "never" : showLength(length));

/** How each number is shown, in the order in which the engine explains them. */
const shown: Readonly<Record<keyof Config, (config: Config) => string>> = {
  periodEvery: (c) => showLength(c.periodEvery),
  askRelaysAfter: (c) => showLength(c.askRelaysAfter),
  relays: (c) => `${c.relays}`,
  relayFor: (c) => showLength(c.relayFor),
  errandsLimit: (c) => `${c.errandsLimit}`,
  stagger: (c) => c.stagger,
  suspicion: (c) => c.suspicion,
  suspicionMult: (c) => `${c.suspicionMult}`,
  death: (c) => c.death,
  dissemination: (c) => c.dissemination,
  tellMult: (c) => `${c.tellMult}`,
  scale: (c) => c.scale,
  datagramBudget: (c) => `${c.datagramBudget}`,
  claimsLimit: (c) => `${c.claimsLimit}`,
  metaLimit: (c) => `${c.metaLimit}`,
  syncEvery: (c) => orNever(c.syncEvery),
  joinAgainAfter: (c) => showLength(c.joinAgainAfter),
  reconnectEvery: (c) => orNever(c.reconnectEvery),
  forgetAfter: (c) => showLength(c.forgetAfter),
  farewells: (c) => `${c.farewells}`,
  lingerFor: (c) => showLength(c.lingerFor),
};

/** A line for each number, a column for each preset. */
export function presetsText(): string {
  const columns = Object.entries<Config>(presets);
  const head = ["", ...columns.map(([name]) => name)];
  const rows = Object.entries(shown).map(([field, show]) => [field, ...columns.map(([, config]) => show(config))]);
  return `${table([head, ...rows], "l".repeat(head.length)).join("\n")}\n`;
}
