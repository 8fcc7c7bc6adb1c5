/** The folder of the papers' results: the finished runs, and the report in its forms. */

import { KeptFolder } from "../../out/kept-folder.ts";

export const ROWS = "runs.ndjson";

export class PaperFolder extends KeptFolder {
  /** Prepares the folder for this process alone. Throws a Stop if it can't be written to, contains foreign files, or is in use. */
  constructor(path: string) {
    super(path, { ours: /^(?:runs\.ndjson|paper\.json|report\.txt|index\.html)$/, foreign: "not a result of npm run paper" });
  }
}
