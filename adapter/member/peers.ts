/** Turns the engine's records of members into peers, as the API has them. */

import { charactersOf, membersOf, isLiving, rawOf, tagsOf, type Member, type SerfStatus, type State } from "../../engine/index.ts";
import type { Peer } from "./member.ts";
import type { TagRecord } from "./options.ts";

/** The status that Serf's layer has for a member; undefined if there is no such layer, or it has none. */
export type StatusOf = (member: Member) => SerfStatus | undefined;

export function peerOf(member: Member, statusOf: StatusOf): Peer {
  const { id, address, incarnation, meta } = member;
  return { name: id, address, status: statusIn(member, statusOf), incarnation, meta: rawOf(meta), tags: tagRecordOf(member), record: member };
}

/** Sorted by name. */
export const peersIn = ({ view }: State, which: "living" | "all", statusOf: StatusOf): readonly Peer[] =>
  membersOf(view)
    .filter(({ status }) => which === "all" || isLiving(status))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((member) => peerOf(member, statusOf));

/** For gone members, Serf's layer decides between left and failed, because it knows the intents. */
function statusIn(member: Member, statusOf: StatusOf): Peer["status"] {
  if (isLiving(member.status)) return member.status === "alive" ? "alive" : "suspect";
  const serfs = statusOf(member);
  if (serfs === "left" || serfs === "failed") return serfs;
  return member.status === "left" ? "left" : "failed";
}

const noTags: TagRecord = {};
/** The first byte of a Serf meta. */
const MAGIC = "\u00ff";

/** Is this meta a set of tags (possibly empty)? */
export const areTags = (meta: Uint8Array): boolean => meta[0] === MAGIC.charCodeAt(0) && tagsOf(charactersOf(meta)) !== undefined;

const tagRecordOf = ({ meta }: Member): TagRecord => (meta.startsWith(MAGIC) ? Object.fromEntries(tagsOf(meta) ?? []) : noTags);
