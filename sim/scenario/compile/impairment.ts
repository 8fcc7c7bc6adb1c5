/** `impair:`: which packets suffer, and how. */

import type { Action, Selector } from "../model.ts";
import { harmful } from "../schema/harm.ts";
import type { WrittenEntry } from "../schema/timeline.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { harmsOf } from "./harm.ts";
import { latencyOf } from "./latency.ts";
import { selectorOf, sideOf } from "./selector.ts";

type Written = NonNullable<WrittenEntry["impair"]>;

/** The impairment. Undefined if it names no members, which has been reported by then. */
export function impairmentOf(written: Written, bothWays: boolean, path: Path, cast: Cast | undefined, report: Report): Action | undefined {
  const { members, direction, from, to, loss, duplicate, delay } = written;
  const harms = harmsOf(written, undefined, path, report);
  if (loss === undefined && duplicate === undefined && delay === undefined && harms === undefined) {
    report(path, `this impairs nothing: write loss, delay, duplicate, or one of ${Object.keys(harmful).join(", ")}`);
  }
  const late = delay === undefined ? null : latencyOf(delay, [...path, "delay"], report);
  const harm = { loss: loss ?? 0, duplicate: duplicate ?? 0, delay: late, ...(harms === undefined ? {} : { harms }) };
  if (members !== undefined) {
    if (from !== undefined || to !== undefined) {
      report([...path, from === undefined ? "to" : "from"], "members and from or to can't be combined: write members and direction, or from and to");
    }
    const chosen = selectorOf(members, [...path, "members"], cast, report);
    const everybody: Selector = { kind: "all" };
    if (direction === "in") return { kind: "impair", from: everybody, to: chosen, bothWays: false, ...harm };
    return { kind: "impair", from: chosen, to: everybody, bothWays: direction !== "out", ...harm };
  }
  if (direction !== undefined) report([...path, "direction"], "direction works only with members: from and to already have one");
  if (from === undefined || to === undefined) {
    report(path, "nobody is impaired: write members, or both from and to");
    return undefined;
  }
  return { kind: "impair", from: selectorOf(from, [...path, "from"], cast, report), to: sideOf(to, [...path, "to"], cast, report), bothWays, ...harm };
}
