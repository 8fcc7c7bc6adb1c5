/** The text above the group, one line each: how many members there are, and which faults are in force. */

import { faultText } from "../model/fault.ts";
import type { GroupPicture } from "../model/picture.ts";
import type { FaultFact } from "../model/run.ts";
import type { Mark } from "./mark.ts";

/** The baseline of the first line, and the distance to the next. */
const [FIRST, LINE] = [18, 15];

type Line = Pick<Mark, "look"> & { readonly text: string };

/** The lines, one below the other. */
export const headingMarks = (lines: readonly Line[]): readonly Mark[] => lines.map(({ look, text }, row) => ({ kind: "text", look, x: 10, y: FIRST + LINE * row, text, anchor: "start" }));

/** How many members there are, how many run, and how many agree. */
export function countLine({ count, running, agreeing, isSketch }: GroupPicture): Line {
  const words = (number: number): string => number.toLocaleString("en");
  return { look: "count", text: `${words(count)} members, ${words(running)} running, ${words(agreeing)} of these with a true view${isSketch ? ", as announced" : ""}` };
}

/** The names of at most this many faults; the last line counts the others. */
export const faultLines = (faults: readonly FaultFact[], most: number): readonly Line[] => faults.slice(0, most).map((fault, row): Line =>
  ({ look: "wall-name", text: `${faultText(fault)}${row === most - 1 && faults.length > most ? `, and ${faults.length - most} more` : ""}` }));
