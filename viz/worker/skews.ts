/** How far members' own clocks differ from the run's, as far as their steps show it: nearly always not at all. */

import type { LineNumber, MemberNumber } from "../model/run.ts";

type Skew = { readonly line: LineNumber; readonly ahead: number };

export class Skews {
  private readonly changes = new Map<MemberNumber, Skew[]>();

  /** In this line, a member's clock was this many microseconds ahead. */
  saw(line: LineNumber, who: MemberNumber, ahead: number): void {
    const changes = this.changes.get(who);
    if ((changes?.at(-1)?.ahead ?? 0) === ahead) return;
    if (changes === undefined) this.changes.set(who, [{ line, ahead }]);
    else changes.push({ line, ahead });
  }

  /** By how much a member's clock was ahead when this many lines had happened. Its moments are later than the run's by that much. */
  aheadOf(who: MemberNumber, lines: number): number {
    return this.changes.get(who)?.findLast(({ line }) => line < lines)?.ahead ?? 0;
  }
}
