/** The tables as Markdown, for a page in the repository; and the place in that page where they are inserted. */

import { inkOf } from "../../report/ink.ts";
import { count } from "../../report/wording.ts";
import { tallyOfDocument, type Document } from "../model/document.ts";
import { tallyOf } from "../model/findings.ts";
import { tableLines } from "./text.ts";
import { scoreText, shownText } from "./wording.ts";

/** As wide as fits without scrolling. */
const WIDTH = 150;

/** The tables of each section, as a code block each. */
export function renderMarkdown(document: Document): string {
  const tally = tallyOfDocument(document);
  const extent = document.extent === "full" ? "As much as was published" : "A subset of what was published";
  return [
    `${extent}: \`${document.command}\`, swimlab ${document.version}, seed ${document.seed}, identity \`${document.identity}\`, outcome \`${document.outcome}\`.`,
    `${scoreText(tally)} figures agree within their tolerances; ${shownText(tally)}.`,
    ...document.sections.flatMap(({ title, source, runs, tables }) => [
      "", `### ${title}: ${scoreText(tallyOf(tables))}`, "", `${source} · ${count(runs)} runs`, "", "```",
      ...tables.flatMap((table, nth) => [...(nth === 0 ? [] : [""]), ...tableLines(table, WIDTH, inkOf(false))].map((line) => line.trimEnd())), "```",
    ]),
  ].join("\n");
}

const BEGIN = "<!-- figures: filled by npm run paper -- --render -->";
const END = "<!-- end of figures -->";

/** The page with these figures inserted at their place; null if it has no such place. */
export function filled(page: string, figures: string): string | null {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  return begin === -1 || end < begin ? null : `${page.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${page.slice(end)}`;
}
