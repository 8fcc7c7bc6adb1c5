/** Rumours: how often each is told, in which order, and what rides along. */

import { describe, expect, test } from "vitest";
import { memberId, presets, sizeOfClaim, sizeOfMessage, type Claim } from "../../../engine/index.ts";
import { COMPOUND_PART } from "../../../engine/wire/index.ts";
import { fitsADatagram, hush, noRumours, rumourOf, rumoursWaiting, spread, tell, tellLimit, type Rumours } from "../../../engine/rules/dissemination.ts";
import { ack, alive, suspect } from "../../builders.ts";

const ROOM = 1400;
const OFTEN = 100;
const about = (claims: readonly Claim[]): string => claims.map((claim) => (claim.kind === "alive" ? claim.member.id : claim.about)).join(" ");
const those = (...names: readonly string[]): Rumours => names.reduce((rumours, name) => spread(rumours, suspect(name, "a")), noRumours);
const sizeOf = (claim: Claim): number => COMPOUND_PART + sizeOfClaim(claim);

describe("memberlist: λ · ⌈log₁₀(n+1)⌉ times (rules 58 and B.10, λ 4)", () => {
  test.for([[0, 0], [1, 4], [9, 4], [10, 8], [32, 8], [99, 8], [100, 12], [512, 12], [1000, 16], [10_000, 20]] as const)("%i members: %i times", ([n, times]) => {
    expect(tellLimit(presets.swimlab, n)).toBe(times);
  });
});

describe("SWIM §5: λ · ⌈ln(n+1)⌉ times (λ 3)", () => {
  test.for([[1, 3], [2, 6], [7, 9], [19, 9], [20, 12], [53, 12], [54, 15], [148, 18]] as const)("%i members: %i times", ([n, times]) => {
    expect(tellLimit(presets["swim-inf"], n)).toBe(times);
  });
});

describe("telling", () => {
  test("with nothing to tell, says nothing and changes nothing", () => {
    expect(tell(noRumours, ROOM, 4, OFTEN)).toEqual([[], noRumours]);
    expect(tell(noRumours, ROOM, 4, OFTEN)[1]).toBe(noRumours);
  });

  test("the newest first, while all are told equally often", () => {
    expect(about(tell(those("b", "c", "d"), ROOM, 4, OFTEN)[0])).toBe("d c b");
  });

  test("the least told first, before the newest (SWIM §4.1: young rumours are preferred)", () => {
    const [, toldOnce] = tell(those("b", "c"), ROOM, 4, OFTEN);
    expect(about(tell(spread(toldOnce, suspect("d", "a")), ROOM, 4, OFTEN)[0])).toBe("d c b");
    const [told, rest] = tell(those("b", "c"), ROOM, 4, 1);
    expect([about(told), about(tell(rest, ROOM, 4, 1)[0])]).toEqual(["c", "b"]);
  });

  test("as often as the limit says, and never again", () => {
    let rumours = those("b");
    for (let time = 1; time <= 4; time++) {
      const [claims, next] = tell(rumours, ROOM, 4, OFTEN);
      expect(about(claims), `time ${time}`).toBe("b");
      rumours = next;
    }
    expect(rumoursWaiting(rumours)).toBe(0);
    expect(about(tell(rumours, ROOM, 4, OFTEN)[0])).toBe("");
  });

  test("no more often than a limit that has fallen meanwhile, because the group has shrunk", () => {
    let rumours = those("b");
    for (let time = 1; time <= 5; time++) rumours = tell(rumours, ROOM, 8, OFTEN)[1];
    expect(tell(rumours, ROOM, 4, OFTEN)).toEqual([[], { waiting: null, order: 1 }]);
  });

  test("no more claims than may ride on one message (SWIM §5: six)", () => {
    expect(about(tell(those("b", "c", "d", "e"), ROOM, 4, 2)[0])).toBe("e d");
  });

  test("to the last byte of the room, and not one further", () => {
    const [one, other] = [suspect("b", "a"), suspect("c", "a")];
    const rumours = spread(spread(noRumours, one), other);
    const both = sizeOf(one) + sizeOf(other);
    expect(about(tell(rumours, both, 4, OFTEN)[0])).toBe("c b");
    expect(about(tell(rumours, both - 1, 4, OFTEN)[0])).toBe("c");
    expect(about(tell(rumours, 0, 4, OFTEN)[0])).toBe("");
    expect(about(tell(rumours, -100, 4, OFTEN)[0])).toBe("");
  });

  test("a long one that does not fit is passed by, keeps its turn, and is not counted as told", () => {
    const long = alive("b", 1, "x".repeat(200));
    const rumours = spread(spread(noRumours, suspect("c", "a")), long);
    const [claims, rest] = tell(rumours, sizeOf(long) - 1, 4, OFTEN);
    expect(about(claims)).toBe("c");
    expect([rumourOf(rest, memberId("b"))?.told, rumourOf(rest, memberId("c"))?.told]).toEqual([0, 1]);
    expect(about(tell(rest, ROOM, 4, OFTEN)[0])).toBe("b c");
  });

  test("patience has an end: after four that do not fit, nothing shorter is looked for", () => {
    const behind = (longOnes: number): string => {
      const short = spread(noRumours, suspect("z", "a"));
      const rumours = Array.from({ length: longOnes }, (_, k) => alive(`m${k}`, 1, "x".repeat(200))).reduce(spread, short);
      return about(tell(rumours, 100, 4, OFTEN)[0]);
    };
    expect([behind(3), behind(4)]).toEqual(["z", ""]);
  });

  test("a newer claim takes the place of an older one about the same member, and starts afresh", () => {
    const [, told] = tell(those("b", "c"), ROOM, 4, OFTEN);
    const rumours = spread(told, alive("b", 2));
    expect(rumoursWaiting(rumours)).toBe(2);
    expect(tell(rumours, ROOM, 4, OFTEN)[0]).toEqual([alive("b", 2), suspect("c", "a")]);
  });

  test("what is hushed is told no more; hushing what is not told changes nothing", () => {
    const rumours = those("b", "c");
    expect(about(tell(hush(rumours, memberId("c")), ROOM, 4, OFTEN)[0])).toBe("b");
    expect(hush(rumours, memberId("d"))).toBe(rumours);
  });

  test("a claim fits a datagram exactly if the smallest message can carry it", () => {
    for (let length = 1_280; length < 1_320; length++) {
      const claim = alive("b", 1, "x".repeat(length));
      expect(fitsADatagram(claim, 1400)).toBe(sizeOfMessage(ack(4_294_967_295, claim)) <= 1400);
    }
    expect([fitsADatagram(alive("b", 1, "x".repeat(1_280)), 1400), fitsADatagram(alive("b", 1, "x".repeat(1_319)), 1400)]).toEqual([true, false]);
  });
});
