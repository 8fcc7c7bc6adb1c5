/** How a process is started that is measured by itself. */

/** One core: so the collector of garbage gets no thread of its own. And a young generation as large as the command gives its workers, or nearly. */
export const ONE_CORE: readonly string[] = ["--single-threaded-gc", "--max-semi-space-size=64"];
