/** A scenario's source as the plain values that it was written in. */

import { parse } from "yaml";
import type { Written } from "../scenario/write.ts";

/** What the compiler handed back as the source of a scenario that compiles. Seeds stay texts: a long one would lose its last digits as a number. */
export const writtenOf = (source: string): Written => parse(source, { intAsBigInt: false }) as Written;
