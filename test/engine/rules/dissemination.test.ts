/** Rumours: how often each is told, in which order, and what rides along. */

import { describe, expect, test } from "vitest";
import { memberId, milliseconds, NEVER, presets, sizeOfClaim, sizeOfMessage, type Claim } from "../../../engine/index.ts";
import { COMPOUND_PART } from "../../../engine/wire/index.ts";
import {
  claimsWaiting, entryOf, fitsADatagram, hush, nextBeat, noRumours, rumourOf, rumoursWaiting, sizeInDatagram, spread, tell, tellLimit, type Rumours,
} from "../../../engine/rules/dissemination.ts";
import { ack, alive, ms, suspect } from "../../builders.ts";

const ROOM = 1400;
const OFTEN = 100;
const about = (claims: readonly Claim[]): string => claims.map((claim) => (claim.kind === "alive" ? claim.member.id : claim.about)).join(" ");
const those = (...names: readonly string[]): Rumours => names.reduce((rumours, name) => spread(rumours, suspect(name, "a"), "newest"), noRumours);
/** Whom the next message tells of, and what is left to tell. */
const telling = (rumours: Rumours, room = ROOM, limit = 4, most = OFTEN): readonly [about: string, rest: Rumours] => {
  const { items, rest } = tell(rumours, "newest", room, limit, most);
  return [about(items), rest];
};
const sizeOf = (claim: Claim): number => COMPOUND_PART + sizeOfClaim(claim);

test("whatever was told lately of whomever, an entry is of the claim that it is asked for", () => {
  // The first three have one hash, and so one place.
  const names = ["m79818", "m4539855", "m9383686", "b"];
  const claims = names.flatMap((name) => [1, 2].flatMap((life) => [alive(name, life), alive(name, life, "web"), suspect(name, "a", life), suspect(name, "c", life)]));
  for (let k = 0; k < 4 * claims.length; k++) {
    const claim = claims[(k * 7) % claims.length]!;
    const entry = entryOf(claim);
    expect(entry).toEqual({ key: claim.kind === "alive" ? claim.member.id : claim.about, item: claim, size: sizeOf(claim) });
    // The same record in another claim is told from the same entry, and another record of as much is not.
    if (claim.kind === "alive") expect([entryOf({ ...claim }) === entry, entryOf({ kind: "alive", member: { ...claim.member } }) === entry]).toEqual([true, false]);
  }
});

describe("memberlist: λ · ⌈log₁₀(n+1)⌉ times (λ 4, then 3; its own test vectors)", () => {
  test.for([[0, 0], [1, 4], [9, 4], [10, 8], [32, 8], [99, 8], [100, 12], [512, 12], [1000, 16], [10_000, 20]] as const)("%i members: %i times", ([n, times]) => {
    expect(tellLimit(presets["memberlist-lan"], n)).toBe(times);
  });

  test.for([[0, 0], [1, 3], [99, 6]] as const)("%i members, λ 3: %i times", ([n, times]) => {
    expect(tellLimit({ ...presets["memberlist-lan"], tellMult: 3 }, n)).toBe(times);
  });
});

describe("SWIM §5: λ · ⌈ln(n+1)⌉ times (λ 3)", () => {
  test.for([[1, 3], [2, 6], [7, 9], [19, 9], [20, 12], [53, 12], [54, 15], [148, 18]] as const)("%i members: %i times", ([n, times]) => {
    expect(tellLimit(presets["swim-inf"], n)).toBe(times);
  });
});

describe("telling", () => {
  test("with nothing to tell, says nothing and changes nothing", () => {
    expect(tell(noRumours, "newest", ROOM, 4, OFTEN)).toEqual({ items: [], bytes: 0, rest: noRumours });
    expect(tell(noRumours, "newest", ROOM, 4, OFTEN).rest).toBe(noRumours);
  });

  test("the newest first, while all are told equally often", () => {
    expect(telling(those("b", "c", "d"))[0]).toBe("d c b");
  });

  test("or the longest first, as memberlist does, and of those the newest", () => {
    const longest = [suspect("b", "a"), alive("c"), suspect("d", "a"), alive("e", 1, "meta")].reduce((rumours, claim) => spread(rumours, claim, "longest"), noRumours);
    expect(about(tell(longest, "longest", ROOM, 4, OFTEN).items)).toBe("e c d b");
  });

  test("the least told first, before the newest (SWIM §4.1: young rumours are preferred)", () => {
    const [, toldOnce] = telling(those("b", "c"));
    expect(telling(spread(toldOnce, suspect("d", "a"), "newest"), ROOM, 4, 1)[0]).toBe("d");
    const [told, rest] = telling(those("b", "c"), ROOM, 4, 1);
    expect([told, telling(rest, ROOM, 4, 1)[0]]).toEqual(["c", "b"]);
  });

  test("as often as the limit says, and never again", () => {
    let rumours = those("b");
    for (let time = 1; time <= 4; time++) {
      const [told, next] = telling(rumours);
      expect(told, `time ${time}`).toBe("b");
      rumours = next;
    }
    expect(rumoursWaiting(rumours)).toBe(0);
    expect(telling(rumours)[0]).toBe("");
  });

  test("no more often than a limit that has fallen meanwhile, because the group has shrunk", () => {
    let rumours = those("b");
    for (let time = 1; time <= 5; time++) rumours = tell(rumours, "newest", ROOM, 8, OFTEN).rest;
    expect(tell(rumours, "newest", ROOM, 4, OFTEN)).toEqual({ items: [], bytes: 0, rest: noRumours });
  });

  test("no more claims than may ride on one message (SWIM §5: six)", () => {
    expect(telling(those("b", "c", "d", "e"), ROOM, 4, 2)[0]).toBe("e d");
  });

  test("to the last byte of the room, and not one further", () => {
    const [one, other] = [suspect("b", "a"), suspect("c", "a")];
    const both = sizeOf(one) + sizeOf(other);
    expect(tell(those("b", "c"), "newest", both, 4, OFTEN)).toMatchObject({ items: [other, one], bytes: both });
    expect(tell(those("b", "c"), "newest", both - 1, 4, OFTEN)).toMatchObject({ items: [other], bytes: sizeOf(other) });
    expect(telling(those("b", "c"), 0)[0]).toBe("");
    expect(telling(those("b", "c"), -100)[0]).toBe("");
  });

  test("a long one that does not fit is passed by, keeps its turn, and is not counted as told", () => {
    const long = alive("b", 1, "x".repeat(200));
    const [told, rest] = telling(spread(those("c"), long, "newest"), sizeOf(long) - 1);
    expect(told).toBe("c");
    expect([rumourOf(rest, memberId("b"))?.told, rumourOf(rest, memberId("c"))?.told]).toEqual([0, 1]);
    expect(telling(rest, ROOM, 4, 1)[0]).toBe("b");
  });

  test("however many do not fit, what does is found behind them", () => {
    const long = Array.from({ length: 40 }, (_, k) => alive(`m${k}`, 1, "x".repeat(200)));
    expect(telling(long.reduce((rumours, claim) => spread(rumours, claim, "newest"), those("z")), 100)[0]).toBe("z");
  });

  test("a newer claim takes the place of an older one about the same member, and starts afresh", () => {
    const [, told] = telling(those("b", "c"));
    const rumours = spread(told, alive("b", 2), "newest");
    expect(rumoursWaiting(rumours)).toBe(2);
    expect(rumourOf(rumours, memberId("b"))).toEqual({ claim: alive("b", 2), told: 0 });
    expect(tell(rumours, "newest", ROOM, 4, OFTEN).items).toEqual([alive("b", 2), suspect("c", "a")]);
  });

  test("about a member without a name is telling about a member like any other", () => {
    const rumours = spread(spread(noRumours, alive("", 1), "newest"), alive("", 2), "newest");
    expect(claimsWaiting(rumours)).toEqual([alive("", 2)]);
    expect(rumoursWaiting(hush(rumours, memberId("")))).toBe(0);
  });

  test("what is hushed is told no more; hushing what is not told changes nothing", () => {
    const rumours = those("b", "c");
    expect(telling(hush(rumours, memberId("c")))[0]).toBe("b");
    expect(hush(rumours, memberId("d"))).toBe(rumours);
  });

  test("a claim fits a datagram exactly if the smallest message can carry it", () => {
    for (let length = 1_280; length < 1_320; length++) {
      const claim = alive("b", 1, "x".repeat(length));
      expect(fitsADatagram(sizeInDatagram(claim), 1400)).toBe(sizeOfMessage(ack(4_294_967_295, claim)) <= 1400);
    }
    expect([1_280, 1_319].map((length) => fitsADatagram(sizeInDatagram(alive("b", 1, "x".repeat(length))), 1400))).toEqual([true, false]);
  });
});

describe("the beat on which news is told to random members", () => {
  test.for([
    // phase, now, next, because
    [0,   0,   200, "on the beat: the next one"],
    [0,   1,   200, "just after it"],
    [0,   199, 200, "just before it"],
    [0,   200, 400, "never now"],
    [70,  200, 270, "each member has a rhythm of its own"],
    [70,  7_071, 7_270, "and keeps it, however long there was nothing to tell"],
    [970, 10,  170, "before the first beat as well"],
  ] as const)("from %i ms on, every 200 ms; now %i: at %i, %s", ([phase, now, expected]) => {
    expect(nextBeat(ms(phase), milliseconds(200), ms(now))).toBe(ms(expected));
  });

  test("never comes where there is none", () => {
    expect(nextBeat(ms(70), milliseconds(0), ms(200))).toBe(NEVER);
  });
});
