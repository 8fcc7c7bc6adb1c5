/** Keys are rotated, and encryption rolled out, in a group that goes on talking: as operators are told to do it, nothing is lost, in whatever order things happen. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Codec } from "../../../adapter/codec/codec.ts";
import type { MemberlistCodecOptions } from "../../../adapter/codec/dialect.ts";
import { keyringOf, type Keyring } from "../../../adapter/codec/keyring.ts";
import { memberlistCodec } from "../../../adapter/codec/memberlist.ts";
import { SOMEWHERE } from "../../engine/wire/arbitrary.ts";
import { keyNumber, ping, pushPull } from "./messages.ts";

const RUNS = { seed: 1977, numRuns: 60 };
const OLD = keyNumber(1);
const NEW = keyNumber(2);

/** A member of whom nothing matters but how it encrypts. */
type Speaker = { readonly keyring: Keyring; codec: Codec };
/** One round of an operator's, member after member. */
type Round = (speaker: Speaker) => void;

/** What happens next: a member is dealt with (which of those still to be), something is said, or something that was said arrives. */
type Happening =
  | { readonly kind: "deal"; readonly which: number }
  | { readonly kind: "say"; readonly from: number; readonly to: number; readonly over: "datagram" | "stream" }
  | { readonly kind: "arrive"; readonly which: number };

const number = fc.nat({ max: 1_000 });
const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(fc.oneof(
  fc.record({ kind: fc.constant("deal" as const), which: number }),
  fc.record({ kind: fc.constant("say" as const), from: number, to: number, over: fc.constantFrom("datagram" as const, "stream" as const) }),
  fc.record({ kind: fc.constant("arrive" as const), which: number }),
), { minLength: 10, maxLength: 60, size: "max" });

type Flight = { readonly to: Speaker; readonly over: "datagram" | "stream"; readonly bytes: Uint8Array };

/** Plays the rounds; each ends when all have been dealt with and all that was said has arrived. Returns what was lost, and how much was said. */
function play(speakers: readonly Speaker[], rounds: readonly Round[], course: readonly (readonly Happening[])[]): { readonly lost: readonly string[]; readonly said: number } {
  const lost: string[] = [];
  let said = 0;
  const arrive = ({ to, over, bytes }: Flight): void => {
    const read = over === "datagram" ? to.codec.decode(bytes, SOMEWHERE) : to.codec.decodeStream(bytes, SOMEWHERE, "caller");
    if ("ok" in read ? !read.ok : read.kind !== "message") lost.push(JSON.stringify(read));
  };
  rounds.forEach((round, number) => {
    const waiting = [...speakers];
    const flights: Flight[] = [];
    for (const happening of course[number] ?? []) {
      if (happening.kind === "deal" && waiting.length > 0) {
        waiting.splice(happening.which % waiting.length, 1).forEach(round);
      } else if (happening.kind === "arrive" && flights.length > 0) {
        flights.splice(happening.which % flights.length, 1).forEach(arrive);
      } else if (happening.kind === "say") {
        const [from, to] = [speakers[happening.from % speakers.length], speakers[happening.to % speakers.length]];
        if (from === undefined || to === undefined) continue;
        const bytes = happening.over === "datagram" ? from.codec.encode(ping(said), 5) : from.codec.encodeStream(pushPull(2), "caller");
        flights.push({ to, over: happening.over, bytes });
        said++;
      }
    }
    waiting.forEach(round);
    flights.forEach(arrive);
  });
  return { lost, said };
}

const speaking = (keys: readonly Uint8Array[], options: MemberlistCodecOptions = {}): Speaker => {
  const keyring = keyringOf(keys);
  return { keyring, codec: memberlistCodec({ keyring, ...options }) };
};
const group = (size: number, make: () => Speaker): readonly Speaker[] => Array.from({ length: size }, make);
const size = fc.integer({ min: 2, max: 5 });

const add: Round = ({ keyring }) => keyring.add(NEW);
const use: Round = ({ keyring }) => keyring.use(NEW);
const remove: Round = ({ keyring }) => keyring.remove(OLD);
const rotate: Round = ({ keyring }) => keyring.rotate(NEW);

describe("a key is rotated", () => {
  test("added by all, used by all, the old one removed by all: no packet is lost", () => {
    let total = 0;
    fc.assert(fc.property(size, fc.array(happenings, { minLength: 3, maxLength: 3 }), (members, course) => {
      const speakers = group(members, () => speaking([OLD]));
      const { lost, said } = play(speakers, [add, use, remove], course);
      expect(lost).toEqual([]);
      expect(speakers.map(({ keyring }) => keyring.list().length)).toEqual(speakers.map(() => 1));
      total += said;
    }), RUNS);
    expect(total).toBeGreaterThan(2_000);
  });

  test("each rotates by itself once all have the key, and removes the old one when all have: the same", () => {
    fc.assert(fc.property(size, fc.array(happenings, { minLength: 3, maxLength: 3 }), (members, course) => {
      expect(play(group(members, () => speaking([OLD])), [add, rotate, remove], course).lost).toEqual([]);
    }), RUNS);
  });

  test("used before all have it: those who have not lose what is said with it", () => {
    const [hasty, other] = [speaking([OLD]), speaking([OLD])];
    rotate(hasty);
    expect(other.codec.decode(hasty.codec.encode(ping(), 5), SOMEWHERE)).toMatchObject({ reason: "undecipherable", why: "our key does not decrypt it" });
    expect(hasty.codec.decode(other.codec.encode(ping(), 5), SOMEWHERE), "but are heard").toMatchObject({ ok: true });
  });

  test("the old one removed while something is on its way under it: that is lost", () => {
    const [sender, receiver] = [speaking([OLD, NEW]), speaking([NEW, OLD])];
    const late = sender.codec.encode(ping(), 5);
    remove(receiver);
    expect(receiver.codec.decode(late, SOMEWHERE)).toMatchObject({ reason: "undecipherable" });
  });
});

/** Restarts with other options, as members of memberlist must. */
const restart = (options: MemberlistCodecOptions): Round => (speaker) => {
  speaker.codec = memberlistCodec({ keyring: speaker.keyring, ...options });
};

describe("encryption is rolled out in a group that speaks plainly", () => {
  const getKeys: Round = (speaker) => {
    speaker.keyring.add(OLD);
    restart({ verifyIncoming: false, verifyOutgoing: false })(speaker);
  };
  const speakEncrypted = restart({ verifyIncoming: false });
  const insist = restart({});

  test("keys for all, then encrypted by all, then required by all: no packet is lost", () => {
    fc.assert(fc.property(size, fc.array(happenings, { minLength: 3, maxLength: 3 }), (members, course) => {
      const speakers = group(members, () => speaking([]));
      expect(play(speakers, [getKeys, speakEncrypted, insist], course).lost).toEqual([]);
      expect(speakers.every(({ codec }) => !codec.decode(memberlistCodec().encode(ping(), 5), SOMEWHERE).ok), "and plain packets are refused").toBe(true);
    }), RUNS);
  });

  test("required too early: who speaks plainly is lost", () => {
    const [hasty, other] = [speaking([OLD]), speaking([])];
    expect(hasty.codec.decode(other.codec.encode(ping(), 5), SOMEWHERE)).toMatchObject({ reason: "plain" });
  });
});
