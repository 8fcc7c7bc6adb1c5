/** The page of a search for settings: the front of the trade-off, its candidates with their intervals, and the report with the evidence. */

import type { CellsDocument, CellSummary } from "../../../lab/model.ts";
import { type Choice, type Tuning, writtenSetting } from "../../lab/tuning-report.ts";
import { leafHtml } from "../../markup/leaf.ts";
import { escape } from "../../markup/mark.ts";
import { style } from "../style.ts";
import { drawnFigure } from "./drawn.ts";
import { type Measure, measureOf, measuresOf } from "./measure.ts";
import { cellSection, nestedHtml, paretoSection } from "./page.ts";

/** `text` is the report of the terminal. Equal findings give equal pages. */
export function tuningHtml(tuning: Tuning, text: string): string {
  const document = cellsOf(tuning);
  const measures = measuresOf(document);
  const body = [
    `<header><h1>Settings for ${escape(tuning.scenario)}</h1><p class="about">Objective: ${escape(tuning.objective)}${tuning.bounds.length === 0 ? "" : `, subject to ${escape(tuning.bounds.join(", "))}`}. Each cell is a candidate that reached the last round and that no other dominates, or the current settings.</p></header><main>`,
    `<section id="report"><h2>Recommendation and evidence</h2><pre tabindex="0">${escape(text)}</pre></section>`,
    ...(document.cells.length === 0 ? [] : [paretoSection(document, measures), drawnSection(tuning), cellSection(document, measures, "tuning.json")]),
    "</main>",
  ];
  return leafHtml({ title: `${tuning.scenario}: settings`, style, body: body.join("\n") });
}

/** A part for each tuned setting: the figures of the trade-off over it, and the objective if it is not among them. */
function drawnSection(tuning: Tuning): string {
  const measures: readonly Measure[] = [...new Set([tuning.objective, ...tuning.trade])].map(measureOf);
  const parts = tuning.knobs.map((knob, n) =>
    `<details${n === 0 ? " open" : ""}><summary>of ${escape(knob)}</summary><div class="small">${measures.map((measure) => nestedHtml(drawnFigure(tuning, measure, knob))).join("\n")}</div></details>`);
  return `<section id="effects"><h2>Effects: every candidate, by what was varied</h2>${parts.join("\n")}</section>`;
}

function cellsOf({ front, recommended, asItIs, scenario, scenarioHash, knobs }: Tuning): CellsDocument {
  const all = new Map([...front, recommended, asItIs].flatMap((choice): [number, Choice][] => (choice === null ? [] : [[choice.nth, choice]])));
  const cells = [...all.values()].map((choice): CellSummary =>
    ({ cell: choice.nth, settings: Object.fromEntries(knobs.map((knob) => [`config.${knob}`, writtenSetting(choice, knob)])), scenario: scenarioHash, runs: choice.runs, memberHours: 0, precision: null, figures: choice.estimates }));
  return { madeBy: "swimlab", kind: "cells", name: scenario, identity: scenarioHash, paths: knobs.map((knob) => `config.${knob}`), confidence: 0.95, cells };
}
