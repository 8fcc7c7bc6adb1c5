/** Which member listens at an address, kept up to date by the engine's announcements. */

import { find, type Address, type Change, type Member, type MemberId, type State } from "../../engine/index.ts";

export class Addresses {
  private readonly names = new Map<Address, MemberId>();
  /** One address for each member, so that one that moves leaves no entry behind. */
  private readonly places = new Map<MemberId, Address>();

  heard(change: Change): void {
    if (change.kind === "joined" || change.kind === "updated") {
      const { id, address } = change.member;
      if (this.places.get(id) === address && this.names.get(address) === id) return;
      this.drop(id);
      this.names.set(address, id);
      this.places.set(id, address);
    }
    if (change.kind === "forgotten") this.drop(change.member.id);
  }

  /** The member that listens at this address, as far as we know. */
  at(where: Address, state: State): Member | undefined {
    const name = this.names.get(where);
    const member = name === undefined ? undefined : find(state.view, name);
    return member?.address === where ? member : undefined;
  }

  private drop(name: MemberId): void {
    const place = this.places.get(name);
    this.places.delete(name);
    if (place !== undefined && this.names.get(place) === name) this.names.delete(place);
  }
}
