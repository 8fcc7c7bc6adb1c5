/** How long something takes: a length, or a distribution of lengths. */

import { z } from "zod";
import { above, length, list, mapping, share, someLength } from "./words.ts";
import { readLength } from "../quantity.ts";

const uniform = z.tuple([length, length], "write the smallest and the largest: [0.5ms, 1.5ms]").describe("Uniform between the two: [0.5ms, 1.5ms].");
const points = list(z.tuple([share, length], "write a share and a latency: [50%, 2ms]"), 2).describe(
  "Straight lines between measured points (share of packets at most this late, latency): [[0%, 1ms], [50%, 2ms], [100%, 90ms]].",
);

const kinds = {
  constant: length.describe("Always the same.").optional(),
  uniform: uniform.optional(),
  normal: mapping({
    mean: length.describe("The mean."),
    deviation: length.describe("Its standard deviation."),
    min: length.describe("Never below this; by default 0.").optional(),
  })
    .describe("A normal distribution, cut off below min.")
    .optional(),
  lognormal: mapping({
    median: someLength.describe("The median: half of all are faster."),
    sigma: above(0).describe("The standard deviation of the logarithm: 0.5 is a mild tail, 1 a heavy one."),
  })
    .describe("A lognormal distribution: most are near the median, some far above.")
    .optional(),
  exponential: mapping({
    mean: someLength.describe("The mean of what is added to min."),
    min: length.describe("Never below this; by default 0.").optional(),
  })
    .describe("min plus an exponential distribution.")
    .optional(),
  pareto: mapping({
    min: someLength.describe("Never below this."),
    alpha: above(0).describe("P(longer than x) = (min / x)^alpha: the smaller, the heavier the tail."),
  })
    .describe("A power law: rare latencies are enormous.")
    .optional(),
  weibull: mapping({
    scale: someLength.describe("63% are below it."),
    shape: above(0).describe("1 is an exponential distribution; below 1, what has lasted long is likely to last longer."),
  })
    .describe("P(longer than x) = exp(-(x / scale)^shape): sessions of peers are often like that.")
    .optional(),
  empirical: points.optional(),
};

export type WrittenLatency = z.output<typeof latency>;

/** How long a datagram is under way. */
export const latency = z
  .union([length, mapping(kinds).meta({ minProperties: 1, maxProperties: 1 })], {
    // If it is not a mapping, it was meant to be a length: report what is wrong with it as a length.
    error: (issue) => {
      const reading = readLength(issue.input);
      return reading.ok ? "" : reading.why;
    },
  })
  .meta({
    id: "latency",
    description: "How long a datagram is under way, one way: a length, or a mapping with one key: uniform, normal, lognormal, exponential, pareto, weibull or empirical.",
  });
