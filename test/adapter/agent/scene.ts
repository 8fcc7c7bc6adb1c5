/** Members and moments for pictures of an agent. */

import { incarnation, memberId, type Member } from "../../../engine/index.ts";
import type { MemberEvents } from "../../../adapter/index.ts";
import { inkOf } from "../../../adapter/agent/ink.ts";
import type { Scene } from "../../../adapter/agent/board.ts";
import type { Row } from "../../../adapter/agent/table.ts";

type Peer = MemberEvents["join"]["peer"];

export const aPeer = (name: string, status: Peer["status"] = "alive", more: Partial<Peer> = {}): Peer =>
  ({ name, address: `10.0.0.${name.length}:7946`, status, incarnation: incarnation(1), meta: new Uint8Array(), tags: {}, record: { id: memberId(name) } as Member, ...more });

export const aRow = (name: string, status: Peer["status"] = "alive", more: Partial<Row> = {}, peer: Partial<Peer> = {}): Row =>
  ({ peer: aPeer(name, status, peer), lasted: 5_000, isUs: false, ...more });

const now = (seconds: number): Date => new Date(2026, 5, 1, 12, 0, seconds);
const at = 0 as MemberEvents["join"]["at"];

/** Somebody in doubt, somebody dead, somebody gone. */
export const aScene = (more: Partial<Scene> = {}): Scene => ({
  name: "a", address: "10.0.0.1:7946", about: ["preset swimlab", "encrypted"], upFor: 3_725_000, health: 0, healthMax: 7, waiting: 2, late: 3, isLeaving: false,
  rows: [
    aRow("a", "alive", { isUs: true, lasted: 3_725_000 }, { tags: { role: "web" } }),
    aRow("bb", "alive", { lasted: 190_000 }, { tags: { role: "db", zone: "eu" } }),
    aRow("ccc", "suspect", { lasted: 2_000, remark: "by a: no answer, nor through bb" }),
    aRow("dddd", "failed", { lasted: 93_600_000, remark: "according to bb, via gossip" }),
    aRow("eeeee", "left", { lasted: 60_000 }, { meta: new TextEncoder().encode("hello") }),
  ],
  recent: [
    { at: now(1), news: { kind: "join", at, peer: aPeer("bb", "alive", { tags: { role: "db" } }) } },
    { at: now(2), news: { kind: "suspect", at, peer: aPeer("ccc", "suspect"), by: "a", via: "probe", relays: ["bb"] } },
    { at: now(3), news: { kind: "failed", at, peer: aPeer("dddd", "failed"), by: "bb", via: "gossip", suspectedBy: "", relays: [], confirmedBy: [] } },
    { at: now(4), news: { kind: "leave", at, peer: aPeer("eeeee", "left") } },
  ],
  ...more,
});

export const plainInk = inkOf(false);
