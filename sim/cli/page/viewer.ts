/** Links into the viewer: an experiment and one of its runs, in the form in which the viewer's own links carry them. */

import { deflateRawSync } from "node:zlib";

/** Where `npm run viz` serves it, unless it is told otherwise. */
export const USUAL_VIEWER = "http://localhost:5173/";

/** What a link carries besides the run: `viz/model/link.ts` reads it. */
export type Carried = { readonly file: string; readonly text: string; readonly seed: string };

/** The fragment of an address that has the viewer play this run. */
export const fragmentOf = (carried: Carried, run: number): string =>
  `#x=${deflateRawSync(JSON.stringify([{ ...carried, run }])).toString("base64url")}`;
