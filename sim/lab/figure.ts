/** The names of figures, as people write them. */

import { nearest, partSuggestion } from "../scenario/nearest.ts";
import { figureNames, timeNames } from "./model.ts";

/** Short forms of frequent figures. */
const short: readonly (readonly [string, string])[] = [
  ["detection.", "firstDetection."], ["suspicion.", "firstSuspicion."], ["dissemination.", "fullDissemination."], ["bandwidth", "load.bytesPerMemberSecond"],
];

/** The figures under their short names. */
const shorter = short.flatMap(([from, to]) => figureNames.filter((name) => name.startsWith(to)).map((name) => from + name.slice(to.length)));

/** Is it a length of time, in seconds? The only other figure with a maximum, health, is in points. */
export const isLengthFigure = (figure: string): boolean => timeNames.some((name) => figure.startsWith(`${name}.`));

/** The figure that is meant, under its full name; or why there is none. */
export function figureOf(written: string): { readonly ok: true; readonly figure: string } | { readonly ok: false; readonly why: string } {
  const [from, to] = short.find(([from]) => (from.endsWith(".") ? written.startsWith(from) : written === from)) ?? ["", ""];
  const figure = to + written.slice(from.length);
  if (figureNames.includes(figure)) return { ok: true, figure };
  const near = figure === written ? nearest(written, [...figureNames, ...shorter]) : undefined;
  return { ok: false, why: `unknown figure "${written}": ${near === undefined ? partSuggestion(figure, figureNames) : `did you mean "${near}"?`}` };
}
