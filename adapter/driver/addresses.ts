/** Who listens where: the names behind addresses, kept up with what the engine announces. */

import { find, type Address, type Change, type Member, type MemberId, type State } from "../../engine/index.ts";

export class Addresses {
  private readonly names = new Map<Address, MemberId>();

  heard(change: Change): void {
    if (change.kind === "joined" || change.kind === "updated") this.names.set(change.member.address, change.member.id);
    if (change.kind === "forgotten" && this.names.get(change.member.address) === change.member.id) this.names.delete(change.member.address);
  }

  /** The member that listens there, as far as we know. */
  at(where: Address, state: State): Member | undefined {
    const name = this.names.get(where);
    const member = name === undefined ? undefined : find(state.view, name);
    return member?.address === where ? member : undefined;
  }
}
