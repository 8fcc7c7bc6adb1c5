/** How long a suspicion waits, against memberlist's own figures, Lifeguard's and SWIM's steps; and who may shorten that. */

import { describe, expect, test } from "vitest";
import { memberId, micros, presets, seconds, type Config, type MemberId } from "../../../engine/index.ts";
import type { Suspicion } from "../../../engine/words/suspicion.ts";
import { begun, confirmationsWanted, confirmed, endsAt, suspectFor, waitFor } from "../../../engine/rules/suspicion.ts";
import { aConfig, aRecord, at, ms } from "../../builders.ts";

const lan = presets["memberlist-lan"];

describe("at its least, memberlist's waits mult · max(1, log₁₀ n) periods, the logarithm cut to thousandths (its own test vectors)", () => {
  test.for([
    [1, 4], [2, 4], [9, 4], [10, 4], [11, 4.164], [16, 4.816], [32, 6.02], [33, 6.072], [64, 7.224], [65, 7.248], [99, 7.98], [100, 8],
    [128, 8.428], [129, 8.44], [256, 9.632], [512, 10.836], [1000, 12], [10_000, 16],
  ] as const)("mult 4, periods of 1 s, %i members: %f s", ([n, length]) => {
    expect(suspectFor(lan, n)).toBe(seconds(length));
  });

  test.for([[5, 1], [10, 1], [50, 1.698], [100, 2], [500, 2.698], [1000, 3]] as const)("mult 3, periods of 1 s, %i members: three times %f s", ([n, third]) => {
    expect(suspectFor({ ...lan, suspicionMult: 3 }, n)).toBe(seconds(3 * third));
  });

  test("a group that somehow counts nobody still waits", () => {
    expect(suspectFor(lan, 0)).toBe(seconds(4));
  });
});

describe("SWIM §5: 3 · ⌈ln(n+1)⌉ periods of 2 s. Figure 3c rises from 9 to 12 and to 15 periods, at about 19 and 53 members", () => {
  test.for([[7, 9], [8, 9], [19, 9], [20, 12], [53, 12], [54, 15], [147, 15], [148, 18], [402, 18], [403, 21]] as const)("%i members: %i periods", ([n, periods]) => {
    expect(suspectFor(presets["swim-inf-susp"], n)).toBe(seconds(2 * periods));
  });
});

const some = (count: number): readonly MemberId[] => Array.from({ length: count }, (_, k) => memberId(`m${k}`));
/** A suspicion of b by z, as it begins at the origin in a group of so many; then so many confirm it. */
const suspicionAmong = (config: Config, n: number, confirmations = 0): Suspicion => {
  const grounds = { about: memberId("b"), incarnation: aRecord("b").incarnation, by: memberId("z"), since: ms(0), cause: { kind: "gossip", via: at("y") } } as const;
  return { ...begun(config, n, grounds), confirmedBy: some(confirmations) };
};
const waits = (config: Config, n: number, most: number): readonly number[] =>
  Array.from({ length: most + 1 }, (_, count) => waitFor(suspicionAmong(config, n, count)) / 1_000_000);

describe("with so many confirmations, it waits in all", () => {
  test.for<readonly [string, Config, number, readonly number[]]>([
    ["memberlist's LAN numbers among 16", lan, 16, [28.896, 13.703, 4.816]],
    ["memberlist's LAN numbers among 128", lan, 128, [50.568, 23.98, 8.428]],
    ["Lifeguard (α 5, β 6, K 3) among 128", presets.lifeguard, 128, [63.21, 36.872, 21.466, 10.535]],
    ["Lifeguard with α 2 among 128", { ...presets.lifeguard, suspicionMult: 2 }, 128, [25.284, 14.749, 8.586, 4.214]],
    ["without LHA-Suspicion (α 5) among 128", presets["lifeguard-base"], 128, [10.535]],
    ["memberlist's timer test (which allows itself a fortieth of a second)", { ...lan, confirmations: 3, suspicionMult: 0.5, suspicionMaxMult: 4 }, 10, [2, 1.25, 0.811, 0.5]],
  ])("%s", ([, config, n, lengths]) => {
    expect(waits(config, n, lengths.length - 1)).toEqual(lengths);
  });

  test.for([
    // confirmations, elapsed, remaining, of at least 2 s and at most 30 s, with three confirmations wanted
    [0, 0, 30], [0, 2, 28], [1, 2, 14], [2, 2, 5.81], [2, 3, 4.81], [3, 2, 0], [3, 4, -2], [3, 5, -3], [3, 10, -8],
  ] as const)("%i confirmations after %f s leave %f s of two to thirty (memberlist's own test vectors)", ([count, elapsed, remaining]) => {
    const suspicion: Suspicion = { ...suspicionAmong(lan, 10, count), wanted: 3, least: seconds(2), most: seconds(30), since: ms(1000) };
    expect(endsAt(suspicion) - ms(1000 + elapsed * 1000)).toBe(seconds(remaining));
  });

  test("never less than the least, though milliseconds are cut off", () => {
    const suspicion: Suspicion = { ...suspicionAmong(lan, 10, 3), wanted: 3, least: micros(500_600), most: seconds(2) };
    expect(waitFor(suspicion)).toBe(micros(500_600));
  });
});

describe("confirmations", () => {
  test.for([[1, 0], [2, 0], [3, 0], [4, 2], [5, 2], [128, 2]] as const)("in a group of %i, memberlist's LAN numbers want %i: there must be that many others", ([n, wanted]) => {
    expect(confirmationsWanted(lan, n)).toBe(wanted);
  });

  test("that are not wanted are not waited for: the least is all there is", () => {
    expect(suspicionAmong(lan, 3)).toMatchObject({ wanted: 0, least: seconds(4), most: seconds(24) });
    expect(endsAt(suspicionAmong(lan, 3))).toBe(ms(4000));
    expect(endsAt(suspicionAmong(lan, 4))).toBe(ms(24_000));
  });

  test.for([
    // by, already by, counts, because
    ["c", [],         true,  "somebody else suspects independently"],
    ["z", [],         false, "it was z that began"],
    ["c", ["c"],      false, "c has confirmed before"],
    ["d", ["c"],      true,  "a second one"],
    ["e", ["c", "d"], false, "no more are wanted"],
  ] as const)("by %s, after %j: %s, %s", ([by, already, counts]) => {
    const suspicion: Suspicion = { ...suspicionAmong(lan, 10), confirmedBy: already.map(memberId) };
    expect(confirmed(suspicion, memberId(by))).toEqual(counts ? { ...suspicion, confirmedBy: [...already, by] } : undefined);
  });

  test("are none where the configuration wants none", () => {
    expect(confirmed(suspicionAmong(aConfig(), 10), memberId("c"))).toBeUndefined();
  });
});

test("as it begins, it knows about whom, by whom, since when and how, and how long it may wait", () => {
  expect(suspicionAmong(lan, 100)).toEqual({
    about: "b", incarnation: 1, by: "z", since: ms(0), cause: { kind: "gossip", via: at("y") }, confirmedBy: [], wanted: 2, least: seconds(8), most: seconds(48),
  });
});
