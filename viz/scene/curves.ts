/** Curves of the time line: the group's agreement, and the number of messages. */

import { area, line, type ScaleLinear } from "d3";
import type { Curves } from "../model/run.ts";
import { round } from "./layout.ts";
import type { Mark } from "./mark.ts";

type Frame = { readonly x: ScaleLinear<number, number>; readonly top: number; readonly low: number };
type Span = { readonly from: number; readonly to: number };

/** A column's values with their moments, within the span: the last before and the first after are moved to its edges. */
function within({ begins, part }: Curves, column: Float32Array, { from, to }: Span): readonly (readonly [at: number, value: number])[] {
  const first = Math.max(0, Math.floor((from - begins) / part - 0.5));
  const last = Math.min(column.length - 1, Math.ceil((to - begins) / part - 0.5));
  const all = Array.from(column.subarray(first, last + 1), (value, n): readonly [number, number] => [Math.max(from, Math.min(to, begins + (first + n + 0.5) * part)), value]);
  // Of equal consecutive values, the two ends suffice.
  return all.filter(([, value], n) => value !== all[n - 1]?.[1] || value !== all[n + 1]?.[1]);
}

/** The share of running members that agree with the truth: 1 is at the top. */
export function agreementCurve(curves: Curves, { x, top, low }: Frame, span: Span, look: string): readonly Mark[] {
  const points = within(curves, curves.agreement, span);
  const d = line<readonly [number, number]>().x(([at]) => round(x(at))).y(([, share]) => round(low - share * (low - top - 2)))(points);
  return d === null ? [] : [{ kind: "path", look, d, title: "the share of running members whose view is true" }];
}

/** Messages sent, in the lower half; the busiest part of the run has its full height. */
export function loadCurve(curves: Curves, { x, top, low }: Frame, span: Span): readonly Mark[] {
  const most = curves.messages.reduce((one, other) => Math.max(one, other), 1);
  const points = within(curves, curves.messages, span);
  const d = area<readonly [number, number]>().x(([at]) => round(x(at))).y0(low).y1(([, count]) => round(low - (count / most) * 0.45 * (low - top)))(points);
  return d === null ? [] : [{ kind: "path", look: "load-curve", d, title: "messages sent" }];
}
