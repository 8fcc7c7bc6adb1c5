/** How measured processes are started. */

import { oneCoreFor } from "../sim/cli/memory.ts";

/** One core: the garbage collector gets no thread of its own. With the memory that the command gives a worker which plays a thousand members. */
export const ONE_CORE: readonly string[] = oneCoreFor(1_024);
