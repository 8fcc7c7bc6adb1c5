/** The page of a sweep: heat maps over pairs of parameters, the Pareto front, the effect of each parameter, and every cell in a table. */

import type { CellsDocument, Manifest } from "../../../lab/model.ts";
import { leafHtml } from "../../markup/leaf.ts";
import { escape } from "../../markup/mark.ts";
import { count } from "../../report/wording.ts";
import { type Figure, figureHtml, folded, tableHtml } from "../figure.ts";
import { style } from "../style.ts";
import { effectFigure } from "./effect.ts";
import { heatFigure } from "./heat.ts";
import { estimateText, type Measure, measuresOf, settingOf, variedPaths } from "./measure.ts";
import { paretoFigure } from "./pareto.ts";

/** Further pairs of parameters are only in the tables. */
const MOST_PAIRS = 6;

/** Equal results give equal pages. */
export function sweepHtml(manifest: Manifest, document: CellsDocument): string {
  const [measures, paths] = [measuresOf(document), variedPaths(document)];
  const sections = [
    paretoSection(document, measures),
    heatSection(document, measures, paths),
    effectSection(document, measures, paths, manifest.common),
    cellSection(document, measures),
    `<section id="play-again"><h2>Reproduce</h2><p><code>seed=${escape(manifest.seed)} sweep=${manifest.identity}</code></p>${folded("The base scenario, by itself", `<pre tabindex="0">${escape(manifest.source)}</pre>`)}</section>`,
  ];
  return leafHtml({ title: `${manifest.name}: report of a sweep`, style, body: `${headerHtml(manifest, document)}<main>${sections.join("\n")}</main>` });
}

function headerHtml({ name, about, seed, cells, common, version, identity, paths }: Manifest, document: CellsDocument): string {
  const runs = document.cells.reduce((sum, cell) => sum + cell.runs, 0);
  const facts: readonly (readonly [string, string])[] = [
    ["cells", `${count(cells.length)} of ${paths.join(", ")}`], ["runs", count(runs)], ["seed", `${seed}, ${common ? "the same chance in every cell" : "each cell with a chance of its own"}`], ["sweep", identity], ["swimlab", version],
  ];
  const parts = [["pareto", "Pareto front"], ["heat", "Heat maps"], ["effects", "Effects"], ["cells", "Cells"], ["play-again", "Reproduce"]] as const;
  return `<header><h1>${escape(name)}</h1><p class="about">${escape(about)}</p><dl class="facts">${facts.map(([term, value]) => `<dt>${term}</dt><dd>${escape(value)}</dd>`).join("")}</dl></header>
<nav aria-label="parts of the report"><ul>${parts.map(([id, words]) => `<li><a href="#${id}">${words}</a></li>`).join("")}</ul></nav>`;
}

/** How soon deaths are detected, against what that costs: false alarms, and bytes. */
export function paretoSection(document: CellsDocument, measures: readonly Measure[]): string {
  const first = (...names: readonly string[]): Measure | undefined => names.flatMap((name) => measures.find((measure) => measure.name === name) ?? [])[0];
  const across = first("firstDetection.p99", "firstDetection.p50", "convergence.p99");
  const costs = [first("falsePositives.perMemberHour"), first("load.bytesPerMemberSecond")].filter((measure) => measure !== undefined);
  const fronts = across === undefined ? [] : costs.map((up) => nestedHtml(paretoFigure(document, across, up)));
  return `<section id="pareto"><h2>Pareto fronts: trade-offs between two figures</h2>${fronts.length === 0 ? "<p>There are not two figures to compare.</p>" : fronts.join("\n")}</section>`;
}

function heatSection(document: CellsDocument, measures: readonly Measure[], paths: readonly string[]): string {
  const pairs = paths.flatMap((across, n) => paths.slice(n + 1).map((down) => [across, down] as const)).slice(0, MOST_PAIRS);
  if (pairs.length === 0) return `<section id="heat"><h2>Heat maps</h2><p>Fewer than two settings differ between cells.</p></section>`;
  const maps = pairs.map((pair, n) => {
    const inside = measures.map((measure) => nestedHtml(heatFigure(document, measure, pair))).join("\n");
    return `<details${n === 0 ? " open" : ""}><summary>over ${escape(pair[0])} and ${escape(pair[1])}</summary><div class="small">${inside}</div></details>`;
  });
  return `<section id="heat"><h2>Heat maps</h2><p class="about">Choose two settings; each number is the value of the figure there.</p>${maps.join("\n")}</section>`;
}

function effectSection(document: CellsDocument, measures: readonly Measure[], paths: readonly string[], isCommon: boolean): string {
  const effects = paths.map((path, n) =>
    `<details${n === 0 ? " open" : ""}><summary>of ${escape(path)}</summary><div class="small">${measures.map((measure) => nestedHtml(effectFigure(document, measure, path, isCommon))).join("\n")}</div></details>`);
  return `<section id="effects"><h2>Effects, with intervals</h2><p class="about">Means over the cells that share a setting, whatever the others are. ${isCommon
    ? "Each interval is as wide as those of its cells on average: all cells use the same random draws, so their errors may have the same sign. For the same reason, differences between settings are known more precisely than the intervals suggest."
    : "Each interval is computed from those of its cells, which are independent of each other."}</p>${effects.join("\n")}</section>`;
}

/** A figure inside a section with several figures. */
export const nestedHtml = (figure: Figure): string => figureHtml(figure).replace(/^<section/, "<div").replace(/<\/section>$/, "</div>").replace(/<h2>(.*?)<\/h2>/, "<h3>$1</h3>");

/** Every cell with its settings and figures. */
export function cellSection(document: CellsDocument, measures: readonly Measure[], files = "cells.json and cells.csv"): string {
  const rows = document.cells.map((cell) => [String(cell.cell), ...document.paths.map((path) => settingOf(cell, path)), count(cell.runs), ...measures.map((measure) => estimateText(cell, measure))]);
  const intervals = `Intervals of ${Math.round(document.confidence * 100)} %.`;
  return `<section id="cells"><h2>Cells</h2><p class="about">${intervals} All figures are in ${files}.</p>${tableHtml({ head: ["cell", ...document.paths, "runs", ...measures.map(({ words }) => words)], rows }, "Cells")}</section>`;
}
