/** Links to the viewer: an experiment and one of its runs, in the format of the viewer's own links. */

import { deflateRawSync } from "node:zlib";

/** The default address of `npm run viz`. */
export const USUAL_VIEWER = "http://localhost:5173/";

/** What a link contains besides the run: `viz/model/link.ts` reads it. */
export type Carried = { readonly file: string; readonly text: string; readonly seed: string };

/** The fragment of an address that makes the viewer play this run. */
export const fragmentOf = (carried: Carried, run: number): string =>
  `#x=${deflateRawSync(JSON.stringify([{ ...carried, run }])).toString("base64url")}`;
