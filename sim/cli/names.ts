/** Suggests a command for a mistyped word. */

import { nearest } from "../scenario/nearest.ts";

/** The command that was probably meant by an unknown word. A path is never meant as one. */
export const nearCommand = (word: string, names: readonly string[]): string | undefined => (/^[a-z]+$/.test(word) ? nearest(word, names) : undefined);
