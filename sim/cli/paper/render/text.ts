/** The report for a terminal, or as a text file: tables of ours and theirs, and a verdict. */

import { inkOf, type Ink } from "../../report/ink.ts";
import { table as aligned, type Cell, type Row, widthOf } from "../../report/table.ts";
import { columnsOf, count, NONE } from "../../report/wording.ts";
import { knownMisses, newMissesIn } from "../known-misses.ts";
import { markOf, type Comparison, type Mark } from "../model/comparison.ts";
import { tallyOfDocument, type Document } from "../model/document.ts";
import { missesIn } from "../model/misses.ts";
import { tallyOf, type Section, type Table } from "../model/findings.ts";
import { boundsText, numberText, scoreText, shownText, signs } from "./wording.ts";

export type Page = { readonly color: boolean; readonly width: number };

/** The whole report, for reading from top to bottom; the last line has the result. */
export function renderText(document: Document, { color, width }: Page): string {
  const ink = inkOf(color);
  const blocks = document.sections.map((section) => sectionLines(section, width, ink));
  return `${[...blocks, ending(document, ink)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function sectionLines(section: Section, width: number, ink: Ink): readonly string[] {
  const tally = tallyOf(section.tables);
  const score = (tally.miss === 0 ? ink.pass : ink.fail)(`${scoreText(tally)} ${tally.miss === 0 ? signs.pass : signs.miss}`);
  return [
    `${ink.title(`${section.title.toUpperCase()}  ${section.name}`)}  ${score}`,
    ink.faint(`${section.source} · ${count(section.runs)} runs`),
    ...section.tables.flatMap((one) => ["", ...tableLines(one, width, ink)]),
  ];
}

/** A table, in parts below one another if it is too wide for the page. */
export function tableLines(table: Table, width: number, ink: Ink): readonly string[] {
  const columns = table.columns.map((column, nth) => [column.name, column.tolerance, ...blocksOf(table.body.map(({ cells }) => cells[nth] ?? null), ink)]);
  const names: readonly Cell[] = ["", table.lines, ...table.body.map(({ name }) => name)];
  return [`  ${ink.mark(table.title)}  ${ink.faint("ours / theirs")}`, ...partsOf(names, columns, width).flatMap((part) => styled(part, ink))];
}

type Part = readonly (readonly Cell[])[];

/** As many columns as fit beside the names, then the rest the same way. */
function partsOf(names: readonly Cell[], columns: Part, width: number): readonly Part[] {
  const parts: (readonly Cell[])[][] = [];
  for (const column of columns) {
    const last = parts.at(-1);
    if (last !== undefined && widthOf(rowsOf([...last, column])) <= width) last.push(column);
    else parts.push([names, column]);
  }
  return parts;
}

/** Columns turned into rows. */
const rowsOf = (columns: Part): readonly Row[] => (columns[0] ?? []).map((_, nth) => columns.map((column) => column[nth] ?? ""));

function styled(part: Part, ink: Ink): readonly string[] {
  const [first = "", second = "", ...body] = aligned(rowsOf(part), "l".repeat(part.length));
  return [first, ink.faint(second), ...body];
}

/** `2.00 / 2.08 ✓`, with the numbers of a column aligned. */
function blocksOf(cells: readonly (Comparison | null)[], ink: Ink): readonly Cell[] {
  const ours = cells.map((cell) => (cell === null ? "" : numberText(cell.ours)));
  const theirs = cells.map((cell) => (cell === null || cell.theirs === null ? "" : numberText(cell.theirs)));
  const [oursWidth, theirsWidth] = [Math.max(0, ...ours.map(columnsOf)), Math.max(0, ...theirs.map(columnsOf))];
  return cells.map((cell, nth): Cell => {
    if (cell === null) return "";
    const mark = markOf(cell);
    const published = theirs[nth] === "" ? " ".repeat(theirsWidth === 0 ? 0 : theirsWidth + 3) : ` / ${(theirs[nth] ?? "").padStart(theirsWidth)}`;
    return { text: `${(ours[nth] ?? NONE).padStart(oursWidth)}${published} ${signs[mark]}`.trimEnd(), ink: inkFor(mark, ink) };
  });
}

const inkFor = (mark: Mark, ink: Ink): Ink["pass"] => (mark === "miss" ? ink.fail : mark === "shown" ? ink.faint : (text) => text);

function ending(document: Document, ink: Ink): readonly string[] {
  const tally = tallyOfDocument(document);
  const wholly = document.extent === "full" ? "as much as was published" : "a subset of what was published";
  return [
    ...missLines(document, ink),
    `${scoreText(tally)} figures agree with the publications within their tolerances; ${shownText(tally)}. ${wholly[0]?.toUpperCase()}${wholly.slice(1)}.`,
    ...knownLines(document),
    `paper seed=${document.seed} identity=${document.identity} outcome=${document.outcome} verdict=${newMissesIn(document).length > 0 ? ink.fail("miss") : ink.pass(tally.miss === 0 ? "pass" : "known")}`,
  ];
}

/** Every miss, with the range that would have been accepted. */
function missLines(document: Document, ink: Ink): readonly string[] {
  const misses = missesIn(document).map(({ name, cell }) =>
    `${ink.fail(signs.miss)} ${name}: ${numberText(cell.ours)}, accepted ${boundsText(cell)}${knownMisses.has(name) ? "" : ink.fail(" (new)")}`);
  return misses.length === 0 ? [] : [...misses, ""];
}

/** Are they the misses that docs/paper.md explains? */
function knownLines(document: Document): readonly string[] {
  const [all, fresh] = [missesIn(document).length, newMissesIn(document).length];
  if (all === 0) return [];
  if (fresh === 0) return [all === 1 ? "The miss is known: docs/paper.md says what is known of why." : `All ${count(all)} misses are known: docs/paper.md says what is known of why.`];
  return [fresh === 1 ? "One miss is new." : `${count(fresh)} misses are new.`];
}
