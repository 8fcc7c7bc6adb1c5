/** The names of the commands besides the one without a name, which plays a scenario. */

import { nearest } from "../scenario/nearest.ts";

const commandNames = ["check", "trace", "presets", "swarm", "shrink", "explore", "explain"] as const;

/** The command that somebody meant who wrote a word that is none. A path is never meant as one. */
export const nearCommand = (word: string): string | undefined => (/^[a-z]+$/.test(word) ? nearest(word, commandNames) : undefined);
