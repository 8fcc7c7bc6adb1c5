/** The protocol's configuration: a preset, the changes to it, and whether the numbers fit together. */

import { type Config, presets, type PresetName } from "../../../engine/index.ts";
import { showLength } from "../quantity.ts";
import type { WrittenConfig } from "../schema/config.ts";
import type { Report } from "../trouble.ts";

/** The most bytes that a ping and one alive claim take besides its meta: with the longest name, address and versions. */
const BESIDES_META = 600;

/** A rule about numbers that don't fit together: its message, and the fields that may be wrong; the one that was written first gets the error. */
type Rule = { readonly fields: readonly (keyof Config)[]; readonly wrong: (config: Config) => string | false };

const rules: readonly Rule[] = [
  {
    fields: ["askRelaysAfter", "periodEvery"],
    wrong: ({ askRelaysAfter: ask, periodEvery: period }) =>
      ask >= period && `askRelaysAfter (${showLength(ask)}) must be less than periodEvery (${showLength(period)}): relays need the rest of the period`,
  },
  {
    fields: ["nackAfter", "relayFor"],
    wrong: ({ nackAfter: nack, relayFor: relay }) =>
      nack > relay && `nackAfter (${showLength(nack)}) must not be more than relayFor (${showLength(relay)}): after that, a relay has forgotten whom to answer`,
  },
  {
    fields: ["datagramBudget", "metaLimit", "broadcastShare"],
    wrong: ({ datagramBudget: budget, metaLimit: meta, broadcastShare: share }) => {
      const least = meta + share + BESIDES_META;
      const sum = `metaLimit (${meta})${share === 0 ? "" : ` + broadcastShare (${share})`} + ${BESIDES_META} = ${least}`;
      return budget < least && `datagramBudget (${budget}) must be at least ${sum}: a ping and one claim must fit`;
    },
  },
  {
    fields: ["renewal", "incarnationsPerLife"],
    wrong: ({ renewal, incarnationsPerLife }) => renewal === "on" && incarnationsPerLife === 0 && "renewal needs lives that can be told apart: set incarnationsPerLife",
  },
];

export function configOf(preset: PresetName, written: WrittenConfig, report: Report): Config {
  const config: Config = { ...presets[preset], ...withoutHoles(written) };
  for (const { fields, wrong } of rules) {
    const message = wrong(config);
    const blamed = fields.find((name) => written[name] !== undefined);
    if (message !== false) report(blamed === undefined ? ["preset"] : ["config", blamed], message);
  }
  return config;
}

type Changes = { readonly [Field in keyof Config]?: Config[Field] };

/** Removes fields that nobody wrote: Zod sets them to `undefined`, which would override the preset. */
function withoutHoles(written: WrittenConfig): Changes {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}
