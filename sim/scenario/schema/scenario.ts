/** The whole scenario as people write it: the one source of its checks and of its JSON Schema. */

import { z } from "zod";
import { config, preset } from "./config.ts";
import { members } from "./member.ts";
import { network } from "./network.ts";
import { filter } from "./selector.ts";
import { timeline } from "./timeline.ts";
import { until } from "./until.ts";
import { choice, list, mapping, seed, someLength, text, whole } from "./words.ts";

/** Each line of `expect:`, as a text; what it may say, compile/expectation.ts decides. */
const expectation = z.string("an expectation is a line such as convergence.p99 < 30s");

/** The keys of a scenario, one section each. */
export const sections = {
  extends: z
    .string("write the path of a file, from where this one is")
    .describe("Another scenario, by its path from here: this one is laid over it. Mappings merge, anything else replaces.")
    .optional(),
  name: text.describe("One word or a few, for reports and file names. The file's own name unless given.").optional(),
  about: text.describe("What it shows, in a sentence or two.").optional(),
  seed: seed.describe("Where all chance comes from: the same seed, the same run. 1 unless given.").optional(),
  runs: whole(1, 1_000_000).describe("How many runs, each with a seed of its own made from the seed. 1 unless given.").optional(),
  until: until.nullable().describe("Instead of runs: runs are repeated until a figure is known so precisely.").optional(),
  duration: someLength.describe("How long a run lasts, in its own time."),
  start: choice(["warm", "cold"]).describe("Warm (the default): at the origin everybody knows everybody. Cold: all but the seeds join through the seeds.").optional(),
  preset: preset.optional(),
  config: config.optional(),
  members,
  seeds: filter.describe("Through whom newcomers join, besides the members that say seed: yes.").optional(),
  network: network.optional(),
  timeline: timeline.optional(),
  expect: list(expectation)
    .describe("What should come out: convergence.p99 < 30s, falsePositives.count == 0, disruptions[1].convergence.max <= 60s.")
    .optional(),
};

export const scenario = mapping(sections).describe("An experiment with swimlab.");
