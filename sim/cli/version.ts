/** The version of this swimlab. */

import { createRequire } from "node:module";

/** From the package that this file belongs to, whether it runs from source or built. */
export function version(): string {
  const about: unknown = createRequire(import.meta.url)("swimlab/package.json");
  return typeof about === "object" && about !== null && "version" in about ? String(about.version) : "unknown";
}
