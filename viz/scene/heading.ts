/** What stands above the group in words, a line each: how many there are, and which faults are in force. */

import { faultText } from "../model/fault.ts";
import type { GroupPicture } from "../model/picture.ts";
import type { FaultFact } from "../model/run.ts";
import type { Mark } from "./mark.ts";

/** The first line's base, and how far it is to the next. */
const [FIRST, LINE] = [18, 15];

type Line = Pick<Mark, "look"> & { readonly text: string };

/** The lines that there are, one below the other. */
export const headingMarks = (lines: readonly Line[]): readonly Mark[] => lines.map(({ look, text }, row) => ({ kind: "text", look, x: 10, y: FIRST + LINE * row, text, anchor: "start" }));

/** How many there are, how many run, and how many agree. */
export function countLine({ count, running, agreeing, isSketch }: GroupPicture): Line {
  const words = (number: number): string => number.toLocaleString("en");
  return { look: "count", text: `${words(count)} members, ${words(running)} running, ${words(agreeing)} of these with a true view${isSketch ? ", as announced" : ""}` };
}

/** Faults by their names, so many at most; the last line says how many more there are. */
export const faultLines = (faults: readonly FaultFact[], most: number): readonly Line[] => faults.slice(0, most).map((fault, row): Line =>
  ({ look: "wall-name", text: `${faultText(fault)}${row === most - 1 && faults.length > most ? `, and ${faults.length - most} more` : ""}` }));
