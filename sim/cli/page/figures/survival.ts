/** The survival curve of convergence: the share of disruptions after which the group did not agree yet, by time. */

import { ruleY } from "@observablehq/plot";
import { letter } from "../../report/chart.ts";
import { count, length, NONE, seconds } from "../../report/wording.ts";
import type { Document } from "../../report/index.ts";
import { censoredKey, type Curve, curveMarks, endOf, looks } from "../curves.ts";
import { draw } from "../draw.ts";
import type { Figure, Table } from "../figure.ts";
import { standingAt, type Survival, survivalOf } from "../survival.ts";
import { keyOf, type Tally } from "../tally.ts";

export function survivalFigure({ disruptions }: Document, { convergences }: Tally): Figure {
  const all = disruptions.flatMap((disruption, n) => {
    const observed = convergences.get(keyOf(disruption));
    return observed === undefined ? [] : [{ name: `${letter(n)} ${disruption.kind}`.trim(), survival: survivalOf(observed) }];
  });
  const about = [
    "The time from a disruption until the view of every running member was true again, and stayed so. A cross marks a censored disruption: the next one, or the end of the run, came first. It counts as not yet in agreement for as long as it was observed (Kaplan-Meier). The areas are 95 % intervals (Greenwood, log-log), which assume that disruptions are independent of each other.",
    ...(all.length > looks.length ? [`The ${looks.length} kinds that happened most often are drawn; all are in the table.`] : []),
  ];
  const most = new Set(all.toSorted((one, other) => other.survival.n - one.survival.n).slice(0, looks.length));
  const curves = all.filter((each) => most.has(each)).flatMap((each, n): readonly Curve[] => { const look = looks[n]; return look === undefined ? [] : [{ ...each, ...look }]; });
  const figure = { id: "convergence", title: "Convergence: survival curves", about };
  if (curves.length === 0) return { ...figure, about: ["There was no disruption to converge after."], picture: null };
  const until = endOf(curves);
  const svg = draw({
    x: { label: "time since the disruption, s →", domain: [0, until] },
    y: { label: "↑ not yet in agreement, %", domain: [0, 100], ticks: 5, grid: true },
    marks: [...curveMarks(curves, until, "going"), ruleY([0], { stroke: "var(--faint)" })],
  }, `Share of disruptions not yet in agreement, by time since the disruption. ${curves.map(({ name, survival }) => `${name}: half are taken in after ${seconds(medianOf(survival))}, ${count(survival.censored.length)} of ${count(survival.n)} censored.`).join(" ")}`);
  const keys = [...curves.map(({ name, survival, shape, hue }) => ({ name: `${name} (n = ${count(survival.n)})`, shape, hue })), ...censoredKey(curves)];
  return { ...figure, picture: { svg, keys, table: survivalTable(all) } };
}

const medianOf = ({ steps }: Survival): number | null => steps.find(({ share }) => share <= 0.5 + 1e-12)?.at ?? null;

/** The time at each tenth of what ended, for each curve. */
export function survivalTable(curves: readonly { readonly name: string; readonly survival: Survival }[]): Table {
  const rows = curves.flatMap(({ name, survival }) => {
    const { steps, censored, n } = survival;
    if (steps.length === 0) return [[name, NONE, "100", NONE, count(n), count(censored.length)]];
    const moments = Array.from({ length: 10 }, (_, tenth) => steps[Math.ceil(((tenth + 1) / 10) * steps.length) - 1]?.at ?? 0);
    return [...new Set(moments)].map((at) => {
      const { share, low, high, atRisk } = standingAt(survival, at);
      const given = censored.filter((after) => after <= at).length;
      return [name, length(at), percentText(share), `${percentText(low)}–${percentText(high)}`, count(atRisk), count(given)];
    });
  });
  return { head: ["after", "time, s", "not yet in agreement, %", "95 % interval, %", "at risk", "censored by then"], rows };
}

const percentText = (share: number): string => (share * 100).toFixed(1);
