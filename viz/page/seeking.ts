/** Seeks the next or previous line that matches a filter, in a run of any length. */

import { instant } from "../../engine/index.ts";
import type { Desk } from "./desk.ts";

/** Goes to the next or previous line that matches a filter: searches in portions, so that nothing else has to wait. */
export async function stepTo(desk: Desk, direction: 1 | -1, filter: string): Promise<void> {
  const { shown, clock } = desk.page();
  if (shown === null) return;
  desk.dispatch({ kind: "paused" });
  const here = clock.line ?? (await desk.ask("lineAt", { run: shown, at: clock.at }));
  // Backwards: if the cursor is between two lines, start at the line before it; if it is at a line, start at the one before that.
  const found = await findFrom(desk, shown, direction === 1 ? here + 1 : clock.line === null ? here : here - 1, direction, filter);
  if (found === null) return desk.dispatch({ kind: "noticed", notice: { kind: "info", text: `There is nothing ${direction === 1 ? "after" : "before"} the cursor that matches “${filter}”.` } });
  const [row] = await desk.ask("rows", { run: shown, lines: [found] });
  if (row === undefined || desk.page().shown !== shown) return undefined;
  const { at, line, who, received, sent } = row;
  desk.dispatch({ kind: "sought", at: instant(at), line, selection: { line, ...(who < 0 ? {} : { member: who }), message: received?.id ?? sent[0]?.id ?? null } });
  return undefined;
}

/** The first matching line from one on; null if there is none. */
export async function findFrom(desk: Desk, run: number, from: number, direction: 1 | -1, filter: string): Promise<number | null> {
  for (let next = from; ;) {
    const { lines, scanned, isEnd } = await desk.ask("search", { run, from: next, direction, most: 1, filter });
    if (lines[0] !== undefined) return lines[0];
    if (isEnd) return null;
    next = scanned;
  }
}
