/** A worker's first words. Up to Node.js 22 a thread can't read TypeScript, whatever its parent can: it has to be taught first. */

import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
