/**
 * Who speaks. Of a datagram it is plain, and of who answers on a stream. But who opened a stream does so from a port of the moment, and memberlist does not
 * say its name in most of what it says there: so it is found out from what is known.
 */

import { membersOf, type Address, type MemberId } from "../../engine/index.ts";
import { hostOf, isLoopback } from "./find.ts";
import type { Saying } from "./saying.ts";

/** Who has which address, as far as it is known. */
export type Directory = {
  readonly addresses: ReadonlySet<Address>;
  /** The members on the machine of this address. */
  readonly neighbours: (address: Address) => readonly Address[];
  readonly addressOf: (name: MemberId) => Address | undefined;
};
export type Spoken = Exclude<Saying, { kind: "unread" }>;

/** The address at which the speaker listens; null if there is no telling. */
export function speakerOf(saying: Spoken, directory: Directory): Address | null {
  if (saying.kind === "datagram" || saying.side === "answerer") return saying.from;
  const { message, from, to } = saying;
  if (message.kind === "ping") {
    const address = directory.addressOf(message.source);
    if (address !== undefined) return address;
  }
  // Who knows nobody but itself has just begun.
  const records = message.kind === "push-pull" ? membersOf(message.view) : [];
  const [only] = records;
  if (records.length === 1 && only !== undefined && directory.addresses.has(only.address) && only.address !== to) return only.address;
  const [first, ...more] = directory.neighbours(from).filter((address) => address !== to);
  return first !== undefined && more.length === 0 ? first : null;
}

/** Members by machine. Loopback has many addresses, and who calls may do so from any of them. */
export function machinesOf(addresses: ReadonlySet<Address>): (address: Address) => readonly Address[] {
  const machines = new Map<string, Address[]>();
  const nameOf = (address: Address): string => (isLoopback(address) ? "loopback" : hostOf(address));
  for (const address of addresses) {
    const machine = machines.get(nameOf(address));
    if (machine === undefined) machines.set(nameOf(address), [address]);
    else machine.push(address);
  }
  return (address) => machines.get(nameOf(address)) ?? [];
}
