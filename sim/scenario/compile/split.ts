/** Partitions that draw their sides, and intermittent faults: whether what is written is possible, and what it means. */

import type { Action, Selector } from "../model.ts";
import { nearest } from "../nearest.ts";
import { showCount } from "../quantity.ts";
import type { WrittenSelector } from "../schema/selector.ts";
import type { WrittenPartition } from "../schema/split.ts";
import type { WrittenEntry } from "../schema/timeline.ts";
import type { Crossing, Shape, Split } from "../split.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { latencyOf } from "./latency.ts";
import { howMany, selectorOf } from "./selector.ts";

type Drawn = Exclude<WrittenPartition, readonly unknown[]>;
type SidesOf = (sides: readonly WrittenSelector[], path: Path) => readonly Selector[];

const shapes = ["sides", "ways", "isolate", "ring", "bridge", "by"] as const;

/** A partition that is defined by how its sides are drawn. */
export function drawnPartitionOf(written: Drawn, sidesOf: SidesOf, path: Path, cast: Cast | undefined, report: Report): Action {
  const given = shapes.filter((shape) => written[shape] !== undefined);
  if (given.length === 0) report(path, `this parts nobody: write one of ${shapes.join(", ")}`);
  if (given.length > 1) report([...path, given[1]!], `${given.join(" and ")} can't be combined: write one of them`);
  if (given[0] === "ring" && written.direction !== undefined) report([...path, "direction"], "a ring has no direction: members that are too far apart reach each other in neither");
  const crossing = crossingOf(written, path, report);
  const split: Split = {
    ...(crossing === undefined ? {} : { crossing }),
    ...(written.direction === undefined || written.direction === "both" ? {} : { way: written.direction }),
  };
  if (written.sides !== undefined) return { kind: "partition", sides: sidesOf(written.sides, [...path, "sides"]), ...split };
  const shape = shapeOf(written, path, cast, report);
  const alone = written.isolate ?? written.bridge;
  const sides = alone === undefined ? [] : [selectorOf(alone, [...path, written.isolate === undefined ? "bridge" : "isolate"], cast, report)];
  if (cast !== undefined) checkRoom(shape, sides[0], path, cast, report);
  return { kind: "partition", sides, shape, ...split };
}

function shapeOf({ ways, isolate, ring, bridge, by }: Drawn, path: Path, cast: Cast | undefined, report: Report): Shape {
  if (ways !== undefined) return { kind: "ways", count: ways };
  if (isolate !== undefined) return { kind: "isolate" };
  if (bridge !== undefined) return { kind: "bridge" };
  if (by !== undefined) {
    if (cast !== undefined) checkTag(by, [...path, "by"], cast, report);
    return { kind: "tag", tag: by };
  }
  if (ring === false) report([...path, "ring"], "no does not part anybody: write yes, or another of " + shapes.join(", "));
  return { kind: "ring" };
}

function crossingOf({ mode = "drop", delay }: Drawn, path: Path, report: Report): Crossing | undefined {
  if (mode !== "slow" && delay !== undefined) report([...path, "delay"], `delay works only with mode: slow; this is ${mode}`);
  if (mode === "slow" && delay === undefined) report([...path, "mode"], "how slow? Write delay beside it, such as 500ms");
  if (mode === "jam") return { kind: "jam" };
  return mode === "slow" && delay !== undefined ? { kind: "slow", by: latencyOf(delay, [...path, "delay"], report) } : undefined;
}

/** The smallest ring in which each member reaches a majority that is not everybody. */
const SMALLEST_RING = 4;

function checkRoom(shape: Shape, chosen: Selector | undefined, path: Path, cast: Cast, report: Report): void {
  const there = cast.places.length;
  const members = `${showCount(there)} ${there === 1 ? "member" : "members"}`;
  if (shape.kind === "ways" && shape.count > there) report([...path, "ways"], `${showCount(shape.count)} sides of ${members}: some would be empty`);
  if (shape.kind === "ring" && there < SMALLEST_RING) report([...path, "ring"], `a ring needs ${SMALLEST_RING} members, and there are ${there}: of fewer, every majority is next to everybody`);
  const count = chosen === undefined ? 0 : chosen.kind === "count" ? chosen.count : chosen.kind === "names" ? chosen.names.length : 1;
  if (shape.kind === "isolate" && (chosen?.kind === "all" ? there < 2 : count === 0 || there < 2)) report([...path, "isolate"], "nobody is isolated here: write a number, a name, or all");
  const left = there - (chosen?.kind === "all" || chosen?.kind === "tag" ? howMany(chosen, cast) : count);
  if (shape.kind === "bridge" && left < 2) report([...path, "bridge"], `a bridge needs a member on each of its ends: ${members}, of whom ${showCount(there - left)} are the bridge, leave too few`);
}

function checkTag(tag: string, path: Path, cast: Cast, report: Report): void {
  const values = new Set(cast.places.flatMap(({ tags }) => (Object.hasOwn(tags, tag) ? [tags[tag]] : [])));
  if (values.size >= 2) return;
  const near = nearest(tag, new Set(cast.places.flatMap(({ tags }) => Object.keys(tags))));
  if (values.size === 1) report(path, `all who have the tag ${tag} have the same: there is only one side`);
  else report(path, `no member has the tag ${tag}${near === undefined || near === tag ? "" : `: did you mean "${near}"?`}`);
}

/** The same action, intermittent while it lasts, if the entry says so. */
export function withFlap(action: Action, { flap, for: lasts }: WrittenEntry, path: Path, report: Report): Action {
  if (flap === undefined) return action;
  if (action.kind !== "partition" && action.kind !== "cut" && action.kind !== "impair" && action.kind !== "clog") {
    report([...path, "flap"], "this can't come and go: flap works only with partition, cut, impair and clog");
    return action;
  }
  if (lasts === undefined) report([...path, "flap"], "until when does it come and go? Write for beside flap");
  const [on, off] = [latencyOf(flap.on, [...path, "flap", "on"], report), latencyOf(flap.off, [...path, "flap", "off"], report)];
  for (const [word, dwell] of [["on", on], ["off", off]] as const) {
    if (dwell.kind === "constant" && dwell.of === 0) report([...path, "flap", word], "0 is impossible: it would come and go without end at one instant");
  }
  return { ...action, flap: { on, off } };
}
