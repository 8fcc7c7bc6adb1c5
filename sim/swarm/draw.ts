/** Draws a world from a seed: members, a configuration, a network, trouble, and an end of trouble for a core. */

import { bounds } from "../oracle/index.ts";
import { compileScenario, isSeed, LONGEST_SEED, type Scenario, showLength } from "../scenario/index.ts";
import { scenarioText, type Written } from "../scenario/write.ts";
import { assert, micros, presets } from "../../engine/index.ts";
import { drawConfig } from "./config.ts";
import { type Dice, diceFor } from "./dice.ts";
import { bufferOf, clockOf, machineFamilies } from "./machine-trouble.ts";
import { networkFamilies } from "./network-trouble.ts";
import { themeOf } from "./theme.ts";
import { type Cast, families as usualFamilies } from "./trouble.ts";

/** All families of faults. */
export const families = { ...usualFamilies, ...networkFamilies, ...machineFamilies };

export type DrawnWorld = {
  readonly seed: string;
  readonly scenario: Scenario;
  /** The scenario as it would be written. */
  readonly written: Written;
  /** The families of faults in it. */
  readonly families: readonly string[];
};

/** The scenario's seed, derived from the world's. */
const scenarioSeed = (seed: string): string => `swarm-${seed}`;

/** The most characters of a world's seed. */
export const LONGEST_WORLD = LONGEST_SEED - scenarioSeed("").length;

/** Is this the seed of a world? */
export const isWorld = (seed: string): boolean => seed !== "" && isSeed(scenarioSeed(seed));

/** The world of this seed. The same seed always gives the same world; with `/small` at its end, one of at most twelve members. */
export function drawWorld(seed: string): DrawnWorld {
  const theme = themeOf(seed);
  const { preset, config } = drawConfig(diceFor(seed, "config"), theme);
  const cast = drawCast(diceFor(seed, "members"), mayMoveIn({ ...presets[preset], ...config }), { least: theme?.until ?? 0, isSmall: seed.endsWith("/small") });
  const drawn = drawTrouble(seed, cast, theme?.families ?? [], (config["precedence"] ?? presets[preset].precedence) === "final");
  const written: Written = {
    seed: scenarioSeed(seed),
    duration: "1h",
    ...(diceFor(seed, "start").isLucky(15) ? { start: "cold" } : {}),
    preset,
    ...(Object.keys(config).length === 0 ? {} : { config }),
    members: membersOf(cast, seed, drawn.families),
    network: { ...drawNetwork(diceFor(seed, "network")), ...(drawn.families.includes("receive-buffer") ? bufferOf(diceFor(seed, "buffer")) : {}) },
    timeline: drawn.timeline,
  };
  const duration = showLength(micros(lasting(compiled(written), cast)));
  const whole = { ...written, duration };
  return { seed, scenario: compiled(whole), written: whole, families: drawn.families };
}

/** Compiles a drawn scenario; if it does not compile, that is our own mistake. */
export function compiled(written: Written): Scenario {
  const answer = compileScenario(scenarioText(written), { file: "swarm.yaml" });
  assert(answer.ok, `a world that is drawn compiles: ${answer.ok ? "" : JSON.stringify(answer.errors[0])}`);
  return answer.scenario;
}

const name = (prefix: string, count: number, number: number): string => `${prefix}${String(number + 1).padStart(String(count).length, "0")}`;

const mayMoveIn = ({ incarnationsPerLife, reclaimAfter }: Written): boolean => incarnationsPerLife === 0 || (reclaimAfter !== 0 && reclaimAfter !== "0s");

function drawCast(dice: Dice, mayMove: boolean, { least, isSmall }: { readonly least: number; readonly isSmall: boolean }): Cast {
  const count = isSmall ? dice.between(3, 12) : dice.isLucky(50) ? dice.between(3, 16) : dice.between(17, 64);
  const everybody = Array.from({ length: count }, (_, number) => name("m", count, number));
  // The first is the seed: newcomers need one that is there in the end.
  const outside = new Set(dice.some(everybody.slice(1), dice.between(0, Math.floor((count - 2) / 3))));
  const late = dice.isLucky(40) ? Array.from({ length: dice.between(1, 3) }, (_, number) => `late${number + 1}`) : [];
  const until = Math.max(least, dice.between(20, 60));
  return { core: everybody.filter((one) => !outside.has(one)), others: everybody.filter((one) => outside.has(one)), late, newcomers: ["new1", "new2"].slice(0, outside.size), mayMove, until };
}

/** All members as one group, unless each has its own tag or clock. */
function membersOf({ core, others, late, newcomers }: Cast, seed: string, drawn: readonly string[]): Written["members"] {
  const count = core.length + others.length;
  const absent = [...late, ...(drawn.includes("replaced") ? newcomers : [])].map((one) => ({ name: one, present: false }));
  const clock = drawn.includes("drift") ? clockOf(diceFor(seed, "drift")) : {};
  if (drawn.includes("domain")) {
    const racks = diceFor(seed, "racks").between(2, 5);
    const tagged = [...core, ...others].toSorted().map((one, number) => ({ name: one, tags: { rack: `r${number % racks}` }, ...clock }));
    return [...tagged, ...absent];
  }
  return absent.length === 0 && Object.keys(clock).length === 0 ? count : [{ count, name: "m", ...clock }, ...absent];
}

function drawNetwork(dice: Dice): Written {
  const latency = dice.oneOf(["1ms", { uniform: ["1ms", "40ms"] }, { exponential: { min: "1ms", mean: "10ms" } }, { lognormal: { median: "5ms", sigma: 1 } }]);
  return { latency, ...(dice.isLucky(30) ? { loss: dice.oneOf(["1%", "3%", "5%", "20%"]) } : {}), ...(dice.isLucky(15) ? { catchUp: "100us" } : {}) };
}

function drawTrouble(seed: string, cast: Cast, given: readonly string[], isFinal: boolean): { readonly timeline: readonly Written[]; readonly families: readonly string[] } {
  const coins = diceFor(seed, "families");
  const chosen = Object.keys(families).filter((family) => coins.isLucky(family in machineFamilies ? 20 : 30) || given.includes(family));
  const entries = chosen.flatMap((family) => families[family]!(diceFor(seed, family), cast));
  // Where death is final, members that were held dead may have stopped.
  const end: readonly Written[] = isFinal ? [{ at: `${cast.until + 6}s`, restart: cast.core }] : [];
  const timeline = [...entries.toSorted((one, other) => Number.parseInt(String(one["at"]), 10) - Number.parseInt(String(other["at"]), 10)), ...end];
  return { timeline, families: chosen };
}

/** The duration of the run: as long as agreement may take. If nothing is promised, long enough to detect the crashed, or a minute. */
function lasting(scenario: Scenario, { core, until }: Cast): number {
  const promised = bounds.agreement(scenario, core.length, scenario.network.link.loss);
  const calm = Number.isFinite(promised) && promised < LONG ? promised : Math.min(MINUTE, bounds.completeness(scenario.config, scenario.members.length));
  return Math.ceil(until * 1e6 + AFTER + calm + bounds.longestSlot(scenario.config));
}

const MINUTE = 60e6;
const LONG = 24 * 60 * MINUTE;
/** Time for the timeline's last lines. */
const AFTER = 7e6;
