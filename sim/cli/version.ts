/** Which swimlab this is. */

import { createRequire } from "node:module";

/** As the package says that we belong to, whether we run as it is written or as it was built. */
export function version(): string {
  const about: unknown = createRequire(import.meta.url)("swimlab/package.json");
  return typeof about === "object" && about !== null && "version" in about ? String(about.version) : "unknown";
}
