/** Reduces faults of members: churn is written out line by line, so that lines can go; slow machines get less slow, clocks more accurate, recorded churn shorter. */

import { micros } from "../../engine/index.ts";
import { readLength, type Scenario, showLength } from "../scenario/index.ts";
import { readDrift } from "../scenario/rate.ts";
import { spelt } from "../scenario/spell.ts";
import type { Written, WrittenValue } from "../scenario/write.ts";
import { withChurn } from "../world/churn.ts";
import { isList, isMapping, linesOf } from "./cast.ts";
import { minimise } from "./minimise.ts";

/** The same scenario with the departures and returns of this run instead of its churn; undefined if it has none. */
export function writtenOut(written: Written, scenario: Scenario, run: number): Written | undefined {
  const isDrawn = (line: Written): boolean => isMapping(line["churn"]) && line["churn"]["events"] === undefined;
  if (!linesOf(written).some(isDrawn)) return undefined;
  const all = withChurn(scenario, `${scenario.seed}/${run}`).timeline;
  const drawn = spelt({ ...scenario, timeline: all.slice(scenario.timeline.length) });
  if (drawn === undefined) return undefined;
  return { ...written, timeline: [...linesOf(written).filter((line) => !isDrawn(line)), ...linesOf(drawn)] };
}

/** Minimises the lines of each recorded churn. `take` keeps a candidate if it still fails. */
export function shorterRecords(written: () => Written, take: (candidate: Written) => boolean, isTimeUp: () => boolean): void {
  linesOf(written()).forEach((_, place) => {
    const churn = linesOf(written())[place]?.["churn"];
    const events = isMapping(churn) ? churn["events"] : undefined;
    if (!isList(events)) return;
    minimise(events, (kept) => take(withLine(written(), place, { ...linesOf(written())[place], churn: { events: kept } })), isTimeUp, 1);
  });
}

/** Weaker versions of a line: shorter times of slow machines, smaller drifts and steps of clocks, shorter recorded and drawn churn. The boldest first. */
export function lesser(line: Written): readonly Written[] {
  const { slow, clock } = line;
  const less: Written[] = [];
  if (isMapping(slow)) {
    const length = readLength(slow["takes"]);
    if (!length.ok) less.push({ ...line, slow: { ...slow, takes: "100ms" } });
    else if (length.value >= FINEST) less.push({ ...line, slow: { ...slow, takes: showLength(micros(Math.round(length.value / 2))) } });
    if (slow["alarms"] !== undefined) less.push({ ...line, slow: without(slow, "alarms") });
  }
  if (isMapping(clock)) {
    const count = Object.keys(clock).length;
    for (const key of ["rate", "step", "wall"]) if (clock[key] !== undefined && count > 2) less.push({ ...line, clock: without(clock, key) });
    const drift = readDrift(clock["rate"]);
    if (drift.ok && Math.abs(drift.value) >= COARSEST_DRIFT) less.push({ ...line, clock: { ...clock, rate: `${Math.trunc(drift.value / 2)}ppm` } });
    const step = readLength(clock["step"]);
    if (step.ok && step.value >= 2 * SECOND) less.push({ ...line, clock: { ...clock, step: showLength(micros(Math.round(step.value / 2 / SECOND) * SECOND)) } });
  }
  return less;
}

const SECOND = 1_000_000;
/** Lengths and drifts below this are not reduced further. */
const FINEST = 20_000;
const COARSEST_DRIFT = 1_000;

const without = (written: Written, key: string): Written => Object.fromEntries(Object.entries(written).filter(([name]) => name !== key));

/** The same with another line at this place. */
export const withLine = (written: Written, place: number, line: WrittenValue): Written => ({ ...written, timeline: linesOf(written).map((other, nth) => (nth === place ? line : other)) });
