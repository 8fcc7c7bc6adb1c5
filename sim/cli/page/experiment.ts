/** The page of an experiment: what was expected and what was measured, in figures that are drawn when the page is written. */

import { basename } from "node:path";
import { leafHtml } from "../markup/leaf.ts";
import { escape } from "../markup/mark.ts";
import type { Document } from "../report/index.ts";
import { count, figure } from "../report/wording.ts";
import { disruptionSection, expectationSection, playAgainSection, timeSection, type Provenance } from "./parts.ts";
import { figureHtml } from "./figure.ts";
import { agreementFigure } from "./figures/agreement.ts";
import { alarmFigure } from "./figures/alarms.ts";
import { detectionFigure, type Expected } from "./figures/detection.ts";
import { loadFigure } from "./figures/load.ts";
import { survivalFigure } from "./figures/survival.ts";
import { runSection } from "./runs.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";
import type { Tally } from "./tally.ts";

/** The input of a page. `viewer`: the viewer's address, for links. */
export type Made = { readonly provenance: Provenance; readonly document: Document; readonly tally: Tally; readonly expected: Expected; readonly viewer: string; readonly isReal: boolean };

/** Equal results give equal pages. */
export function experimentPage({ provenance, document, tally, expected, viewer, isReal }: Made): string {
  const { program, file, source, seed } = provenance;
  const sections = [
    expectationSection(document),
    figureHtml(agreementFigure(document, tally), disruptionSection(document)),
    figureHtml(survivalFigure(document, tally)),
    figureHtml(detectionFigure(document, tally, expected), timeSection(document)),
    figureHtml(alarmFigure(document, tally)),
    figureHtml(loadFigure(document)),
    runSection(tally.marks, { carried: { file: basename(file), text: source, seed }, program, viewer, isReal }),
    playAgainSection(provenance, isReal, document),
  ];
  return leafHtml({ title: `${document.scenario}: report`, style, script, body: `${headerHtml(document, provenance)}<main>${sections.join("\n")}</main>` });
}

const SIGNS = { pass: "✓ every expectation held", fail: "✗ an expectation failed", unknown: "? not all expectations could be judged" } as const;

function headerHtml(document: Document, { version }: Provenance): string {
  const { scenario, about, verdict, expectations, members, runs, durationSeconds, preset, seed, scenarioHash, traceHash, events, wallSeconds } = document;
  const judged = expectations.length === 0 ? "no expectations, only measurements" : SIGNS[verdict];
  const facts: readonly (readonly [string, string])[] = [
    ["members", count(members)], ["runs", `${count(runs)} of ${figure(durationSeconds)} s`], ["preset", preset], ["seed", seed], ["scenario", scenarioHash], ["trace", traceHash],
    ["steps", `${count(events)}, in ${figure(wallSeconds)} s`], ["swimlab", version],
  ];
  return `<header><h1>${escape(scenario)}</h1><p class="about">${escape(about)}</p><p class="verdict"><span class="score ${verdict === "fail" ? "miss" : verdict}">${judged}</span></p>
<dl class="facts">${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join("")}</dl></header>
<nav aria-label="parts of the report"><ul>${PARTS.map(([id, name]) => `<li><a href="#${id}">${name}</a></li>`).join("")}</ul></nav>`;
}

const PARTS = [
  ["expectations", "Expectations"], ["agreement", "Agreement"], ["convergence", "Convergence"], ["detection", "Detection"], ["false-positives", "False positives"], ["load", "Load"],
  ["runs", "Runs"], ["play-again", "Reproduce"],
] as const;
