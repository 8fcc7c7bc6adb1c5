/** Two runs on one cursor: asks where they first differ, once both are completely known. */

import type { Desk } from "./desk.ts";
import { latest } from "./latest.ts";
import { type PageState, runOf } from "./state.ts";

export function comparing(desk: Desk): (page: PageState) => void {
  let asked = "";
  const ask = latest(desk, "compare", (first, { one, other }) => desk.dispatch({ kind: "differed", difference: { one, other, first } }));
  return (page) => {
    const [one, other] = [runOf(page, page.shown), runOf(page, page.beside)];
    const key = one === undefined || other === undefined ? "" : `${one.id} ${one.isComplete} ${other.id} ${other.isComplete}`;
    if (key === asked) return;
    asked = key;
    if (page.difference !== null) desk.dispatch({ kind: "differed", difference: null });
    if (one?.isComplete === true && other?.isComplete === true) ask({ one: one.id, other: other.id });
  };
}
