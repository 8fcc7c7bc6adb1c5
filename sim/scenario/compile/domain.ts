/** Domains: members that share the value of a tag, as a selector. */

import type { Selector } from "../model.ts";
import { suggestion } from "../nearest.ts";
import type { Path, Report } from "../trouble.ts";
import type { Cast } from "./cast.ts";

type Written = { readonly domain: string; readonly domains?: number | undefined; readonly count?: number | undefined; readonly fraction?: number | undefined };

/** This many randomly drawn values of a tag, and all members that have them or a part of each. */
export function domainOf({ domain: tag, domains: values = 1, count, fraction }: Written, path: Path, cast: Cast | undefined, report: Report): Selector {
  const known = [...new Set(cast?.places.flatMap(({ tags }) => Object.keys(tags)) ?? [])].toSorted();
  const there = new Set(cast?.places.flatMap(({ tags }) => tags[tag] ?? [])).size;
  if (cast !== undefined && known.length === 0) report([...path, "domain"], "nobody has a tag here: write tags in members");
  else if (cast !== undefined && there === 0) report([...path, "domain"], `nobody has the tag ${tag}: ${suggestion(tag, known)}`);
  else if (cast !== undefined && values > there) report([...path, "domains"], `this asks for ${values} of ${tag}, but there ${there === 1 ? "is" : "are"} ${there}`);
  const part = count !== undefined ? { kind: "count", count } as const : fraction !== undefined ? { kind: "fraction", fraction } as const : null;
  return { kind: "domain", tag, values, part };
}
