/** A word that may have been meant for a command. */

import { nearest } from "../scenario/nearest.ts";

/** The command of these names that somebody meant who wrote a word that is none. A path is never meant as one. */
export const nearCommand = (word: string, names: readonly string[]): string | undefined => (/^[a-z]+$/.test(word) ? nearest(word, names) : undefined);
