/** One configuration for Vite and Vitest: where the tests live, and how they run. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // Some tests begin with a compiler, or with processes: as long for them.
    hookTimeout: 60_000,
    pool: "threads",
    // Tests share nothing that changes, so neither need they be kept apart; and all cores may work.
    isolate: false,
    maxWorkers: "100%",
  },
});
