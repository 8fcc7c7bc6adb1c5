/** The whole scenario as people write it: the single source of its checks and of its JSON Schema. */

import { z } from "zod";
import { config, preset } from "./config.ts";
import { members } from "./member.ts";
import { network } from "./network.ts";
import { filter } from "./selector.ts";
import { timeline } from "./timeline.ts";
import { until } from "./until.ts";
import { choice, list, mapping, seed, someLength, text, whole } from "./words.ts";

/** Each line of `expect:`, as a text; compile/expectation.ts parses it. */
const expectation = z.string("an expectation is a line such as convergence.p99 < 30s");

/** The keys of a scenario, one section each. */
export const sections = {
  extends: z
    .string("write the path of a file, relative to this one")
    .describe("Another scenario, by its path relative to this file, on which this one is based. Mappings are merged, anything else is replaced.")
    .optional(),
  name: text.describe("A word or a few, for reports and file names. By default the file's own name.").optional(),
  about: text.describe("What it shows, in a sentence or two.").optional(),
  seed: seed.describe("The seed of all randomness: the same seed, the same run. By default 1.").optional(),
  runs: whole(1, 1_000_000).describe("How many runs, each with its own seed derived from the seed. By default 1.").optional(),
  until: until.nullable().describe("Instead of runs: runs are repeated until a figure is known with this precision.").optional(),
  duration: someLength.describe("How long a run lasts, in simulated time."),
  start: choice(["warm", "cold"]).describe("Warm (the default): at the origin everybody knows everybody. Cold: all but the seeds join through the seeds.").optional(),
  preset: preset.optional(),
  config: config.optional(),
  members,
  seeds: filter.describe("Members through which newcomers join, besides those with seed: yes.").optional(),
  network: network.optional(),
  timeline: timeline.optional(),
  expect: list(expectation)
    .describe("The expected results: convergence.p99 < 30s, falsePositives.count == 0, disruptions[1].convergence.max <= 60s.")
    .optional(),
};

export const scenario = mapping(sections).describe("An experiment with swimlab.");
