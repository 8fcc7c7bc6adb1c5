/** How a process is started that is measured by itself. */

import { oneCoreFor } from "../sim/cli/memory.ts";

/** One core: so the collector of garbage gets no thread of its own. And the memory that the command gives a worker which plays a thousand members. */
export const ONE_CORE: readonly string[] = oneCoreFor(1_024);
