/** One configuration for Vite and Vitest: where the tests live, and how they run. */
import { defineConfig } from "vitest/config";

/** It asks for what takes two minutes of real time, and begins before the first test of all: so it comes last. */
const last = "test/adapter/serf/two-minutes.test.ts";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    // Some tests begin with a compiler, or with processes: as long for them.
    hookTimeout: 60_000,
    pool: "threads",
    // Tests share nothing that changes, so neither need they be kept apart; and all cores may work.
    isolate: false,
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "swimlab", include: ["test/**/*.test.ts"], exclude: [last] } },
      // Of real time: its setup begins it beside all others, and only if it is among those that are asked for.
      { extends: true, test: { name: "two minutes", include: [last], globalSetup: "test/adapter/serf/begin-two-minutes.ts", sequence: { groupOrder: 1 } } },
    ],
  },
});
