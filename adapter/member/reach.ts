/** Detects that we are cut off ourselves: several probes fail in a row while no datagrams come in at all. */

import type { Change, MemberId } from "../../engine/index.ts";
import type { Driver } from "../driver/driver.ts";
import { MemberError } from "../error.ts";

/** How many probes in a row. In a working group, a ping of another member comes in between. */
const ENOUGH = 2;

export class Reach {
  /** The targets of the probes that failed since the last datagram came in. */
  private silent: MemberId[] = [];
  /** How many datagrams had come in by then. */
  private received = 0;

  /** Takes an announcement. Returns an error once in each such silence; otherwise null. */
  heard(change: Change, { state, counts }: Pick<Driver, "state" | "counts">): MemberError | null {
    const accused = accusedBy(change, state.self.id);
    if (accused === null) return null;
    const received = receivedBy(counts);
    if (received !== this.received) this.silent = [];
    this.received = received;
    this.silent.push(accused);
    return this.silent.length === ENOUGH ? new MemberError("cut-off", why(this.silent, state.self.address)) : null;
  }
}

/** Dropped datagrams count too: if they come in, the problem is a different one. */
const receivedBy = ({ steps, drops }: Driver["counts"]): number => Object.values(drops.all()).reduce((sum, count) => sum + count, steps.of("received"));

/** The target of a probe of ours that got no datagram in answer, though it may have answered over a stream. */
function accusedBy(change: Change, self: MemberId): MemberId | null {
  if (change.kind === "datagrams-lost") return change.member.id;
  return change.kind === "suspected" && change.by === self && change.cause.kind === "probe" ? change.member.id : null;
}

const why = (silent: readonly MemberId[], address: string): string =>
  `no datagram has come in while our probes of ${silent.join(" and ")} failed: the network may be down here, UDP may be blocked, or nobody can reach us at ${address}, the address that we advertise`;
