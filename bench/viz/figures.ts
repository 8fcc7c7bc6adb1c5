/** The viewer's figures: measured in a real Chromium, each measurement once for all figures that it gives. */

import type { Figure, Run } from "../report/figure.ts";
import type { FrameMeasurement, LongMeasurement, ScrubMeasurement, SiteMeasurement } from "./measure.ts";

const known = new Map<string, unknown>();

/** The result of one measurement, in a process of its own. */
function measured<Measurement>(run: Run, what: string): Measurement {
  if (!known.has(what)) known.set(what, JSON.parse(run(["node", "--max-old-space-size=8000", "--import", "tsx", "bench/viz/measure.ts", what])));
  return known.get(what) as Measurement;
}

/** `aimed at` if the machine decides: whether it has hardware rendering, and what else it does. */
type Kept = "promised" | "aimed at";

function figure<Measurement>(what: string, name: string, unit: string, budget: number, kept: Kept, valueOf: (measurement: Measurement) => number, isFloor = false): Figure {
  return {
    room: "viz", name, unit, budget, budgetRatio: null, ...(kept === "aimed at" ? { onDemand: true } : {}), ...(isFloor ? { isFloor: true } : {}),
    measure: (run) => ({ value: valueOf(measured<Measurement>(run, what)), ratio: null }),
  };
}

export const vizFigures: readonly Figure[] = [
  figure<SiteMeasurement>("site", "viewer: the site, compressed", "kB", 400, "promised", ({ kilobytes }) => kilobytes),
  figure<SiteMeasurement>("site", "viewer: first paint", "ms", 1000, "aimed at", ({ firstPaint }) => firstPaint),
  figure<FrameMeasurement>("1000", "viewer: 1,000 members and all messages, median", "frames / s", 50, "aimed at", ({ framesPerSecond }) => framesPerSecond, true),
  figure<FrameMeasurement>("1000", "viewer: 1,000 members, the longest frame", "ms", 50, "aimed at", ({ longest }) => longest),
  figure<FrameMeasurement>("1000", "viewer: 1,000 members, work of the page a frame", "ms of CPU", 20, "aimed at", ({ work }) => work),
  figure<FrameMeasurement>("10000", "viewer: 10,000 members, median", "frames / s", 25, "aimed at", ({ framesPerSecond }) => framesPerSecond, true),
  figure<FrameMeasurement>("10000", "viewer: 10,000 members, work of the page a frame", "ms of CPU", 40, "aimed at", ({ work }) => work),
  figure<ScrubMeasurement>("100000", "viewer: 100,000 members dragged through, median", "frames / s", 10, "aimed at", ({ framesPerSecond }) => framesPerSecond, true),
  figure<ScrubMeasurement>("100000", "viewer: 100,000 members, the picture follows in", "ms", 500, "aimed at", ({ picture }) => picture),
  figure<LongMeasurement>("long", "viewer: 5 million lines, first picture", "ms", 1500, "aimed at", ({ firstPicture }) => firstPicture),
  figure<LongMeasurement>("long", "viewer: 5 million lines, any seek, median", "ms", 150, "aimed at", ({ p50 }) => p50),
  figure<LongMeasurement>("long", "viewer: 5 million lines, any seek, p99", "ms", 400, "aimed at", ({ p99 }) => p99),
  figure<LongMeasurement>("long", "viewer: 5 million lines, memory of the page", "MiB", 1024, "aimed at", ({ mebibytes }) => mebibytes),
];
