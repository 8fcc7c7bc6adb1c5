/** The matrix of latencies and losses between zones: an exception for each pair of zones that has a cell. */

import type { Link, Network } from "../model.ts";
import { nearest } from "../nearest.ts";
import type { WrittenNetwork } from "../schema/network.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";
import { latencyOf } from "./latency.ts";

/** Row by row, as written; a cell inherits what it does not define from the usual link. */
export function zonesOf({ by, latency = {}, loss = {} }: NonNullable<WrittenNetwork["zones"]>, usual: Link, cast: Cast | undefined, report: Report): Network["links"] {
  const path = ["network", "zones"];
  if (Object.keys(latency).length === 0 && Object.keys(loss).length === 0) report(path, "these zones do not differ: write latency or loss from zone to zone");
  const known = cast === undefined ? null : valuesOf(by, cast);
  if (known?.size === 0) report([...path, "by"], `no member has the tag ${by}`);
  const cells = new Map<string, { readonly from: string; readonly to: string; link: Link }>();
  const put = (from: string, to: string, change: Partial<Link>): void => {
    const cell = cells.get(`${from}\n${to}`);
    cells.set(`${from}\n${to}`, { from, to, link: { ...(cell?.link ?? usual), ...change } });
  };
  for (const [what, matrix] of [["latency", latency], ["loss", loss]] as const) {
    for (const [from, row] of Object.entries(matrix)) {
      checkZone(from, by, known, [...path, what, from], report);
      for (const [to, cell] of Object.entries(row)) {
        checkZone(to, by, known, [...path, what, from, to], report);
        put(from, to, what === "latency" ? { latency: latencyOf(cell as Parameters<typeof latencyOf>[0], [...path, what, from, to], report) } : { loss: cell as number });
      }
    }
  }
  return [...cells.values()].map(({ from, to, link }) => ({ from: { kind: "tag", tag: by, value: from }, to: { kind: "tag", tag: by, value: to }, link }));
}

const valuesOf = (tag: string, { places }: Cast): ReadonlySet<string> => new Set(places.flatMap(({ tags }) => (Object.hasOwn(tags, tag) ? [tags[tag] ?? ""] : [])));

function checkZone(zone: string, by: string, known: ReadonlySet<string> | null, path: Path, report: Report): void {
  if (known === null || known.size === 0 || known.has(zone)) return;
  const near = nearest(zone, known);
  report(path, `no member has the tag ${by}=${zone}${near === undefined ? `: choose one of ${[...known].join(", ")}` : `: did you mean "${near}"?`}`);
}
