/** The numbers of the protocol: a preset, the changes to it, and whether they can work together. */

import { type Config, presets, type PresetName } from "../../../engine/index.ts";
import { showLength } from "../quantity.ts";
import type { WrittenConfig } from "../schema/config.ts";
import type { Report } from "../trouble.ts";

/** The bytes that a ping and the longest name, address and versions of one alive claim can take besides its meta. */
const BESIDES_META = 600;

export function configOf(preset: PresetName, written: WrittenConfig, report: Report): Config {
  const config: Config = { ...presets[preset], ...withoutHoles(written) };
  const blame = (...fields: readonly (keyof Config)[]): readonly string[] => {
    const field = fields.find((name) => written[name] !== undefined);
    return field === undefined ? ["preset"] : ["config", field];
  };
  if (config.askRelaysAfter >= config.periodEvery) {
    const [ask, period] = [showLength(config.askRelaysAfter), showLength(config.periodEvery)];
    report(blame("askRelaysAfter", "periodEvery"), `askRelaysAfter (${ask}) must be less than periodEvery (${period}): relays need the rest of the period`);
  }
  if (config.datagramBudget < config.metaLimit + BESIDES_META) {
    const [budget, meta, least] = [config.datagramBudget, config.metaLimit, config.metaLimit + BESIDES_META];
    const sum = `metaLimit (${meta}) + ${BESIDES_META} = ${least}`;
    report(blame("datagramBudget", "metaLimit"), `datagramBudget (${budget}) must be at least ${sum}: a ping and one claim must fit`);
  }
  return config;
}

type Changes = { readonly [Field in keyof Config]?: Config[Field] };

/** Zod writes `undefined` for fields that nobody gave; laid over a preset, those would be holes. */
function withoutHoles(written: WrittenConfig): Changes {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}
