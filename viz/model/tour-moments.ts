/** Finds a tour step's moments in the run that was played for it, by what happens, one after the other. */

import type { LineRow } from "./detail.ts";
import type { TourStep } from "./tour.ts";

/** Queries on the run: the first matching line from one on, in either direction; and a line as text. */
export type Asking = {
  readonly find: (from: number, direction: 1 | -1, filter: string) => Promise<number | null>;
  readonly row: (line: number) => Promise<LineRow | null>;
  readonly lines: number;
};

/** The line of each moment, in order; null for one that does not happen. */
export async function momentsIn({ moments }: TourStep, { find, row, lines }: Asking): Promise<readonly (LineRow | null)[]> {
  const found: (LineRow | null)[] = [];
  let next = 0;
  for (const { filter, isLast } of moments) {
    const line = isLast === true ? await find(lines - 1, -1, filter) : await find(next, 1, filter);
    found.push(line === null ? null : await row(line));
    if (line !== null) next = line + 1;
  }
  return found;
}
