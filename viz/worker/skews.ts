/** How far members' own clocks are from the run's, as far as their steps say: nearly always not at all. */

import type { LineNumber, MemberNumber } from "../model/run.ts";

type Skew = { readonly line: LineNumber; readonly ahead: number };

export class Skews {
  private readonly changes = new Map<MemberNumber, Skew[]>();

  /** A member's clock was so many microseconds ahead in this line. */
  saw(line: LineNumber, who: MemberNumber, ahead: number): void {
    const changes = this.changes.get(who);
    if ((changes?.at(-1)?.ahead ?? 0) === ahead) return;
    if (changes === undefined) this.changes.set(who, [{ line, ahead }]);
    else changes.push({ line, ahead });
  }

  /** By how much a member's clock was ahead when so many lines had happened. What it says of moments is that much later than the run has it. */
  aheadOf(who: MemberNumber, lines: number): number {
    return this.changes.get(who)?.findLast(({ line }) => line < lines)?.ahead ?? 0;
  }
}
