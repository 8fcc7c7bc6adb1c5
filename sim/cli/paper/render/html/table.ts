/** A table of comparisons, as HTML. */

import { markOf, type Comparison } from "../../model/comparison.ts";
import type { Table } from "../../model/findings.ts";
import { escape } from "../../../markup/mark.ts";
import { strip } from "../svg/strip.ts";
import { boundsText, numberText, oursText, signOf } from "../wording.ts";

export function tableHtml({ title, lines, columns, body, notes }: Table): string {
  const heads = columns.map(({ name, tolerance }) => `<th scope="col">${escape(name)}<small>${escape(tolerance)}</small></th>`);
  const rows = body.map(({ name, cells }) => `<tr><th scope="row">${escape(name)}</th>${cells.map(cellHtml).join("")}</tr>`);
  return [
    `<h3>${escape(title)}</h3>`,
    `<div class="wide"><table><thead><tr><th scope="col">${escape(lines)}<small>ours / theirs</small></th>${heads.join("")}</tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody></table></div>`,
    notes.length === 0 ? "" : `<ul class="notes">${notes.map((note) => `<li>${escape(note)}</li>`).join("")}</ul>`,
  ].join("\n");
}

function cellHtml(cell: Comparison | null): string {
  if (cell === null) return "<td></td>";
  const mark = markOf(cell);
  const theirs = cell.theirs === null ? "" : ` <span class="theirs">/ ${escape(numberText(cell.theirs))}</span>`;
  return `<td class="${mark}" title="${escape(`${oursText(cell)}; accepted: ${boundsText(cell)}`)}"><span class="mark ${mark}">${signOf(cell)}</span>${escape(numberText(cell.ours))}${theirs}${strip(cell)}</td>`;
}
