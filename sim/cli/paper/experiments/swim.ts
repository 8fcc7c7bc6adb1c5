/** What all experiments of the SWIM paper have in common: its §5's parameters, and a place to name them once. */

import { presets, type Config } from "../../../../engine/index.ts";

export const SWIM_PAPER = "Das, Gupta, Motivala: SWIM, DSN 2002";

/** Its third variant, with suspicion. */
export const swim: Config = presets["swim-inf-susp"];

/** One protocol period, in microseconds. */
export const PERIOD: number = swim.periodEvery;

/** Nobody ever dies of a suspicion: what is left is the failure detector. */
export const nobodyDies: Partial<Config> = { suspicionMult: 1_000_000 };

/** For tables that have a line for each size. */
export const sizeName = (n: number): string => `${n} members`;
