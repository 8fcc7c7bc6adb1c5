/** Programs that tests need and this machine may lack. */

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is installed; undefined if it is not. */
export const installed = (name: string): string | undefined => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)).find((path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
});
