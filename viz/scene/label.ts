/** Short forms of members' names, for labels with little room: the part that distinguishes them. */

import type { MemberFacts } from "../model/run.ts";

/** The length of the domain that all names of a group end with, such as `.eu-west-1.compute.internal`; for addresses, of the port. */
const domains = new WeakMap<readonly MemberFacts[], number>();

/** A member's name without the common domain, and at most this many letters of it: the last ones, because the ends of long names differ. */
export function shortName(members: readonly MemberFacts[], who: number, letters: number): string {
  const id = members[who]?.id ?? "";
  const known = domains.get(members);
  const domain = known ?? domainOf(members);
  if (known === undefined) domains.set(members, domain);
  const name = id.slice(0, id.length - domain);
  // The ellipsis is as wide as two letters.
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
  // If the domain alone is a member's name, nothing is cut off.
  return start < 0 || members.some(({ id }) => id.length === shared.length - start) ? 0 : shared.length - start;
}
