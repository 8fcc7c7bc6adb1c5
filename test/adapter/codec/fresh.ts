/** A seed that is another in every run, for tests that look where nobody has looked before: each says it where it fails, and `HOSTILE_SEED` repeats it. */

import { randomInt } from "node:crypto";

const given = process.env["HOSTILE_SEED"];

export const fresh: number = given === undefined ? randomInt(2 ** 31) : Number(given);
if (!Number.isInteger(fresh)) throw new Error(`HOSTILE_SEED is a whole number, not ${given}`);
