/** The entry point of workers. Up to Node.js 22 a thread can't load TypeScript, even if its parent can: a loader has to be registered first. */

import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
