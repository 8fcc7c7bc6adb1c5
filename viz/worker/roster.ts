/** The members of a run: numbered in the order of their first births, and where they listen. */

import type { Address, Member, MemberId, State } from "../../engine/index.ts";
import type { MemberNumber } from "../model/run.ts";

export class Roster {
  readonly ids: MemberId[] = [];
  private readonly numbers = new Map<MemberId, MemberNumber>();
  private readonly listeners = new Map<Address, MemberNumber>();

  /** A member is born, possibly not for the first time. */
  born(who: MemberId, { self }: State): MemberNumber {
    const number = this.numberOf(who) ?? this.add(who);
    this.listeners.set(self.address, number);
    return number;
  }

  /** A member is mentioned that was not born in this recording: it gets a number, and its address is known. */
  met({ id, address }: Member): MemberNumber {
    const number = this.numberOf(id) ?? this.add(id);
    if (!this.listeners.has(address)) this.listeners.set(address, number);
    return number;
  }

  numberOf(id: MemberId): MemberNumber | undefined {
    return this.numbers.get(id);
  }

  /** The member that listened last at an address; undefined if none ever did. */
  at(address: Address): MemberNumber | undefined {
    return this.listeners.get(address);
  }

  nameOf(number: MemberNumber): string {
    return this.ids[number] ?? "somebody";
  }

  /** For the phrases of `trace/`: the name of the member that listens there, or the address. */
  readonly names = (address: Address): string => {
    const number = this.at(address);
    return number === undefined ? address : this.nameOf(number);
  };

  private add(who: MemberId): MemberNumber {
    const number = this.ids.push(who) - 1;
    this.numbers.set(who, number);
    return number;
  }
}
