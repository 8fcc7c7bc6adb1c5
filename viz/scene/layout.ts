/** Where members stand: always in the same place for the same group and size, so that whatever moves means something. */

import type { MemberFacts } from "../model/run.ts";
import type { Size } from "./mark.ts";

/** A place for each member, two numbers each, and how large a member may be drawn. */
export type Layout = { readonly points: Float32Array; readonly r: number; readonly centre: { readonly x: number; readonly y: number }; readonly radius: number };

const MARGIN = 34;
/** About so wide is a letter of a name that stands beside the circle; a longer name than this is cut short by the edge. */
const [LETTER, LETTERS] = [7, 16];
/** More members than these are drawn too small for names. */
const NAMED = 240;

/** What is left free beside the circle. */
const marginBeside = (members: readonly MemberFacts[]): number =>
  members.length > NAMED ? MARGIN : MARGIN + LETTER * Math.min(LETTERS, members.reduce((longest, { id }) => Math.max(longest, id.length), 0));

/** On one circle, from twelve o'clock; by zones, each zone on its arc with a gap between. Above 240 members, rings within rings. */
export function layoutOf(members: readonly MemberFacts[], { width, height }: Size, kind: "circle" | "zones"): Layout {
  const centre = { x: width / 2, y: height / 2 };
  const radius = Math.max(20, Math.min(width / 2 - marginBeside(members), height / 2 - MARGIN));
  const order = kind === "zones" ? byZone(members) : members.map((_, who) => who);
  const rings = Math.max(1, Math.ceil(Math.sqrt(members.length / NAMED)));
  const perRing = Math.ceil(order.length / rings);
  const points = new Float32Array(2 * members.length);
  const gaps = kind === "zones" ? gapsOf(order, members) : order.map(() => 0);
  const slots = order.length + (gaps.at(-1) ?? 0) + (kind === "zones" && (gaps.at(-1) ?? 0) > 0 ? GAP : 0);
  order.forEach((who, place) => {
    const turn = rings === 1 ? (place + (gaps[place] ?? 0)) / Math.max(1, slots) : Math.floor(place / rings) / perRing;
    const far = radius * (1 - (0.75 * (place % rings)) / rings);
    points[2 * who] = round(centre.x + far * Math.sin(2 * Math.PI * turn));
    points[2 * who + 1] = round(centre.y - far * Math.cos(2 * Math.PI * turn));
  });
  const r = Math.max(1.5, Math.min(13, (Math.PI * radius) / perRing * 0.62, (0.3 * radius) / rings));
  return { points, r: round(r), centre, radius };
}

/** So many places are left free between two zones. */
const GAP = 2;

const byZone = (members: readonly MemberFacts[]): number[] =>
  members.map((_, who) => who).toSorted((one, other) => compare(members[one]?.zone ?? "", members[other]?.zone ?? "") || one - other);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** For each place in the order, how many places are left free before it. */
function gapsOf(order: readonly number[], members: readonly MemberFacts[]): readonly number[] {
  let gap = 0;
  return order.map((who, place) => {
    const before = order[place - 1];
    if (before !== undefined && members[before]?.zone !== members[who]?.zone) gap += GAP;
    return gap;
  });
}

/** To hundredths of a pixel: what goldens can hold. */
export const round = (length: number): number => Math.round(length * 100) / 100;
