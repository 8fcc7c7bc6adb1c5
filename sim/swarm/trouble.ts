/** Trouble drawn at random: some families of faults, each at a strength of its own; what befalls the core ends, and what befalls others may stay. */

import type { Written } from "../scenario/write.ts";
import type { Dice } from "./dice.ts";

/** Who is there, and for how long there is trouble. */
export type Cast = {
  /** Those for whom all trouble ends. */
  readonly core: readonly string[];
  /** Those who may stay in trouble. */
  readonly others: readonly string[];
  /** Those who are not there at first. */
  readonly late: readonly string[];
  /** Those who may come instead of somebody gone. */
  readonly newcomers: readonly string[];
  /** May members come back at another address? */
  readonly mayMove: boolean;
  /** When trouble ends, in seconds. */
  readonly until: number;
};

/** Entries of a timeline, without order. */
export type Draw = (dice: Dice, cast: Cast) => readonly Written[];

const seconds = (count: number): string => `${count}s`;

/** When something begins, and how long it lasts if it ends in time. */
export const span = (dice: Dice, { until }: Cast): { readonly at: string; readonly for: string } => {
  const at = dice.between(1, until - 3);
  return { at: seconds(at), for: seconds(dice.between(1, Math.max(1, Math.min(40, until - 1 - at)))) };
};

/** The same for each of several, or for several at once: for the core it ends, for others it may stay. */
export const befalling = (dice: Dice, cast: Cast, most: number, make: (who: readonly string[]) => Written): readonly Written[] =>
  Array.from({ length: dice.between(1, most) }, () => {
    const { at, for: lasts } = span(dice, cast);
    const stays = cast.others.length > 0 && dice.isLucky(35);
    const pool = stays ? cast.others : [...cast.core, ...cast.others];
    const who = dice.some(pool, dice.between(1, Math.max(1, Math.ceil(pool.length / 4))));
    return { at, ...make(who), ...(stays ? {} : { for: lasts }) };
  });

/**
 * Not both, and no moves where lives are told apart but names of the dead never given away: what is known to go wrong there stands in test/bugs
 * (moved-in-the-same-life, address-of-an-earlier-life), and would hide what is not.
 */
export const restarting = (dice: Dice, { mayMove }: Cast): Written => (dice.isLucky(20) && mayMove ? { address: "new" } : dice.isLucky(50) ? { incarnation: "kept" } : {});

const loss = (dice: Dice): string => `${dice.oneOf([5, 20, 50, 80, 100])}%`;

/** Every family of faults. Each is in a world or not, by a coin: what is always there a little hides what others alone would show. */
export const families: Readonly<Record<string, Draw>> = {
  crash: (dice, cast) => befalling(dice, cast, 4, (crash) => ({ crash })).map((entry) => ({ ...entry, ...(entry["for"] === undefined ? {} : restarting(dice, cast)) })),
  leave: (dice, cast) => befalling(dice, cast, 2, (leave) => ({ leave })).map((entry) => ({ ...entry, ...(entry["for"] === undefined ? {} : { ...restarting(dice, cast), for: laterThanLingering(entry["for"]) }) })),
  pause: (dice, cast) => befalling(dice, cast, 4, (pause) => ({ pause })),
  block: (dice, cast) => befalling(dice, cast, 4, (block) => ({ block })),
  partition: (dice, cast) => Array.from({ length: dice.between(1, 2) }, () => {
    const everybody = [...cast.core, ...cast.others];
    return { ...span(dice, cast), partition: [dice.some(everybody, dice.between(1, Math.max(1, everybody.length - 1))), "rest"] };
  }),
  isolation: (dice, { others, until }) => (others.length === 0 ? [] : [{ at: seconds(dice.between(1, until)), partition: [others, "rest"] }]),
  cut: (dice, cast) => befalling(dice, cast, 3, (from) => ({ cut: { from, to: "rest" } })).map((entry) => (dice.isLucky(40) ? { ...entry, bothWays: true } : entry)),
  loss: (dice, cast) => befalling(dice, cast, 3, (members) => ({ impair: { members, direction: dice.oneOf(["in", "out", "both"]), loss: loss(dice) } })),
  storm: (dice, cast) => [{ ...span(dice, cast), impair: { from: "all", to: "all", loss: loss(dice), duplicate: "20%" } }],
  delay: (dice, cast) => befalling(dice, cast, 3, (members) => ({ impair: { members, direction: dice.oneOf(["in", "out", "both"]), delay: { uniform: ["0s", `${dice.oneOf([200, 900, 4_000])}ms`] } } })),
  join: (dice, { late, until }) => late.map((join) => ({ at: seconds(dice.between(1, until - 1)), join })),
  flapping: (dice, { core, until }) => [{ at: "2s", every: "12s", until: seconds(until - 8), pause: dice.some(core, dice.between(1, 2)), for: `${dice.between(2, 8)}s` }],
  update: (dice, { core, until }) => Array.from({ length: dice.between(1, 3) }, (_, nth) => ({ at: seconds(dice.between(1, until)), update: { members: dice.oneOf(core), meta: `meta ${nth}` } })),
  broadcast: (dice, { core, until }) => [{ at: seconds(dice.between(1, until)), broadcast: { members: dice.oneOf(core), payload: "word {n}" } }],
};

/** Who says goodbye lingers for five seconds at most, and only then can start again. */
const laterThanLingering = (written: unknown): string => seconds(Math.max(6, Number.parseInt(String(written), 10)));
