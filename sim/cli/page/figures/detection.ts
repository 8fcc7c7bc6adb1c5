/** Detection: how soon after a crash the first member suspects it, the first declares it, and all know; beside what SWIM's analysis predicts. */

import { line, ruleY } from "@observablehq/plot";
import { detectionApart, unsuspectedAfter } from "../../paper/theory.ts";
import { count, seconds } from "../../report/wording.ts";
import type { Document } from "../../report/index.ts";
import { censoredKey, type Curve, curveMarks, endOf, looks } from "../curves.ts";
import { draw } from "../draw.ts";
import type { Figure } from "../figure.ts";
import { survivalOf } from "../survival.ts";
import type { Discoveries, Tally } from "../tally.ts";
import { survivalTable } from "./survival.ts";

/** The input of the theoretical curve. Null if theory does not apply, because nobody probes or there are too few members. */
export type Expected = { readonly members: number; readonly periodSeconds: number } | null;

/** The number of points of the theoretical curve. */
const POINTS = 160;

export function detectionFigure({ metrics }: Document, tally: Tally, expected: Expected): Figure {
  const ofBlocks = tally.crashes.firstDetection.length === 0;
  const found = ofBlocks ? tally.blocks : tally.crashes;
  const figure = { id: "detection", title: "Detection, compared with theory" };
  if (found.firstDetection.length === 0) return { ...figure, about: ["Nobody crashed, and nobody was blocked: there was nothing to detect."], picture: null };
  const curves = curvesOf(found);
  const until = endOf(curves);
  const { firstSuspicion, firstDetection } = ofBlocks ? metrics.blocks : metrics;
  const says = `Share of ${ofBlocks ? "blocked" : "crashed"} members detected, by time since. Half are suspected after ${seconds(firstSuspicion.p50)} and declared dead after ${seconds(firstDetection.p50)}.`;
  const svg = draw({
    x: { label: `time since the ${ofBlocks ? "member was blocked" : "crash"}, s →`, domain: [0, until] },
    y: { label: "↑ detected, %", domain: [0, 100], ticks: 5, grid: true },
    marks: [
      ...curveMarks(curves, until, "ended"),
      ...(expected === null ? [] : [line(theoryOf(expected, until), { x: "0", y: "1", stroke: "var(--ink)", strokeWidth: 1.4, strokeDasharray: "1 4", strokeLinecap: "round" })]),
      ruleY([0], { stroke: "var(--faint)" }),
    ],
  }, says);
  return {
    ...figure,
    about: aboutOf(expected, ofBlocks, found.firstDetection.length),
    picture: {
      svg,
      keys: [
        ...curves.map(({ name, hue, shape }) => ({ name, hue, shape })),
        ...(expected === null ? [] : [{ name: "first suspicion, as SWIM's analysis expects it", shape: "dotted" as const, hue: "var(--ink)" }]),
        ...censoredKey(curves),
      ],
      table: survivalTable(curves),
    },
  };
}

function curvesOf({ firstSuspicion, firstDetection, fullDissemination }: Discoveries): readonly Curve[] {
  const [one, two, three] = looks;
  return [
    { name: "somebody suspects it", survival: survivalOf(firstSuspicion), ...one },
    { name: "somebody declares it dead", survival: survivalOf(firstDetection), ...two },
    { name: "everybody in reach holds it dead", survival: survivalOf(fullDissemination), ...three },
  ];
}

const theoryOf = ({ members, periodSeconds }: NonNullable<Expected>, until: number): readonly (readonly [number, number])[] =>
  Array.from({ length: POINTS + 1 }, (_, n) => {
    const at = (n / POINTS) * until;
    return [at, (1 - unsuspectedAfter(at / periodSeconds, members)) * 100];
  });

function aboutOf(expected: Expected, ofBlocks: boolean, observed: number): readonly string[] {
  const measured = `The share of ${count(observed)} ${ofBlocks ? "blocked" : "crashed"} members that were detected by then (Kaplan-Meier); crosses are censored observations, areas 95 % intervals.`;
  if (expected === null) return [measured, "SWIM's analysis does not apply here: there are too few members, or no probes."];
  const { members, periodSeconds } = expected;
  return [
    measured,
    `The dotted line is SWIM's analysis (§3.1, §4.3) for the first suspicion: ${count(members)} members, each with periods of ${seconds(periodSeconds)} that begin at a time of its own, and probing the others in an order of its own; no packet is lost, every health score is 0, and a probe fails at the end of its period. Its mean is ${seconds(detectionApart(members) * periodSeconds)}. Measured curves lie to the right of it because of loss, poor health scores or a group smaller than at the start; to the left, because of probes that were already under way.`,
  ];
}
