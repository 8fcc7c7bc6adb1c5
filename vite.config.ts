/** One configuration for Vite and Vitest: where the tests live, and how they run. */
import { defineConfig } from "vitest/config";

/** They ask for what takes minutes of real time, and begins before the first test of all: so they come last. */
const [twoMinutes, crash] = ["test/adapter/serf/two-minutes.test.ts", "test/bin/udp/crash.test.ts"];

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
      { extends: true, test: { name: "swimlab", include: ["test/**/*.test.ts"], exclude: [twoMinutes, crash] } },
      // Of real time: their setups begin it beside all others, and only if it is among what is asked for.
      { extends: true, test: { name: "two minutes", include: [twoMinutes], globalSetup: "test/adapter/serf/begin-two-minutes.ts", sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: "a crash for real", include: [crash], globalSetup: "test/bin/udp/begin-crash.ts", sequence: { groupOrder: 1 } } },
    ],
  },
});
