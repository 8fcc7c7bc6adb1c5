/** What members are called beside a mark, where a whole name has no room: the part that tells them apart. */

import type { MemberFacts } from "../model/run.ts";

/** How long the domain is that all names of a group share, such as `.eu-west-1.compute.internal`; or the port, of addresses. */
const domains = new WeakMap<readonly MemberFacts[], number>();

/** A member's name without the domain that all share, and of that so many letters at most: of long names, the ends differ. */
export function shortName(members: readonly MemberFacts[], who: number, letters: number): string {
  const id = members[who]?.id ?? "";
  const known = domains.get(members);
  const domain = known ?? domainOf(members);
  if (known === undefined) domains.set(members, domain);
  const name = id.slice(0, id.length - domain);
  // The mark of what was cut off is as wide as two.
  return name.length <= letters ? name : `…${name.slice(name.length - letters + 2)}`;
}

function domainOf(members: readonly MemberFacts[]): number {
  const [first, ...others] = members;
  if (first === undefined || others.length === 0) return 0;
  let shared: string = first.id;
  for (const { id } of others) {
    let length = Math.min(shared.length, id.length);
    while (!id.endsWith(shared.slice(shared.length - length))) length--;
    shared = shared.slice(shared.length - length);
  }
  const start = shared.search(/\.\p{L}|:\d+$/u);
  // Whoever is called by the domain alone keeps it.
  return start < 0 || members.some(({ id }) => id.length === shared.length - start) ? 0 : shared.length - start;
}
