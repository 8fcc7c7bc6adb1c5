/** Words for machines: clocks, buffers, and rates of events. */

import { z } from "zod";
import type { Reading } from "../quantity.ts";
import { driftPattern, ratePattern, readDrift, readRate, readShift, readSize, shiftPattern, sizePattern } from "../rate.ts";
import { length, mapping, whole } from "./words.ts";

/** A text, or a number, that one of our readers parses. */
const word = (read: (written: unknown) => Reading<number>, pattern: string, examples: readonly string[]): z.ZodType<number, string | number> =>
  z.union([z.string().meta({ pattern, examples: [...examples] }), z.number()], { error: ({ input }) => whyNot(read(input)) })
    .transform((written, context): number => {
      const reading = read(written);
      if (reading.ok) return reading.value;
      context.addIssue(reading.why);
      return z.NEVER;
    });

/** Why something can't be read; empty if it can. */
export const whyNot = (reading: Reading<number>): string => (reading.ok ? "" : reading.why);

/** A frequency, as a number per hour. */
export const rate = word(readRate, ratePattern, ["6/h", "0.5/s"]);
const drift = word(readDrift, driftPattern, ["2%", "-200ppm"]);
/** A length of time, positive or negative. */
export const shift = word(readShift, shiftPattern, ["1h", "-30s"]);
/** Clock drifts in parts per million: one value, or the least and the greatest. */
export const drifts = z.union([drift, z.tuple([drift, drift], "write the smallest and the largest: [-100ppm, 100ppm]")], { error: ({ input }) => whyNot(readDrift(input)) });

/** A member's clock, in `members:`. */
export const ticking = mapping({
  rate: drifts.describe("How much faster it runs than true time: 2%, -200ppm, or drawn for each between two: [-100ppm, 100ppm].").optional(),
  offset: z.union([length, z.tuple([length, length], "write the smallest and the largest: [0s, 1h]")], { error: ({ input }) => whyNot(readShift(input)) })
    .describe("How far ahead it is at the origin, or drawn for each between two: [0s, 1h].").optional(),
});

/** `receiveBuffer:` in `network:`. */
export const room = mapping({
  packets: whole(1, 1_000_000).describe("At most this many datagrams.").optional(),
  bytes: word(readSize, sizePattern, ["208KiB"]).describe("At most this many bytes of datagrams: a number, or a size such as 208KiB.").optional(),
});
