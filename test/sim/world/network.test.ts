/** The network: what becomes of packets, one by one and in their thousands. */

import { describe, expect, test } from "vitest";
import { bytes, instant, milliseconds, seconds } from "../../../engine/index.ts";
import type { Latency, Link, Network as Wires, Place, Scenario } from "../../../sim/scenario/model.ts";
import { type Fate, type Fault, Network, type Sides } from "../../../sim/world/network.ts";
import { aScenario, at, ms, named, ping, uniform } from "../../builders.ts";

const after = (length: number): Latency => ({ kind: "constant", of: milliseconds(length) });
const link = (changes: Partial<Link> = {}): Link => ({ latency: after(1), loss: 0, duplicate: 0, ...changes });

/** Members a, b, c, d, of whom the last two stand in the west. */
function scenario(wires: Partial<Wires> = {}): Scenario {
  const blank = aScenario({ members: ["a", "b", "c", "d"], lasts: 1 });
  const members = blank.members.map((place, number): Place => ({ ...place, tags: { zone: number < 2 ? "east" : "west" }, meta: bytes("") }));
  return { ...blank, members, network: { ...blank.network, ...wires } };
}
const network = (wires: Partial<Wires> = {}): Network => new Network(scenario(wires), 7);
const [A, B, C, D] = [0, 1, 2, 3] as const;

const marks = (sides: string): Sides => Uint8Array.from(sides, Number);
const parted = (sides: string, of = 0): Fault => ({ kind: "partition", of, sides: marks(sides) });
const cut = (from: string, to: string, bothWays: boolean, of = 1): Fault => ({ kind: "cut", of, from: marks(from), to: marks(to), bothWays });

type Harm = { readonly from?: string; readonly to?: string; readonly loss?: number; readonly duplicate?: number; readonly delay?: Latency; readonly of?: number };
const impair = ({ from = "1111", to = "1111", loss = 0, duplicate = 0, delay, of = 2 }: Harm): Fault =>
  ({ kind: "impair", of, from: marks(from), to: marks(to), bothWays: false, loss, duplicate, delay: delay ?? null });

/** What becomes of so many packets from one to another, all sent at the origin. */
const fates = (over: Network, count: number, source: number = A, target: number = B): readonly Fate[] =>
  Array.from({ length: count }, () => over.fateOf(source, target, instant(0)));
const share = (all: readonly Fate[], isSo: (fate: Fate) => boolean): number => all.filter(isSo).length / all.length;
const isLost = ({ first }: Fate): boolean => first === null;
const cameTwice = ({ second }: Fate): boolean => second !== null;

describe("a packet", () => {
  test("arrives once, within what the link's latency allows, counted from when it was sent", () => {
    const over = network({ link: link({ latency: uniform(2, 5) }) });
    for (let sent = 0; sent < 300; sent++) {
      const { first, second } = over.fateOf(A, B, ms(sent));
      expect(first).toBeGreaterThanOrEqual(ms(sent + 2));
      expect(first).toBeLessThanOrEqual(ms(sent + 5));
      expect(second).toBeNull();
    }
  });

  test.for([0.01, 0.2, 0.7])("is lost with a chance of %f", (loss) => {
    // 20,000 packets; five deviations are allowed.
    const error = 5 * Math.sqrt((loss * (1 - loss)) / 20_000);
    expect(Math.abs(share(fates(network({ link: link({ loss }) }), 20_000), isLost) - loss)).toBeLessThan(error);
  });

  test("is never lost with a chance of 0, and always with 1", () => {
    expect(share(fates(network(), 1_000), isLost)).toBe(0);
    expect(share(fates(network({ link: link({ loss: 1 }) }), 1_000), isLost)).toBe(1);
  });

  test("comes twice as often as the link duplicates, each copy with a latency of its own", () => {
    const all = fates(network({ link: link({ duplicate: 0.3, latency: uniform(1, 50) }) }), 20_000);
    expect(Math.abs(share(all, cameTwice) - 0.3)).toBeLessThan(0.0163);
    expect(all.filter((fate) => cameTwice(fate) && fate.first === fate.second).length).toBeLessThan(10);
    expect(all.some(({ first, second }) => second !== null && first !== null && second < first), "the copy overtakes").toBe(true);
  });
});

describe("each packet's fate is its own", () => {
  const rough: Partial<Wires> = { link: link({ loss: 0.3, duplicate: 0.3, latency: uniform(1, 50) }) };
  const undisturbed = fates(network(rough), 200);

  test("whatever others send meanwhile, even back", () => {
    const over = network(rough);
    const among = Array.from({ length: 200 }, () => {
      over.fateOf(B, A, instant(0));
      over.fateOf(A, C, instant(0));
      over.legArrivesAt(A, B, instant(0));
      return over.fateOf(A, B, instant(0));
    });
    expect(among).toEqual(undisturbed);
  });

  test("whatever a fault does to others", () => {
    const over = network(rough);
    over.begin(impair({ from: "0011", loss: 0.9, delay: after(9) }));
    over.begin(cut("0010", "0001", true));
    expect(fates(over, 200)).toEqual(undisturbed);
  });

  test("and the packets after a fault are as they would have been without it", () => {
    const over = network(rough);
    over.begin(parted("1200"));
    fates(over, 100);
    over.end(null);
    expect(fates(over, 100)).toEqual(undisturbed.slice(100));
  });

  test("and with more loss fewer come, but those when they did", () => {
    const lossy = fates(network({ link: link({ loss: 0.6, duplicate: 0.3, latency: uniform(1, 50) }) }), 200);
    expect(share(lossy, isLost)).toBeGreaterThan(share(undisturbed, isLost));
    lossy.forEach((fate, nth) => { if (!isLost(fate)) expect(fate).toEqual(undisturbed[nth]); });
  });

  test("and another pair, direction or seed throws other dice", () => {
    const others = [fates(network(rough), 200, A, C), fates(network(rough), 200, B, A), fates(new Network(scenario(rough), 8), 200)];
    for (const other of others) expect(other).not.toEqual(undisturbed);
  });

  test("and ten thousand pairs are counted each by itself", () => {
    const many = aScenario({ members: 100, lasts: 1, latency: uniform(1, 900) });
    const [crowded, alone] = [new Network(many, 7), new Network(many, 7)];
    for (let round = 0; round < 2; round++) for (let pair = 0; pair < 10_000; pair++) crowded.fateOf(Math.floor(pair / 100), pair % 100, instant(0));
    for (const [one, other] of [[3, 97], [97, 3], [20, 10], [99, 0], [50, 51]] as const) {
      const third = fates(alone, 3, one, other)[2];
      expect(crowded.fateOf(one, other, instant(0))).toEqual(third);
    }
  });
});

describe("faults", () => {
  /** Who reaches whom: a line per sender. */
  const reach = (...faults: readonly Fault[]): string => {
    const over = network();
    for (const fault of faults) over.begin(fault);
    return [A, B, C, D].map((from) => [A, B, C, D].map((to) => (over.fateOf(from, to, instant(0)).first === null ? "." : "x")).join("")).join(" ");
  };

  test.for([
    ["nothing is wrong", [], "xxxx xxxx xxxx xxxx"],
    ["two sides", [parted("1122")], "xx.. xx.. ..xx ..xx"],
    ["d is on no side", [parted("1120")], "xx.x xx.x ..xx xxxx"],
    ["three sides", [parted("1123")], "xx.. xx.. ..x. ...x"],
    ["two partitions", [parted("1122"), parted("1212", 5)], "x... .x.. ..x. ...x"],
    ["a to c and d is cut, not back", [cut("1000", "0011", false)], "xx.. xxxx xxxx xxxx"],
    ["a to c and d is cut, and back", [cut("1000", "0011", true)], "xx.. xxxx .xxx .xxx"],
    ["a is cut from everybody", [cut("1000", "0111", true)], "x... .xxx .xxx .xxx"],
  ] as const)("%s", ([, faults, expected]) => {
    expect(reach(...faults)).toBe(expected);
  });

  test("a cut in one direction separates both, and whom it does not touch not", () => {
    const over = network();
    expect(over.separates(A, B)).toBe(false);
    over.begin(cut("1000", "0100", false));
    expect([over.separates(A, B), over.separates(B, A), over.separates(A, C)]).toEqual([true, true, false]);
    expect([over.isCut(A, B), over.isCut(B, A)]).toEqual([true, false]);
  });

  test("an impairment adds loss on top of the link's, in its direction only", () => {
    const over = network({ link: link({ loss: 0.5 }) });
    over.begin(impair({ from: "1000", to: "0100", loss: 0.5 }));
    expect(share(fates(over, 20_000), isLost)).toBeCloseTo(0.75, 1);
    expect(share(fates(over, 20_000, B, A), isLost)).toBeCloseTo(0.5, 1);
  });

  test("and delay, once for each impairment, and copies", () => {
    const over = network();
    over.begin(impair({ from: "1000", delay: after(10), duplicate: 1, of: 2 }));
    over.begin(impair({ to: "0100", delay: after(100), of: 3 }));
    expect(over.fateOf(A, B, ms(5))).toEqual({ first: ms(116), second: ms(116) });
    expect(over.fateOf(A, C, ms(5))).toEqual({ first: ms(16), second: ms(16) });
    expect(over.fateOf(C, B, ms(5))).toEqual({ first: ms(106), second: null });
    expect(over.fateOf(B, C, ms(5))).toEqual({ first: ms(6), second: null });
  });

  test("and the delays of a packet and of its copy are drawn each by itself; the packet's stays what it is without a copy", () => {
    const [over, once] = [network(), network()];
    over.begin(impair({ delay: uniform(1, 50), duplicate: 1 }));
    once.begin(impair({ delay: uniform(1, 50) }));
    const all = fates(over, 2_000);
    expect(share(all, ({ first, second }) => first === second)).toBeLessThan(0.01);
    expect(Math.abs(share(all, ({ first, second }) => second! < first!) - 0.5)).toBeLessThan(0.06);
    expect(all.map(({ first }) => first)).toEqual(fates(once, 2_000).map(({ first }) => first));
  });

  test("between two who are both ends, an impairment of both ways strikes once", () => {
    const over = network();
    over.begin({ ...impair({ from: "1000", to: "1100", delay: after(10) }), bothWays: true } as Fault);
    expect([over.fateOf(A, B, ms(0)).first, over.fateOf(B, A, ms(0)).first, over.fateOf(B, C, ms(0)).first]).toEqual([ms(11), ms(11), ms(1)]);
  });

  test("end one by one, or all at once", () => {
    const over = network();
    for (const fault of [parted("1222", 0), cut("0100", "0010", true, 1), impair({ from: "0001", loss: 1, of: 2 })]) over.begin(fault);
    const reaches = (): readonly boolean[] => ([[A, B], [B, C], [D, C]] as const).map(([from, to]) => over.fateOf(from, to, instant(0)).first !== null);
    expect(reaches()).toEqual([false, false, false]);
    over.end(1);
    expect(reaches()).toEqual([false, true, false]);
    expect(over.faultsInForce.map(({ of }) => of)).toEqual([0, 2]);
    over.end(9);
    expect(reaches()).toEqual([false, true, false]);
    over.end(null);
    expect(reaches()).toEqual([true, true, true]);
  });

  test("and what an impairment does besides ends with it", () => {
    const over = network();
    const sent = { message: ping("a", "b"), size: 50, from: at("a") };
    const lost = (): number => Array.from({ length: 1_000 }, () => over.fateOf(A, B, instant(0), sent)).filter(isLost).length;
    over.begin({ ...impair({ of: 2 }), harms: { bursts: { kind: "by-packet", p: 1, r: 0, lossInBad: 1, lossInGood: 1, shared: "all" } } } as Fault);
    expect([lost(), over.isHarmful]).toEqual([1_000, true]);
    over.end(2);
    expect([lost(), over.isHarmful]).toEqual([0, false]);
  });
});

describe("links", () => {
  const west = { kind: "tag", tag: "zone", value: "west" } as const;
  const everybody = { kind: "all" } as const;

  test("an exception is for one direction, and the first that fits decides", () => {
    const over = network({
      links: [
        { from: named("a"), to: west, link: link({ latency: after(10) }) },
        { from: named("a"), to: everybody, link: link({ latency: after(20) }) },
        { from: west, to: west, link: link({ loss: 1 }) },
      ],
    });
    const arrivals = ([[A, C], [A, B], [C, A], [B, D], [C, D]] as const).map(([from, to]) => over.fateOf(from, to, ms(0)).first);
    expect(arrivals).toEqual([ms(10), ms(20), ms(1), ms(1), null]);
  });
});

describe("a leg of a stream", () => {
  const legs = (over: Network, count: number): readonly (number | null)[] =>
    Array.from({ length: count }, () => over.legArrivesAt(A, B, ms(0)));

  test("takes what the link takes, when nothing is lost", () => {
    expect(network({ link: link({ latency: after(4) }) }).legArrivesAt(A, B, ms(10))).toBe(ms(14));
  });

  test("is sent again when it is lost, after a wait that doubles each time, six times at most", () => {
    const all = legs(network({ link: link({ loss: 0.5 }), retransmitAfter: milliseconds(200) }), 8_000);
    const arrivals = [1, 201, 601, 1_401, 3_001, 6_201, 12_601].map(ms);
    expect(new Set(all)).toEqual(new Set([...arrivals, null]));
    // Each further loss halves those that are left; five deviations are allowed.
    [...arrivals, null].forEach((arrival, losses) => {
      const expected = 8_000 * 0.5 ** Math.min(losses + 1, 7);
      expect(Math.abs(all.filter((at) => at === arrival).length - expected), `${losses} losses`).toBeLessThan(5 * Math.sqrt(expected));
    });
  });

  test("suffers from an impairment as well, and never arrives through a loss of everything or a cut", () => {
    const over = network();
    over.begin(impair({ delay: after(30) }));
    expect(over.legArrivesAt(A, B, ms(0))).toBe(ms(31));
    over.begin(impair({ from: "1000", loss: 1, of: 3 }));
    expect(over.legArrivesAt(A, B, ms(0))).toBeNull();
    expect(over.legArrivesAt(B, A, ms(0))).toBe(ms(31));
    over.end(null);
    over.begin(cut("1000", "0100", false));
    expect([over.legArrivesAt(A, B, ms(0)), over.legArrivesAt(B, A, ms(0))]).toEqual([null, ms(1)]);
    expect(network({ link: link({ loss: 1 }), retransmitAfter: seconds(1) }).legArrivesAt(A, B, ms(0))).toBeNull();
  });
});
