/** The page: everything in one self-contained file. */

import { count } from "../../../report/wording.ts";
import { tallyOfDocument, type Document } from "../../model/document.ts";
import { tallyOf, type Section, type Tally } from "../../model/findings.ts";
import { leafHtml } from "../../../markup/leaf.ts";
import { escape } from "../../../markup/mark.ts";
import { scoreText, shownText } from "../wording.ts";
import { figureHtml } from "./figure.ts";
import { style } from "./style.ts";
import { tableHtml } from "./table.ts";

/** Equal documents give equal pages. */
export function renderPage(document: Document): string {
  const body = [headerHtml(document), navigation(document), ...document.sections.map(sectionHtml)].join("\n");
  return leafHtml({ title: "swimlab beside the papers", style, body });
}

const scoreHtml = (tally: Tally): string => `<span class="score ${tally.miss === 0 ? "pass" : "miss"}">${scoreText(tally)} ${tally.miss === 0 ? "✓" : "✗"}</span>`;

function headerHtml(document: Document): string {
  const { version, command, extent, seed, identity, outcome, node, cost } = document;
  const tally = tallyOfDocument(document);
  const took = cost === null ? "" : ` · ${count(cost.wallSeconds)} s, ${count(cost.cpuSeconds)} s of processors`;
  return `<header><h1>swimlab beside the papers</h1>
<p class="verdict">${scoreHtml(tally)} figures agree with what was published, within their tolerances. ${shownText(tally)}.</p>
<p>Played: ${extent === "full" ? "as much as was published" : "a subset of what was published"} · <code>${escape(command)}</code> · swimlab ${escape(version)} · seed ${escape(seed)} · identity <code>${escape(identity)}</code> · outcome <code>${escape(outcome)}</code> · Node.js ${escape(node)}${took}</p>
<p>In each cell: ours / theirs. The strip shows what is accepted (grey), theirs (a line) and ours (a dot). ✓ within the tolerance, ✗ not; a figure without either is shown and not judged.</p></header>`;
}

const navigation = ({ sections }: Document): string =>
  `<nav><ul>${sections.map(({ name, title, tables }) => `<li><a href="#${escape(name)}">${escape(title)}</a>${scoreHtml(tallyOf(tables))}</li>`).join("")}</ul></nav>`;

function sectionHtml({ name, title, source, about, runs, tables, charts }: Section): string {
  return [
    `<section id="${escape(name)}"><div class="heading"><h2>${escape(title)}</h2>${scoreHtml(tallyOf(tables))}</div>`,
    `<p class="source">${escape(source)} · ${count(runs)} runs</p>`,
    `<div class="about">${about.map((paragraph) => `<p>${escape(paragraph)}</p>`).join("")}</div>`,
    charts.length === 0 ? "" : `<div class="charts">${charts.map(figureHtml).join("\n")}</div>`,
    ...tables.map(tableHtml),
    "</section>",
  ].join("\n");
}
