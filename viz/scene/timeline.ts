/** The time line: faults as bands, outages and disruptions as marks, announcements, agreement and load as curves, an overview of the run below, and the cursor above all. */

import { scaleLinear, type ScaleLinear } from "d3";
import { NEVER } from "../../engine/index.ts";
import { faultNames, faultSentence } from "../model/fault.ts";
import type { RunFacts } from "../model/run.ts";
import { agreementCurve, loadCurve } from "./curves.ts";
import { round } from "./layout.ts";
import type { Mark, Scene, Size } from "./mark.ts";
import { secondsTicks } from "./ticks.ts";
import { saidMarks } from "./timeline-said.ts";
import type { SceneOf, SceneUi } from "./ui.ts";

/** Margins beside the plot, in pixels. */
export const TIMELINE_AROUND = { left: 12, right: 12 } as const;
const [TOP, AXIS, OVERVIEW, GAP] = [24, 18, 14, 5];

type Part = { readonly at: (instant: number) => number; readonly x: ScaleLinear<number, number>; readonly top: number; readonly low: number };

const ends = (width: number): readonly [number, number] => [TIMELINE_AROUND.left, Math.max(TIMELINE_AROUND.left + 1, width - TIMELINE_AROUND.right)];

function partOf(span: { readonly from: number; readonly to: number }, width: number, top: number, low: number): Part {
  const [left, right] = ends(width);
  const x = scaleLinear([span.from, span.to], [left, right]);
  return { x, top, low, at: (instant) => round(Math.max(left, Math.min(right, x(Math.min(instant, span.to))))) };
}

const wholeOf = (facts: RunFacts): { readonly from: number; readonly to: number } => ({ from: facts.begins, to: Math.max(facts.ends, facts.begins + 1) });

/** The top of the overview in a picture of this height. */
export const overviewTop = ({ height }: Size): number => height - OVERVIEW - 2;

/** The moment of the overview at a place. */
export function overviewMoment(facts: RunFacts, { width }: Size, x: number): number {
  const [left, right] = ends(width);
  const { from, to } = wholeOf(facts);
  return from + Math.max(0, Math.min(1, (x - left) / (right - left))) * (to - from);
}

export const timelineScene: SceneOf<RunFacts> = (facts, size, ui) => [...timelineGround(facts, size, ui), ...timelineCursor(facts, size, ui)];

/** Everything except the cursor: independent of the instant, so that it is made only once while time passes. */
export function timelineGround(facts: RunFacts, size: Size, ui: Pick<SceneUi, "span" | "beside" | "difference" | "selected">): Scene {
  const { width } = size;
  const low = overviewTop(size) - GAP - AXIS;
  const main = partOf(ui.span, width, TOP, low);
  const [left, right] = ends(width);
  return [
    { kind: "rect", look: "timeline-ground", x: left, y: TOP, width: round(right - left), height: low - TOP },
    ...faultMarks(facts, main, ui.span), ...outageMarks(facts, main, ui),
    ...loadCurve(facts.curves, main, ui.span), ...agreementCurve(facts.curves, main, ui.span, "agreement-curve"),
    ...(ui.beside === null ? [] : agreementCurve(ui.beside.curves, main, ui.span, "agreement-curve beside")),
    ...saidMarks(facts, main, ui.span), ...disruptionMarks(facts, main, ui.span), ...tickMarks(main, width), ...differenceMarks(ui, main), ...overviewMarks(facts, size, ui.span),
  ];
}

/** The cursor, in the plot and in the overview. */
export function timelineCursor(facts: RunFacts, size: Size, ui: Pick<SceneUi, "span" | "at">): Scene {
  const low = overviewTop(size) - GAP - AXIS;
  const [main, whole] = [partOf(ui.span, size.width, TOP, low), partOf(wholeOf(facts), size.width, overviewTop(size), size.height - 2)];
  const isSeen = ui.at >= ui.span.from && ui.at <= ui.span.to;
  return [
    ...(isSeen ? [{ kind: "line", look: "cursor", x1: main.at(ui.at), y1: 4, x2: main.at(ui.at), y2: low + 4 } as const] : []),
    { kind: "line", look: "cursor overview", x1: whole.at(ui.at), y1: whole.top, x2: whole.at(ui.at), y2: whole.low },
  ];
}

type Span = SceneUi["span"];
const overlaps = (span: Span, since: number, until: number): boolean => since <= span.to && until >= span.from;

function faultMarks({ faults }: RunFacts, { at, top, low }: Part, span: Span): readonly Mark[] {
  // Names of faults that begin together are placed below one another.
  let [last, row] = [-Infinity, 0];
  return faults.filter(({ since, until }) => overlaps(span, since, until)).flatMap((fault): Mark[] => {
    const { kind, since, until } = fault;
    const [x, end] = [at(since), at(until === NEVER ? span.to : until)];
    row = x - last < 70 ? row + 1 : 0;
    if (row === 0) last = x;
    return [
      { kind: "rect", look: `fault-band ${kind}`, x, y: top, width: round(Math.max(1, end - x)), height: low - top, title: faultSentence(fault) },
      ...(row < 3 ? [{ kind: "text", look: "fault-name", x: x + 3, y: top + 11 + 12 * row, text: faultNames[kind], anchor: "start" } as const] : []),
    ];
  });
}

/** When the selected member did not run; for all members this would be unreadable. */
function outageMarks({ outages, members }: RunFacts, { at, low }: Part, { selected, span }: Pick<SceneUi, "selected" | "span">): readonly Mark[] {
  return outages.filter(({ who, since, until }) => who === selected.member && overlaps(span, since, until)).map(({ who, since, until }): Mark =>
    ({ kind: "rect", look: "outage-band", x: at(since), y: low - 4, width: round(Math.max(2, at(until === NEVER ? span.to : until) - at(since))), height: 4, title: `${members[who]?.id ?? ""} does not run` }));
}

function disruptionMarks({ disruptions }: RunFacts, { at }: Part, span: Span): readonly Mark[] {
  const seen = new Set<number>();
  return disruptions.flatMap(({ at: when, action, line, members }): Mark[] => {
    if (when < span.from || when > span.to || seen.has(Math.round(at(when)))) return [];
    seen.add(Math.round(at(when)));
    return [{ kind: "glyph", glyph: "flag", look: `disruption ${action}`, x: at(when), y: 14, size: 6, hit: { kind: "line", line, at: when }, title: `${action} (${members.length})` }];
  });
}

function tickMarks({ x, at, low }: Part, width: number): readonly Mark[] {
  return secondsTicks(x, width / 110).flatMap(({ at: tick, text }): Mark[] => [
    { kind: "line", look: "tick", x1: at(tick), y1: low, x2: at(tick), y2: low + 4 },
    { kind: "text", look: "tick-label", x: Math.max(22, Math.min(width - 22, at(tick))), y: low + 15, text, anchor: "middle" },
  ]);
}

function differenceMarks({ difference, span }: Pick<SceneUi, "difference" | "span">, { at, low }: Part): readonly Mark[] {
  if (difference === null || difference < span.from || difference > span.to) return [];
  const x = at(difference);
  return [
    { kind: "line", look: "difference", x1: x, y1: 4, x2: x, y2: low, hit: { kind: "instant", at: difference }, title: "the first difference between the two runs" },
    { kind: "text", look: "difference-label", x: x + 4, y: 12, text: "first difference", anchor: "start" },
  ];
}

/** The whole run: its faults, the group's agreement, and which part of it is shown above. */
function overviewMarks(facts: RunFacts, size: Size, span: Span): readonly Mark[] {
  const whole = wholeOf(facts);
  const part = partOf(whole, size.width, overviewTop(size), size.height - 2);
  const { at, top, low } = part;
  const isZoomed = span.from > whole.from || span.to < whole.to;
  return [
    { kind: "rect", look: "timeline-ground overview", x: at(whole.from), y: top, width: round(at(whole.to) - at(whole.from)), height: low - top },
    ...facts.faults.map(({ kind, since, until }): Mark => ({ kind: "rect", look: `fault-band ${kind}`, x: at(since), y: top, width: round(Math.max(1, at(Math.min(until, whole.to)) - at(since))), height: low - top })),
    ...agreementCurve(facts.curves, { ...part, top: top + 1, low: low - 1 }, whole, "agreement-curve overview"),
    ...(isZoomed ? [{ kind: "rect", look: "overview-window", x: at(span.from), y: top, width: round(Math.max(3, at(span.to) - at(span.from))), height: low - top, title: "the visible range" } as const] : []),
  ];
}
