/** Parses a scenario's source back to the plain values in which it was written. */

import { parse } from "yaml";
import type { Written } from "../scenario/write.ts";

/** Parses the source that the compiler returned. Seeds stay texts: as a number, a long one would lose its last digits. */
export const writtenOf = (source: string): Written => parse(source, { intAsBigInt: false }) as Written;
