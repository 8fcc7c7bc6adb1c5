/** A link to the viewer: the scenario itself, deflated, and the place in it to look at. viz/README.md documents its parts; a test checks that the viewer reads it. */

import { deflateRawSync } from "node:zlib";
import type { Instant, MemberId } from "../../../engine/index.ts";

/** What the link opens: a scenario's text, the number of the run, a moment, and the selected member. */
export type Place = { readonly text: string; readonly run: number; readonly at: Instant; readonly who: MemberId };

/** Where `npm run viz` serves the page, unless the port is taken: then it says so. */
const VIEWER = "http://localhost:5173/";

/** The whole address. */
export function linkTo({ text, run, at, who }: Place): string {
  const experiment = { file: "shrunk.yaml", text, ...(run === 0 ? {} : { run }) };
  const letters = deflateRawSync(JSON.stringify([experiment])).toString("base64url");
  return `${VIEWER}#${new URLSearchParams({ x: letters, t: String(at / 1e6), member: who }).toString()}`;
}
