/** A ring partition: a wheel in the middle with every member's place, and arcs that show how far some of them reach. */

import { reachInRing } from "../model/fault.ts";
import type { FaultFact } from "../model/run.ts";
import { type Layout, round } from "./layout.ts";
import type { Hit, Mark } from "./mark.ts";
import type { SceneUi } from "./ui.ts";

/** The wheel's distance from the centre, as a share of the members' circle; and how far inside it each further arc is, in pixels. */
const [WHEEL, APART] = [0.58, 13];
/** Up to this many places have the members' names beside them. */
const NAMED = 36;
/** How many examples are shown if no member is chosen. */
const EXAMPLES = 3;

/** For the chosen member, its arc and the members out of its reach; without one, the arcs of some that overlap. */
export function ringMarks({ sides }: FaultFact, layout: Layout, { facts, selected, observer }: Pick<SceneUi, "facts" | "selected" | "observer">): readonly Mark[] {
  const { centre: { x, y }, points, r } = layout;
  const places = sides.map(([who]) => who ?? 0);
  const reach = reachInRing(places.length);
  const wheel = WHEEL * layout.radius;
  const turn = (2 * Math.PI) / Math.max(1, places.length);
  const own = places.indexOf(selected.member ?? observer ?? -1);
  const shown = own >= 0 ? [own] : Array.from({ length: EXAMPLES }, (_, n) => Math.floor((n * places.length) / EXAMPLES));
  const arcs = shown.map((place, n): Mark => ({
    kind: "arc", look: "reach", x, y, r: round(wheel - APART * (n + 1)), from: round((place - reach - 0.4) * turn), to: round((place + reach + 0.4) * turn), title: `${facts.members[places[place] ?? 0]?.id ?? ""} reaches these ${1 + 2 * reach}`,
  }));
  const out = own < 0 ? [] : places.filter((_, place) => { const apart = Math.abs(place - own); return Math.min(apart, places.length - apart) > reach; });
  return [
    { kind: "circle", look: "wall ring", x, y, r: round(wheel), title: "ring partition: the order of the members in the ring" },
    ...arcs,
    ...places.flatMap((who, place): readonly Mark[] => placeMarks(layout.centre, wheel, place * turn, { hit: { kind: "member", who }, name: facts.members[who]?.id ?? "", isNamed: places.length <= NAMED || shown.includes(place) })),
    ...shown.map((place, n): Mark => middleOf(layout.centre, wheel - APART * (n + 1), place * turn)),
    ...out.map((who): Mark => ({ kind: "circle", look: "out-of-reach", x: round(points[2 * who]!), y: round(points[2 * who + 1]!), r: r + 9, title: "out of the selected member's reach" })),
  ];
}

function placeMarks({ x, y }: Layout["centre"], wheel: number, angle: number, { hit, name, isNamed }: { readonly hit: Hit; readonly name: string; readonly isNamed: boolean }): readonly Mark[] {
  const at = (far: number): { readonly x: number; readonly y: number } => ({ x: round(x + far * Math.sin(angle)), y: round(y - far * Math.cos(angle)) });
  const label = at(wheel + 12);
  return [
    { kind: "circle", look: "ring-place", ...at(wheel), r: 2.5, hit, title: name },
    ...(isNamed ? [{ kind: "text", look: "ring-name", x: label.x, y: round(label.y + 3), text: name, anchor: "middle", hit } as const] : []),
  ];
}

/** A dot at the middle of an arc marks the member that it belongs to. */
const middleOf = ({ x, y }: Layout["centre"], far: number, angle: number): Mark => ({ kind: "circle", look: "reach-middle", x: round(x + far * Math.sin(angle)), y: round(y - far * Math.cos(angle)), r: 3.5 });
