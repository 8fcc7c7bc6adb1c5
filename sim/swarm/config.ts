/** Draws a random configuration: a preset as it is, or with some of its numbers changed. */

import { presets, type Config, type PresetName } from "../../engine/index.ts";
import type { Written, WrittenValue } from "../scenario/write.ts";
import type { Dice } from "./dice.ts";
import type { Theme } from "./theme.ts";

const LATEST_NACK = { written: "400ms", micros: 400_000 } as const;

/** Numbers that a random configuration may change, and their values: features that presets turn off, and limits that are soon reached. */
const knobs: readonly (readonly [name: keyof Config, values: readonly WrittenValue[]])[] = [
  ["relays", [0, 1, 3, 5]],
  ["nackAfter", ["0s", "100ms", LATEST_NACK.written]],
  ["errandsLimit", [1, 4, 1024]],
  ["streamPing", ["on", "off"]],
  ["stagger", ["random", "none"]],
  ["healthMax", [0, 2, 7]],
  ["healthStretches", ["period", "probe"]],
  ["healthPenalty", ["failure", "missing-nacks"]],
  ["suspicionMult", [2, 4]],
  ["suspicionMaxMult", [1, 3, 6]],
  ["confirmations", [0, 1, 3]],
  ["buddy", ["off", "own-pings", "every-ping", "every-answer"]],
  ["precedence", ["total", "memberlist", "final"]],
  ["incarnationsPerLife", [0, 65_536]],
  ["gossipEvery", ["0s", "100ms", "200ms"]],
  ["gossipTo", [1, 3]],
  ["gossipToDeadFor", ["0s", "30s"]],
  ["tellMult", [1, 3, 4]],
  ["scale", ["ln", "log10"]],
  ["tellOrder", ["newest", "longest"]],
  ["hearFirst", ["news", "answer"]],
  ["claimsLimit", [1, 6, 254]],
  ["broadcastRelay", ["on", "off"]],
  ["syncEvery", ["0s", "5s", "15s"]],
  ["correction", ["on", "off"]],
  ["syncWith", ["whole", "difference"]],
  ["strangers", ["adopt", "ignore"]],
  ["joinAgainAfter", ["0s", "3s"]],
  ["newcomerTells", ["on", "off"]],
  ["reconnectEvery", ["0s", "3s", "10s"]],
  ["forgetAfter", ["20s", "24h"]],
  ["forgetWhen", ["due", "pass-ends"]],
  ["reclaimAfter", ["0s", "5s"]],
  ["flapLimit", [0, 1, 3]],
  ["stallAfter", ["0s", "250ms"]],
  ["farewells", [0, 3]],
];

/** The start of half of all random configurations: views are exchanged and the dead are called often, so that oracles promise much, and soon. */
const lively: Written = { syncEvery: "5s", reconnectEvery: "5s", joinAgainAfter: "3s" };

/** `preset:` and `config:` of a scenario. A theme's values override drawn ones. */
export function drawConfig(dice: Dice, theme: Theme | null): { readonly preset: PresetName; readonly config: Written } {
  const preset = dice.oneOf(Object.keys(presets) as PresetName[]);
  if (dice.isLucky(25) && theme === null) return { preset, config: {} };
  const drawnBase = dice.isLucky(60) ? "swimlab" : preset;
  const base = theme?.preset ?? drawnBase;
  const drawnKnobs = dice.some(knobs, dice.between(0, 8)).map(([name, values]) => [name, dice.oneOf(values)] as const);
  // A relay that has forgotten says nothing: some presets forget too soon for such a late nack.
  const changed = drawnKnobs.filter(([name, value]) => !(name === "nackAfter" && value === LATEST_NACK.written && presets[base].relayFor < LATEST_NACK.micros));
  const drawn: Written = { ...(dice.isLucky(70) ? lively : {}), ...Object.fromEntries(changed), ...theme?.config };
  return { preset: base, config: drawn };
}
