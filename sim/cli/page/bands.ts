/** Disruptions of the timeline behind a figure over time: a band for what has a beginning and an end, a line for a single moment, each with its letter. */

import { type Markish, rect, ruleX, text } from "@observablehq/plot";
import type { DisruptionSummary } from "../../measure/disruption.ts";
import { letter } from "../report/chart.ts";
import type { Clock } from "../report/wording.ts";
import type { Key } from "./figure.ts";

type Band = { readonly from: number; readonly to: number };

/** Letters closer together than this share of the figure's width are merged. */
const TOO_CLOSE = 0.02;

/** Marks for a figure whose x axis is time in the clock's unit. */
export function bandMarks(disruptions: readonly DisruptionSummary[], duration: number, { length }: Clock): readonly Markish[] {
  const bands = bandsOf(disruptions, duration).map(({ from, to }) => ({ from: from / length, to: to / length }));
  const moments = disruptions.map(({ at }) => at / length);
  return [
    rect(bands, { x1: "from", x2: "to", fill: "var(--band)" }),
    ruleX(moments, { stroke: "var(--faint)", strokeDasharray: "2 3" }),
    text(lettersOf(disruptions, duration), { x: ({ at }: Lettered) => at / length, text: "letters", frameAnchor: "bottom", dx: 7, dy: -5, fill: "var(--ink)", fontWeight: "bold" }),
  ];
}

/** An entry of the timeline that caused two kinds of disruption (a partition and its healing) lasts from the first to the last of them. */
function bandsOf(disruptions: readonly DisruptionSummary[], duration: number): readonly Band[] {
  const byEntry = new Map<number, Band>();
  for (const { entry, at, lastAt } of disruptions) {
    if (entry === null) continue;
    const { from, to } = byEntry.get(entry) ?? { from: at, to: lastAt };
    byEntry.set(entry, { from: Math.min(from, at), to: Math.min(duration, Math.max(to, lastAt)) });
  }
  return [...byEntry.values()].filter(({ from, to }) => to > from);
}

type Lettered = { readonly at: number; readonly letters: string };

function lettersOf(disruptions: readonly DisruptionSummary[], duration: number): readonly Lettered[] {
  const places: Lettered[] = [];
  disruptions.forEach(({ at }, n) => {
    const last = places.at(-1);
    if (last !== undefined && at - last.at < duration * TOO_CLOSE) places[places.length - 1] = { at: last.at, letters: `${last.letters} ${letter(n)}`.trim() };
    else places.push({ at, letters: letter(n) });
  });
  return places;
}

/** The legend of bands and lines; empty if there are none. */
export const bandKeys = (disruptions: readonly DisruptionSummary[]): readonly Key[] =>
  disruptions.length === 0 ? [] : [{ name: "disruptions, by the letters of the table below", shape: "band", hue: "var(--band)" }];
