/** Which name belongs to which address, from what members say of themselves and of one another. */

import { membersOf, memberId, type Address, type Claim, type MemberId, type Member } from "../../engine/index.ts";
import type { Spoken } from "./speaker.ts";

/** How much a word counts: of oneself most; of whom one speaks to; of a third. */
const weights = { own: 3, addressed: 2, hearsay: 1 } as const;

type Vote = { readonly name: MemberId; readonly weight: number };

export type Naming = {
  readonly hear: (saying: Spoken) => void;
  readonly addressOf: (name: MemberId) => Address | undefined;
  readonly nameAt: (address: Address) => MemberId | undefined;
};

export function learnNames(): Naming {
  const names = new Map<Address, Vote>();
  const addresses = new Map<MemberId, Address>();
  const vote = (address: Address, name: MemberId, weight: number): void => {
    const held = names.get(address);
    if (name === "" || (held !== undefined && held.weight >= weight)) return;
    names.set(address, { name, weight });
    addresses.set(name, address);
  };
  const hear = (saying: Spoken): void => {
    const { message, from, to } = saying;
    if (message.kind === "ping" || message.kind === "ping-req") {
      // On a stream the caller's port is not the one that it listens on.
      vote(saying.kind === "datagram" ? from : message.sourceAddress, message.source, weights.own);
      vote(message.kind === "ping" ? to : message.targetAddress, message.target, weights.addressed);
    }
    for (const { address, id } of recordsIn(saying)) vote(address, id, weights.hearsay);
  };
  return { hear, addressOf: (name) => addresses.get(name), nameAt: (address) => names.get(address)?.name };
}

/** The records that somebody hands out: alive claims, or a view. */
export function recordsIn({ message }: Spoken): readonly Member[] {
  if (message.kind === "push-pull" || message.kind === "patch") return membersOf(message.view);
  return claimsIn(message).flatMap((claim) => (claim.kind === "alive" ? [claim.member] : []));
}

/** The gossip on a message, if it can carry any. */
export const claimsIn = (message: Spoken["message"]): readonly Claim[] => ("gossip" in message ? message.gossip : []);

/** A name for whoever has none: its address. */
export const nameless = (address: Address): MemberId => memberId(address);
