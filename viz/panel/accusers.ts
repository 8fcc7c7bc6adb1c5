/** Which members suspect the selected member, or hold it dead, each with "why?": the most frequent question. */

import type { AccuserDetail, AccusersDetail } from "../model/detail.ts";
import type { MemberNumber, RunFacts } from "../model/run.ts";
import type { Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { memberLink, nameIn, timeLink } from "./links.ts";
import { badge } from "./member-parts.ts";
import type { Whys } from "./suspicions.ts";

/** The most that are listed at once: the first detected it themselves, and the others heard it from them. */
const MOST = 5;

export function accuserList(desk: Desk, facts: RunFacts, about: MemberNumber, { suspect, dead, first }: AccusersDetail, whys: Whys): readonly HTMLElement[] {
  if (suspect + dead === 0) return [];
  const counts = [...(suspect === 0 ? [] : [`suspected by ${suspect}`]), ...(dead === 0 ? [] : [`held dead by ${dead}`])].join(", ");
  const shown = first.slice(0, MOST);
  return [element("section", { class: "accusers" }, element("h3", {}, counts.charAt(0).toUpperCase() + counts.slice(1)),
    ...(shown.length < suspect + dead ? [element("p", { class: "soft" }, `The first ${shown.length} are shown.`)] : []),
    element("ul", {}, ...shown.map((one) => accuserItem(desk, facts, about, one, whys))))];
}

function accuserItem(desk: Desk, facts: RunFacts, about: MemberNumber, { who, status, since, line }: AccuserDetail, whys: Whys): HTMLElement {
  return element("li", {}, memberLink(desk, facts, who), " ", badge(status), ...(since === null ? [] : [" since ", timeLink(desk, since, line), " "]),
    ...(line === null ? [] : whys.at(facts.id, line, about, nameIn(facts, about), status)));
}
