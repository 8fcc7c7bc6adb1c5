/** The settings to tune, those that Consul, Serf and memberlist let their users change; their reasonable limits; and random points within these. */

import { below, type Config, exp, foldText, ln, micros, type Rng, rngFrom } from "../../../engine/index.ts";
import { showLength } from "../../scenario/index.ts";
import type { Settings } from "../model.ts";

/** The values of the tuned settings. Lengths are in microseconds; `askRelaysAfter` is a share of the period, so that every point is valid. */
export type Point = Readonly<Record<Knob, number>>;

/** Settings that users of all three can change, and those that only memberlist has. */
export const consulKnobs = ["periodEvery", "askRelaysAfter", "suspicionMult", "gossipEvery", "gossipTo", "tellMult"] as const;
export const moreKnobs = ["relays", "suspicionMaxMult", "healthMax", "syncEvery"] as const;
export type Knob = (typeof consulKnobs)[number] | (typeof moreKnobs)[number];

type Limits = { readonly from: number; readonly to: number; readonly scale: "log" | "whole" | "share" };
const SECOND = 1_000_000;

/** From about half the smallest to about twice the largest value in memberlist's own presets. */
const limits: Readonly<Record<Knob, Limits>> = {
  periodEvery: { from: 0.2 * SECOND, to: 5 * SECOND, scale: "log" },
  askRelaysAfter: { from: 0.2, to: 0.7, scale: "share" },
  suspicionMult: { from: 2, to: 8, scale: "whole" },
  gossipEvery: { from: 0.05 * SECOND, to: SECOND, scale: "log" },
  gossipTo: { from: 2, to: 5, scale: "whole" },
  tellMult: { from: 2, to: 6, scale: "whole" },
  relays: { from: 1, to: 5, scale: "whole" },
  suspicionMaxMult: { from: 1, to: 8, scale: "whole" },
  healthMax: { from: 0, to: 10, scale: "whole" },
  syncEvery: { from: 10 * SECOND, to: 120 * SECOND, scale: "log" },
};

/** The point of a configuration. */
export function pointOf(config: Config): Point {
  const { periodEvery, askRelaysAfter, suspicionMult, gossipEvery, gossipTo, tellMult, relays, suspicionMaxMult, healthMax, syncEvery } = config;
  return { periodEvery, askRelaysAfter: askRelaysAfter / periodEvery, suspicionMult, gossipEvery, gossipTo, tellMult, relays, suspicionMaxMult, healthMax, syncEvery };
}

/** The nth point of a seed: always the same, whatever was drawn before. Settings that are not tuned keep their value at `base`. */
export function drawPoint(seed: string, nth: number, base: Point, knobs: readonly Knob[]): Point {
  let rng: Rng = rngFrom(foldText(0, `${seed}/point/${nth}`));
  const drawn = knobs.map((knob): readonly [Knob, number] => {
    const { from, to, scale } = limits[knob];
    const [step, next] = below(1 << 20, rng);
    rng = next;
    const share = step / (1 << 20);
    switch (scale) {
      case "log":   return [knob, tidy(exp(ln(from) + share * (ln(to) - ln(from))))];
      case "whole": return [knob, from + Math.floor(share * (to - from + 1))];
      case "share": return [knob, Number((from + share * (to - from)).toFixed(2))];
    }
  });
  return { ...base, ...Object.fromEntries(drawn) };
}

/** Two digits are precise enough for a length, and easier to write into a file. */
const tidy = (length: number): number => Number(length.toPrecision(2));

/** The point as settings of a scenario. What memberlist derives from its settings keeps its proportion: confirmations, and how long relays wait. */
export function settingsAt(point: Point, base: Config, knobs: readonly Knob[]): Settings {
  const length = (of: number): string => showLength(micros(Math.round(of / 1000) * 1000));
  const ask = point.askRelaysAfter * point.periodEvery;
  const all: Readonly<Record<Knob, string | number>> = {
    periodEvery: length(point.periodEvery), askRelaysAfter: length(ask), suspicionMult: point.suspicionMult, gossipEvery: length(point.gossipEvery), gossipTo: point.gossipTo, tellMult: point.tellMult,
    relays: point.relays, suspicionMaxMult: point.suspicionMaxMult, healthMax: point.healthMax, syncEvery: length(point.syncEvery),
  };
  const stretch = ask / base.askRelaysAfter;
  const derived = {
    "config.nackAfter": length(base.nackAfter * stretch), "config.relayFor": length(Math.max(base.relayFor * stretch, base.nackAfter * stretch + 1000)),
    // memberlist rule 40: SuspicionMult − 2; 0, where Lifeguard's rule is off, stays 0.
    "config.confirmations": base.confirmations === 0 ? 0 : Math.max(0, Math.ceil(point.suspicionMult) - 2),
  };
  return { ...Object.fromEntries(knobs.map((knob) => [`config.${knob}`, all[knob]])), ...derived };
}
