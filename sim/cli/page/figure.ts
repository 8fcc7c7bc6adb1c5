/** A figure of a page: a picture, its legend, and the same data as a table. */

import { escape } from "../markup/mark.ts";

export type Figure = {
  /** The anchor in the page's address. */
  readonly id: string;
  readonly title: string;
  /** What is shown, and how it was computed: sentences. */
  readonly about: readonly string[];
  /** Null if there is nothing to show; `about` says why. */
  readonly picture: Picture | null;
};

export type Picture = {
  readonly svg: string;
  readonly keys: readonly Key[];
  readonly table: Table;
};

/** An entry of a legend: a line, a dashed line, an area, a mark. */
export type Key = { readonly name: string; readonly shape: "line" | "dashed" | "dotted" | "area" | "band" | "mark" | "triangle" | "stroke" | "cell"; readonly hue: string };

/** Texts; the first column names the rows. */
export type Table = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** With an anchor and a heading, and the table collapsed below. `more` is HTML for the end of the section. */
export function figureHtml({ id, title, about, picture }: Figure, more = ""): string {
  const shown = picture === null ? "" : `<figure>${picture.svg}${keysHtml(picture.keys)}</figure>\n${folded("The figure as a table", tableHtml(picture.table, title))}`;
  return `<section id="${escape(id)}"><h2>${escape(title)}</h2>\n<div class="about">${about.map((text) => `<p>${escape(text)}</p>`).join("")}</div>\n${shown}${more}</section>`;
}

export const keysHtml = (keys: readonly Key[]): string =>
  keys.length === 0 ? "" : `<figcaption><ul>${keys.map(({ name, shape, hue }) => `<li><span class="sign ${shape}" style="--hue: ${hue}"></span>${escape(name)}</li>`).join("")}</ul></figcaption>`;

export const folded = (title: string, inside: string): string => `<details><summary>${escape(title)}</summary>${inside}</details>`;

/** Wide tables can be scrolled, with the keyboard as well. */
export function tableHtml({ head, rows }: Table, name: string): string {
  const heads = head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join("");
  const body = rows.map(([first = "", ...rest]) => `<tr><th scope="row">${escape(first)}</th>${rest.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`).join("\n");
  return `<div class="wide" role="region" tabindex="0" aria-label="${escape(name)}"><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}
