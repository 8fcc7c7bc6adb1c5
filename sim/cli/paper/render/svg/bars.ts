/** A picture of bars in pairs: ours beside theirs. */

import type { Bars } from "../../model/findings.ts";
import { numberText } from "../wording.ts";
import { inner, page, yAxis } from "./frame.ts";
import { element, label } from "../../../markup/mark.ts";
import { type Scale, scaleFor } from "./scale.ts";

/** The share of a group's space that its two bars take. */
const FILLED = 0.7;

export function barsPicture(bars: Bars): string {
  const values = bars.groups.flatMap(({ ours, theirs }) => [ours, theirs].filter((value) => value !== null));
  const y = scaleFor(values, bars.y, [inner.bottom, inner.top]);
  const room = (inner.right - inner.left) / Math.max(1, bars.groups.length);
  const groups = bars.groups.flatMap(({ name, ours, theirs }, nth) => {
    const middle = inner.left + room * (nth + 0.5);
    const wide = (room * FILLED) / 2;
    return [
      bar(ours, middle - wide, wide, "ours-0", y),
      bar(theirs, middle, wide, "theirs-0", y),
      // Long names are broken at commas.
      ...name.split(", ").map((part, line) => label(part, { x: middle, y: inner.bottom + 14 + line * 11, "text-anchor": "middle", class: "small" })),
    ];
  });
  return page(bars.title, yAxis(y, bars.y), ...groups);
}

function bar(value: number | null, x: number, width: number, hue: string, y: Scale): string {
  if (value === null) return "";
  const top = Math.min(y.place(value), inner.bottom);
  return element("rect", { x: x + 1, y: top, width: width - 2, height: inner.bottom - top, class: `bar ${hue}` })
    + label(numberText(value), { x: x + width / 2, y: top - 3, "text-anchor": "middle", class: "value" });
}
