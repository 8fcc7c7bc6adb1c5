/** Who claimed what about whom, and when it was first heard. */

import { claimed, subject, type Claim, type Instant, type MemberId } from "../../engine/index.ts";
import { claimsIn } from "./naming.ts";
import type { Spoken } from "./speaker.ts";

export type ClaimHeard = {
  readonly kind: Claim["kind"];
  readonly about: MemberId;
  /** Who says so first hand. */
  readonly by: MemberId;
  readonly incarnation: number;
  /** When it was first told, as far as it was captured, … */
  readonly at: Instant;
  /** … and how often in all. */
  readonly told: number;
};

/** So many different claims are kept. */
export const MOST_CLAIMS = 10_000;

export type ClaimBook = { readonly hear: (saying: Spoken) => void; readonly end: () => { readonly claims: readonly ClaimHeard[]; readonly more: number } };

export function keepClaims(): ClaimBook {
  const book = new Map<string, { -readonly [Field in keyof ClaimHeard]: ClaimHeard[Field] }>();
  let more = 0;
  return {
    hear: ({ message, at }) => {
      for (const claim of claimsIn(message)) {
        const [about, life] = [subject(claim), claimed(claim)];
        const by = claim.kind === "alive" ? about : claim.from;
        const key = JSON.stringify([claim.kind, about, by, life]);
        const known = book.get(key);
        if (known !== undefined) known.told++;
        else if (book.size < MOST_CLAIMS) book.set(key, { kind: claim.kind, about, by, incarnation: life, at, told: 1 });
        else more++;
      }
    },
    end: () => ({ claims: Array.from(book.values()), more }),
  };
}
