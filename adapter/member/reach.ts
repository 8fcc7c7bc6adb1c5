/** Is it us? Probes that fail one after another, while nobody's datagrams come in, say more about the one who probes than about those who do not answer. */

import type { Change, MemberId } from "../../engine/index.ts";
import type { Driver } from "../driver/driver.ts";
import { MemberError } from "../error.ts";

/** So many in a row. In a group at work somebody's ping comes in between. */
const ENOUGH = 2;

export class Reach {
  /** Whom our probes got no datagram from, since one last came in from anybody. */
  private silent: MemberId[] = [];
  /** How many had come in by then. */
  private received = 0;

  /** Hears what is announced. Once in each silence, says what that looks like; null otherwise. */
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

/** What was dropped came in as well: it says that something else is wrong. */
const receivedBy = ({ steps, drops }: Driver["counts"]): number => Object.values(drops.all()).reduce((sum, count) => sum + count, steps.of("received"));

/** Whose datagrams our own probe waited for in vain, though a stream may have been answered. */
function accusedBy(change: Change, self: MemberId): MemberId | null {
  if (change.kind === "datagrams-lost") return change.member.id;
  return change.kind === "suspected" && change.by === self && change.cause.kind === "probe" ? change.member.id : null;
}

const why = (silent: readonly MemberId[], address: string): string =>
  `no datagram has come in while our probes of ${silent.join(" and ")} failed: the network may be down here, UDP may be blocked, or nobody can reach us at ${address}, the address that we advertise`;
