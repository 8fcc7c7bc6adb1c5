/** Random trouble: some families of faults, each with its own strength; trouble of the core ends, that of the others may last. */

import type { Written } from "../scenario/write.ts";
import type { Dice } from "./dice.ts";

/** The members, and how long trouble lasts. */
export type Cast = {
  /** Members whose trouble ends in any case. */
  readonly core: readonly string[];
  /** Members that may stay in trouble. */
  readonly others: readonly string[];
  /** Members that are absent at first. */
  readonly late: readonly string[];
  /** Members that may replace one that is gone. */
  readonly newcomers: readonly string[];
  /** May members come back at another address? */
  readonly mayMove: boolean;
  /** When trouble ends, in seconds. */
  readonly until: number;
};

/** Entries of a timeline, in any order. */
export type Draw = (dice: Dice, cast: Cast) => readonly Written[];

const seconds = (count: number): string => `${count}s`;

/** When something begins, and how long it lasts so that it ends in time. */
export const span = (dice: Dice, { until }: Cast): { readonly at: string; readonly for: string } => {
  const at = dice.between(1, until - 3);
  return { at: seconds(at), for: seconds(dice.between(1, Math.max(1, Math.min(40, until - 1 - at)))) };
};

/** A fault for one or several of the members, up to `most` times: it ends, except that it may stay for the others. */
export const befalling = (dice: Dice, cast: Cast, most: number, make: (who: readonly string[]) => Written): readonly Written[] =>
  Array.from({ length: dice.between(1, most) }, () => {
    const { at, for: lasts } = span(dice, cast);
    const stays = cast.others.length > 0 && dice.isLucky(35);
    const pool = stays ? cast.others : [...cast.core, ...cast.others];
    const who = dice.some(pool, dice.between(1, Math.max(1, Math.ceil(pool.length / 4))));
    return { at, ...make(who), ...(stays ? {} : { for: lasts }) };
  });

/**
 * A new address or a kept incarnation, never both; and no moves if lives are numbered but names of the dead are never given away: test/bugs has the known problems of that
 * (moved-in-the-same-life, address-of-an-earlier-life), which would hide unknown ones.
 */
export const restarting = (dice: Dice, { mayMove }: Cast): Written => (dice.isLucky(20) && mayMove ? { address: "new" } : dice.isLucky(50) ? { incarnation: "kept" } : {});

const loss = (dice: Dice): string => `${dice.oneOf([5, 20, 50, 80, 100])}%`;

/** All families of faults. A coin decides for each whether a world has it: a fault that is always present would hide what others alone would show. */
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

/** A leaving member lingers for five seconds at most, and can start again only then. */
const laterThanLingering = (written: unknown): string => seconds(Math.max(6, Number.parseInt(String(written), 10)));
