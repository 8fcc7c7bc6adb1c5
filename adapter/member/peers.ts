/** Members as an application sees them. */

import { charactersOf, membersOf, isLiving, rawOf, tagsOf, type Member, type SerfStatus, type State } from "../../engine/index.ts";
import type { Peer } from "./member.ts";
import type { TagRecord } from "./options.ts";

/** What Serf's layer calls a member, if there is one and it says anything. */
export type StatusOf = (member: Member) => SerfStatus | undefined;

export function peerOf(member: Member, statusOf: StatusOf): Peer {
  const { id, address, incarnation, meta } = member;
  return { name: id, address, status: statusIn(member, statusOf), incarnation, meta: rawOf(meta), tags: tagRecordOf(member), record: member };
}

/** By name. */
export const peersIn = ({ view }: State, which: "living" | "all", statusOf: StatusOf): readonly Peer[] =>
  membersOf(view)
    .filter(({ status }) => which === "all" || isLiving(status))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((member) => peerOf(member, statusOf));

/** Of those who are gone, Serf knows better who meant to go. */
function statusIn(member: Member, statusOf: StatusOf): Peer["status"] {
  if (isLiving(member.status)) return member.status === "alive" ? "alive" : "suspect";
  const serfs = statusOf(member);
  if (serfs === "left" || serfs === "failed") return serfs;
  return member.status === "left" ? "left" : "failed";
}

const noTags: TagRecord = {};
/** What a Serf's meta begins with. */
const MAGIC = "\u00ff";

/** Are these tags, be it none? */
export const areTags = (meta: Uint8Array): boolean => meta[0] === MAGIC.charCodeAt(0) && tagsOf(charactersOf(meta)) !== undefined;

const tagRecordOf = ({ meta }: Member): TagRecord => (meta.startsWith(MAGIC) ? Object.fromEntries(tagsOf(meta) ?? []) : noTags);
