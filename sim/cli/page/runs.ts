/** The runs of an experiment, each with a link to the viewer. */

import { escape } from "../markup/mark.ts";
import { count } from "../report/wording.ts";
import { script } from "../typed.ts";
import { figureHtml, keysHtml } from "./figure.ts";
import { MOST_DRAWN, notableRuns, runCells, runHead, stripOf } from "./figures/strip.ts";
import type { RunMark } from "./tally.ts";
import { type Carried, fragmentOf } from "./viewer.ts";

/** `isReal`: did real members play these runs, instead of simulated ones? */
export type WayIn = { readonly carried: Carried; readonly program: string; readonly viewer: string; readonly isReal: boolean };

export function runSection(marks: readonly RunMark[], { carried, program, viewer, isReal }: WayIn): string {
  const { svg, keys, columns, shown } = stripOf(marks);
  const notable = notableRuns(marks);
  const rows = notable.map((mark) => `<tr><th scope="row"><a data-run="${mark.run}" href="${escape(viewer + fragmentOf(carried, mark.run))}" target="_blank" rel="noopener">run ${mark.run}</a></th>${runCells(mark).map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  const data = { carried, columns, runs: shown.map(({ run, worst, censored, falsePositives }) => [run, worst, censored, falsePositives]) };
  const figure = { id: "runs", title: "Runs: open one in the viewer", picture: null, about: [
    isReal
      ? "Each cell is a run of real members, from run 0 on. Click one, and the viewer plays the same scenario with the same seed in the simulated world, where random events differ."
      : "Each cell is a run, from run 0 on. Click one, and the viewer plays it again from its scenario and seed: the same run, step by step, with the same trace hash.",
    `The viewer must be available: ${script("viz", program)} serves it at the address below; npm run site writes it as files for any web server. This page itself makes no network requests.`,
    ...(shown.length < marks.length ? [`The first ${count(MOST_DRAWN)} of ${count(marks.length)} runs are drawn; runs.ndjson has all.`] : []),
  ] };
  const last = marks.at(-1)?.run ?? 0;
  return figureHtml(figure, `
<figure>${svg}${keysHtml(keys)}</figure>
<output id="strip-says" aria-live="off"></output>
<form id="open-run"><label>viewer at <input id="viewer" type="text" required value="${escape(viewer)}"></label><label>run <input id="run-number" type="number" min="0" max="${last}" value="${notable[0]?.run ?? 0}" required></label><button>open in the viewer</button></form>
<h3>Notable runs</h3>
<div class="wide" role="region" tabindex="0" aria-label="Notable runs"><table><thead><tr>${runHead.map((cell) => `<th scope="col">${cell}</th>`).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>
<script type="application/json" id="runs-data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`);
}
