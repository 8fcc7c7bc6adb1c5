/** What all experiments of the SWIM paper share: the parameters of its §5. */

import { presets, type Config } from "../../../../engine/index.ts";

export const SWIM_PAPER = "Das, Gupta, Motivala: SWIM, DSN 2002";

/** Its third variant, with suspicion. */
export const swim: Config = presets["swim-inf-susp"];

/** One protocol period, in microseconds. */
export const PERIOD: number = swim.periodEvery;

/** No suspicion ever becomes a death: only the failure detector remains. */
export const nobodyDies: Partial<Config> = { suspicionMult: 1_000_000 };

/** For tables that have a line for each size. */
export const sizeName = (n: number): string => `${n} members`;
