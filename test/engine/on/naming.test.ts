/** Who bears a name: conflicts, names that are taken over, lives that end and begin. */

import { describe, expect, test } from "vitest";
import { bytes, exchangeId, find, memberId, milliseconds, seconds, start, viewOf, type AliveClaim, type Config, type Event, type State } from "../../../engine/index.ts";
import { count } from "../../../engine/words/agenda.ts";
import { rumourOf } from "../../../engine/rules/dissemination.ts";
import {
  aConfig, after, alive, aMember, answered, aRecord, at, dead, effectsAfter, hears, heldBy, left, ms, newsAfter, opened, ping, pushPull, received, stateAfter, suspect, woke,
  type Circumstances,
} from "../../builders.ts";

const me = (circumstances: Circumstances = {}): State => aMember("a", { knows: ["b", "c"], ...circumstances });
/** `name` says that it is alive, but at the address of another. */
const elsewhere = (name: string, life: number, where = "x"): AliveClaim => ({ kind: "alive", member: { ...aRecord(name, { life }), address: at(where) } });
const addressOf = (state: State, name: string): string | undefined => find(state.view, memberId(name))?.address;
const told = (state: State, name: string) => rumourOf(state.rumours, memberId(name))?.claim;

describe("a name claimed from another address", () => {
  test("while its bearer lives, is a conflict: announced, and not believed, nor told on", () => {
    for (const held of [me(), me({ suspects: ["b"], knows: ["c"] })]) {
      const [state, effects] = after(held, hears(10, elsewhere("b", 7)));
      expect(state).toBe(held);
      expect(effects).toEqual([{ kind: "announce", change: { kind: "conflict", member: find(held.view, memberId("b")), other: elsewhere("b", 7).member } }]);
    }
  });

  test("under an incarnation that is old news, is no conflict: it was there before it moved", () => {
    const held = stateAfter(me(), hears(5, alive("b", 3)));
    expect(after(held, hears(10, elsewhere("b", 3), elsewhere("b", 1)))).toEqual([held, []]);
  });

  test("after its bearer said goodbye, is taken over, whatever the incarnation: incarnations count anew", () => {
    const missing = stateAfter(me({ misses: ["d"] }), hears(10, left("d", 9)));
    const [state, effects] = after(missing, hears(20, elsewhere("d", 1)));
    expect([heldBy(state, "d"), addressOf(state, "d"), told(state, "d")]).toEqual(["alive@1", at("x"), elsewhere("d", 1)]);
    expect(effects).toEqual([{ kind: "announce", change: { kind: "joined", member: elsewhere("d", 1).member } }]);
    expect(count(state.tombstones)).toBe(0);
  });

  describe("after its bearer died", () => {
    const mourning = (config: Partial<Config> = {}): State => me({ mourns: ["d"], config: { reclaimAfter: seconds(30), ...config } });

    test("is taken over when it has been dead for long enough: strictly", () => {
      expect(newsAfter(mourning(), hears(30_000, elsewhere("d", 5)))).toEqual(["conflict d@1"]);
      expect(newsAfter(mourning(), hears(30_001, elsewhere("d", 1)))).toEqual(["joined d@1"]);
    });

    test("is not, where nobody may; the same member may return where it was", () => {
      expect(newsAfter(mourning({ reclaimAfter: seconds(0) }), hears(90_000, elsewhere("d", 5)))).toEqual(["conflict d@1"]);
      expect(newsAfter(mourning({ reclaimAfter: seconds(0) }), hears(10, alive("d", 2)))).toEqual(["joined d@2"]);
    });

    test("counts from the first news of its death", () => {
      expect(newsAfter(stateAfter(mourning(), hears(20_000, dead("d", "c", 2))), hears(30_001, elsewhere("d", 1)))).toEqual(["joined d@1"]);
    });
  });

  test("by a later life of its bearer, which restarted elsewhere, is believed at once", () => {
    const config = { incarnationsPerLife: 100 };
    const held = stateAfter(me({ config }), hears(5, alive("b", 117)));
    const [state, effects] = after(held, hears(10, elsewhere("b", 200)));
    expect([heldBy(state, "b"), addressOf(state, "b"), effects.length]).toEqual(["alive@200", at("x"), 1]);
    expect(newsAfter(held, hears(10, elsewhere("b", 200)))).toEqual(["updated b@200"]);
    expect(newsAfter(held, hears(10, elsewhere("b", 199)))).toEqual(["conflict b@117"]);
    expect(newsAfter(stateAfter(held, hears(8, suspect("b", "c", 117))), hears(10, elsewhere("b", 200)))).toEqual(["cleared b@200", "updated b@200"]);
  });

  describe("by an earlier life, after the bearer moved and its later life ended", () => {
    const config: Partial<Config> = { incarnationsPerLife: 100, reclaimAfter: seconds(30) };
    const moved = stateAfter(me({ config }), hears(5, alive("b", 100)), hears(10, elsewhere("b", 200)));
    const ended = [["left", stateAfter(moved, hears(20, left("b", 200)))], ["dead", stateAfter(moved, hears(20, dead("b", "c", 200)))]] as const;

    test.for(ended)("(%s), is old news: the view of one that slept meanwhile revives nobody", ([status, held]) => {
      for (const event of [hears(90_000, alive("b", 150)), answered(90_000, pushPull(false, aRecord("b", { life: 150 })))]) {
        const [state, effects] = after(held, event);
        expect([heldBy(state, "b"), addressOf(state, "b"), told(state, "b"), effects]).toEqual([`${status}@200`, at("x"), told(held, "b"), []]);
      }
    });

    test.for(ended)("(%s), is for a newcomer of that name too; but that hears of it from its seed, speaks up above it, and is taken in", ([, held]) => {
      const newcomer = start({ config: aConfig(config), id: memberId("b"), address: at("n"), now: ms(90_000), seed: 1, generation: 1 });
      const [seed, [answer]] = after(held, opened(90_000, { ...pushPull(true), view: newcomer.view }));
      const message = answer?.kind === "answer" && answer.message.kind === "push-pull" ? answer.message : pushPull(false);
      const heard = stateAfter(newcomer, answered(90_001, message));
      expect(heard.self.incarnation).toBe(201);
      expect(newsAfter(seed, hears(90_002, { kind: "alive", member: heard.self }))).toEqual(["joined b@201"]);
    });
  });

  test("is weighed in the same way when a view says so", () => {
    expect(newsAfter(me(), answered(10, pushPull(false, elsewhere("b", 7).member)))).toEqual(["conflict b@1"]);
    expect(newsAfter(me({ misses: ["d"] }), answered(10, pushPull(false, elsewhere("d", 1).member)))).toEqual(["joined d@1"]);
  });

  test("moves what is said to it there, too", () => {
    const moved = stateAfter(aMember("a", { misses: ["d"] }), hears(10, elsewhere("d", 1)), woke(1000));
    expect(effectsAfter(aMember("a", { misses: ["d"] }), hears(10, elsewhere("d", 1)), woke(1000))).toMatchObject([{ kind: "send", to: at("x") }]);
    expect(moved.probe.attempt?.target).toBe("d");
  });
});

describe("our own name claimed from another address", () => {
  const self = me({ life: 3 });

  test("is a namesake: counted and announced, but not fought, for no refutation can settle it", () => {
    for (const life of [3, 8]) {
      const [state, effects] = after(self, hears(10, elsewhere("a", life)));
      expect(state).toEqual({ ...self, oddities: { ...self.oddities, namesakes: 1 } });
      expect(effects).toEqual([{ kind: "announce", change: { kind: "conflict", member: self.self, other: elsewhere("a", life).member } }]);
    }
  });

  test("under an earlier incarnation is old news of ourselves, from before we moved", () => {
    expect(after(self, hears(10, elsewhere("a", 2)))).toEqual([self, []]);
  });
});

describe("claims of a protocol that makes no sense", () => {
  test("are counted, and not believed: about others, and about ourselves", () => {
    for (const name of ["a", "b", "z"]) {
      const claim: AliveClaim = { kind: "alive", member: { ...aRecord(name, { life: 9 }), versions: [0, 0, 0, 0, 0, 0] } };
      expect(after(me(), hears(10, claim))).toEqual([{ ...me(), oddities: { ...me().oddities, unversioned: 1 } }, []]);
    }
  });
});

describe("meta above the limit", () => {
  const long = (name: string, length: number): AliveClaim => ({ kind: "alive", member: { ...aRecord(name, { life: 9 }), meta: bytes("m".repeat(length)) } });

  test("is counted, and not believed: in gossip and in exchanges of views, about others and about ourselves", () => {
    const { metaLimit } = me().config;
    for (const name of ["a", "b", "z"]) {
      expect(after(me(), hears(10, long(name, metaLimit + 1)))).toEqual([{ ...me(), oddities: { ...me().oddities, oversized: 1 } }, []]);
    }
    const view = viewOf([long("y", metaLimit).member, long("z", metaLimit + 1).member, { ...long("doubted", metaLimit + 1).member, status: "suspect" }]);
    const [state] = after(me({ config: { strangers: "adopt" } }), { kind: "exchange-opened", now: ms(10), from: at("b"), exchange: exchangeId(1), message: { kind: "push-pull", join: false, view, userState: bytes("") } });
    expect([find(state.view, memberId("y"))?.status, find(state.view, memberId("z")), find(state.view, memberId("doubted")), state.oddities.oversized]).toEqual(["alive", undefined, undefined, 2]);
  });
});

describe("lives", () => {
  const lively: Partial<Config> = { incarnationsPerLife: 100 };
  const bornIn = (generation: number, config: Partial<Config> = {}): State => start({
    config: aConfig({ ...lively, ...config }), id: memberId("b"), address: at("b"), now: ms(0), seed: 1, generation, view: viewOf([aRecord("a")]),
  });
  /** Who held b dead after a long life of many refutations. */
  const mourning = (config: Partial<Config> = {}): State => stateAfter(me({ config: { ...lively, ...config } }), hears(5, alive("b", 187), dead("b", "c", 187)));
  const restart = (member: State): Event => ({ kind: "exchange-opened", now: ms(20), from: at("b"), exchange: exchangeId(1), message: { ...pushPull(true), view: member.view } });

  test("make a restart win at once over all that is remembered of the life before", () => {
    expect(bornIn(2).self.incarnation).toBe(200);
    expect(newsAfter(mourning(), restart(bornIn(2)))).toEqual(["joined b@200"]);
    expect(heldBy(stateAfter(mourning(), restart(bornIn(2)), hears(30, dead("b", "c", 187), suspect("b", "c", 188))), "b")).toBe("alive@200");
  });

  test("spare the restarted the refutations: what is said of its former life is none of its business", () => {
    const restarted = bornIn(2);
    expect(after(restarted, hears(30, dead("b", "c", 187), suspect("b", "c", 188), left("b", 190), alive("b", 187)))).toEqual([restarted, []]);
  });

  test("that are not told apart make it wait until it hears of its death", () => {
    const restarted = aMember("b", { knows: ["a"] });
    const held = stateAfter(me(), hears(5, alive("b", 187), dead("b", "c", 187)));
    expect(newsAfter(held, restart(restarted))).toEqual([]);
    expect(newsAfter(restarted, answered(30, pushPull(false, aRecord("b", { status: "dead", life: 187 }))))).toEqual(["refuted b@188"]);
  });

  test("go on by refuting: the next incarnation is one of the same life", () => {
    expect(stateAfter(bornIn(2), hears(10, suspect("b", "c", 200))).self.incarnation).toBe(201);
  });

  describe("where death is final", () => {
    const mortal: Partial<Config> = { ...lively, precedence: "final" };

    test("end by it, and no word of that life brings it back; the next life does", () => {
      const held = mourning(mortal);
      expect(newsAfter(held, hears(10, alive("b", 199)))).toEqual([]);
      expect(newsAfter(held, hears(10, alive("b", 200)))).toEqual(["joined b@200"]);
    });

    test("end us, if they are ours", () => {
      const [state, effects] = after(bornIn(2, mortal), hears(10, dead("b", "c", 200)));
      expect([state.phase.kind, effects.length]).toEqual(["departed", 1]);
    });

    test("are followed by another where that is wanted: we speak up in it, and are believed at once", () => {
      const [renewed, effects] = after(bornIn(2, { ...mortal, renewal: "on" }), received(10, ping("a", "b", 1, dead("b", "c", 200))));
      expect(renewed.self).toEqual(aRecord("b", { life: 300 }));
      expect(effects).toMatchObject([
        { kind: "announce", change: { kind: "refuted", accused: 200, by: "c", member: { incarnation: 300 } } },
        { kind: "send", message: { kind: "ack", gossip: [alive("b", 300)] } },
      ]);
      const group = stateAfter(me({ config: mortal }), hears(5, alive("b", 200), dead("b", "c", 200)));
      expect(newsAfter(group, hears(20, alive("b", 300)))).toEqual(["joined b@300"]);
    });

    test("are renewed above every life that was spoken of", () => {
      expect(stateAfter(bornIn(2, { ...mortal, renewal: "on" }), hears(10, dead("b", "c", 714))).self.incarnation).toBe(800);
      expect(stateAfter(bornIn(2, { ...mortal, renewal: "on" }), hears(10, suspect("b", "c", 204))).self.incarnation, "a suspicion ends nothing").toBe(205);
    });
  });

  test("may be renewed where death is not final, too; but only for an end, and only where lives are told apart", () => {
    expect(stateAfter(bornIn(2, { renewal: "on" }), hears(10, dead("b", "c", 200))).self.incarnation).toBe(300);
    expect(stateAfter(bornIn(2, { renewal: "on" }), hears(10, suspect("b", "c", 200))).self.incarnation).toBe(201);
    expect(stateAfter(aMember("b", { life: 5, config: { renewal: "on" } }), hears(10, dead("b", "c", 5))).self.incarnation).toBe(6);
    expect(newsAfter(aMember("b", { life: 5, config: { renewal: "on", precedence: "final" } }), hears(10, dead("b", "c", 5)))).toEqual(["departed b@5"]);
  });
});

test("a restart in step with the gossip of its death: the group has it back as soon as it hears, and nobody refutes", () => {
  const config: Partial<Config> = { incarnationsPerLife: 100, gossipEvery: milliseconds(200) };
  const group = stateAfter(me({ config }), hears(5, alive("b", 100), dead("b", "c", 100)));
  const back = stateAfter(group, hears(10, alive("b", 200), dead("b", "c", 100)));
  expect([heldBy(back, "b"), told(back, "b")]).toEqual(["alive@200", alive("b", 200)]);
});
