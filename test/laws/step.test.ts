/** The laws of `step`, under whatever happens: a function, total, true to its invariants, and never too loud. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  brokenBetween, brokenIn, digestText, digestOf, encode, find, instant, memberId, nextWake, sameDigest, sizeOfMessage, start, step, viewOf,
  type Claim, type Config, type Effect, type Event, type State,
} from "../../engine/index.ts";
import { aConfig, alive, aMember, aRecord, at, dead, hears, heldBy, left, ms, stateAfter, suspect } from "../builders.ts";
import { anyConfig, someEvents } from "./arbitrary.ts";

const born = (config: Config): State =>
  start({ config, id: memberId("a"), address: at("a"), now: ms(0), seed: 7, view: viewOf(["b", "c", "d"].map((name) => aRecord(name))) });

/** Nobody can change it any more, however deep. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}

/** Every step of a story: the state before, what happened, what came of it. */
type Taken = readonly [before: State, event: Event, after: State, effects: readonly Effect[]];

function* steps(config: Config, events: readonly Event[]): Generator<Taken> {
  let state = frozen(born(config));
  for (const event of events) {
    const [after, effects] = step(state, frozen(event));
    yield [state, event, after, effects];
    state = frozen(after);
  }
}

describe("whatever happens", () => {
  test("step is a function: same in, same out, nothing it was given is touched, and nothing makes it fail", () => {
    const happened = new Set<string>();
    fc.assert(fc.property(anyConfig, someEvents, (config, events) => {
      for (const [before, event, after, effects] of steps(config, events)) {
        expect(step(before, event)).toEqual([after, effects]);
        for (const effect of effects) happened.add(effect.kind === "announce" ? effect.change.kind : effect.kind === "send" ? effect.message.kind : effect.kind);
      }
    }), { seed: 2002, numRuns: 1_200 });
    // Damping and lost datagrams want a longer story than these: they have tests of their own.
    for (const rare of ["damped", "datagrams-lost"]) happened.delete(rare);
    expect([...happened].toSorted(), "else the law was hardly put to the test").toEqual([
      "ack", "answer", "answered", "cleared", "confirmed", "conflict", "departed", "exchange", "failed", "forgotten", "gossip", "joined",
      "left", "message", "nack", "ping", "ping-req", "refuted", "state", "suspected", "unanswered", "updated",
    ]);
  });

  test("every invariant holds of every state, and of every step", () => {
    fc.assert(fc.property(anyConfig, someEvents, (config, events) => {
      for (const [before, event, after] of steps(config, events)) {
        expect([...brokenIn(after), ...brokenBetween(before, event, after)]).toEqual([]);
      }
    }), { seed: 2003, numRuns: 800 });
  });

  test("no datagram exceeds its budget, nor carries more claims than allowed; each is as long as was reckoned", () => {
    let full = 0;
    fc.assert(fc.property(anyConfig, someEvents, (config, events) => {
      for (const [, , , effects] of steps(config, events)) {
        for (const effect of effects) {
          if (effect.kind !== "send") continue;
          expect(sizeOfMessage(effect.message)).toBeLessThanOrEqual(config.datagramBudget);
          expect(effect.message.gossip.length).toBeLessThanOrEqual(config.claimsLimit);
          expect(encode(effect.message).length).toBe(sizeOfMessage(effect.message));
          if (effect.message.gossip.length === config.claimsLimit) full++;
        }
      }
    }), { seed: 2004, numRuns: 500 });
    expect(full).toBeGreaterThan(100);
  });

  test("waking early changes nothing; waking twice at one instant is waking once", () => {
    fc.assert(fc.property(anyConfig, someEvents, fc.nat({ max: 3_000_000 }), (config, events, later) => {
      for (const [, event, after] of steps(config, events)) {
        const due = nextWake(after);
        const early: Event = { kind: "woke", now: instant(Math.max(event.now, due - 1)) };
        if (early.now < due) expect(step(after, early)).toEqual([after, []]);
        if (early.now < due) expect(step(after, early)[0]).toBe(after);
        const late: Event = { kind: "woke", now: instant(event.now + later) };
        const [woken] = step(after, late);
        expect(step(woken, late)).toEqual([woken, []]);
      }
    }), { seed: 2005, numRuns: 300 });
  });

  test("a view that says the same is the very same, so that nobody who shares it is disturbed", () => {
    fc.assert(fc.property(anyConfig, someEvents, (config, events) => {
      for (const [before, , after] of steps(config, events)) {
        expect(sameDigest(before.view, after.view)).toBe(before.view === after.view);
      }
    }), { seed: 2006, numRuns: 500 });
  });
});

/** Some of what happened happens once more, later: the very same messages. */
const toldAgain = (events: readonly Event[], again: readonly (readonly [which: number, when: number])[]): readonly Event[] =>
  again.reduce<readonly Event[]>((story, [which, when]) => {
    const [one, place] = [events[which % events.length]!, when % story.length];
    return "message" in one ? story.toSpliced(place + 1, 0, { ...one, now: story[place]!.now }) : story;
  }, events);

test("what was copied on its way says the same: members of one process share claims and records, and nothing but time depends on it", () => {
  const repeats = fc.array(fc.tuple(fc.nat({ max: 59 }), fc.nat({ max: 59 })), { maxLength: 30 });
  fc.assert(fc.property(anyConfig, someEvents, repeats, (config, events, again) => {
    let [state, other] = [born(config), born(config)];
    for (const event of toldAgain(events, again)) {
      const [shared, copied] = [step(state, event), step(other, structuredClone(event))];
      expect(copied).toEqual(shared);
      [[state], [other]] = [shared, copied];
    }
  }), { seed: 2007, numRuns: 300 });
});

/** Claims as honest peers make them about members we know. */
const anHonestClaim: fc.Arbitrary<Claim> = fc
  .record({
    about: fc.constantFrom("b", "c", "d"), kind: fc.constantFrom("alive", "suspect", "dead", "left"), life: fc.nat({ max: 3 }), from: fc.constantFrom("e", "f"),
  })
  .map(({ about, kind, life, from }): Claim => {
    switch (kind) {
      case "alive":   return alive(about, life);
      case "suspect": return suspect(about, from, life);
      case "dead":    return dead(about, from, life);
      case "left":    return left(about, life);
    }
  });

describe("merging news", () => {
  const aShuffle = fc.array(anHonestClaim, { maxLength: 12 }).chain((claims) => {
    const shuffled = fc.shuffledSubarray(claims, { minLength: claims.length, maxLength: claims.length });
    return fc.tuple(fc.constant(claims), shuffled, fc.constantFrom("total" as const, "final" as const));
  });

  test("commutes: in whatever order claims are heard, they make one view", () => {
    fc.assert(fc.property(aShuffle, ([claims, shuffled, precedence]) => {
      const member = born(aConfig({ precedence }));
      const [one, other] = [claims, shuffled].map((order) => digestText(digestOf(stateAfter(member, hears(10, ...order)).view)));
      expect(other).toBe(one);
    }), { seed: 1987, numRuns: 1_000 });
  });

  test("is the same in one message or in many", () => {
    fc.assert(fc.property(aShuffle, ([claims, , precedence]) => {
      const member = born(aConfig({ precedence }));
      const oneByOne = stateAfter(member, ...claims.map((claim) => hears(10, claim)));
      expect(oneByOne).toEqual(stateAfter(member, hears(10, ...claims)));
    }), { seed: 1988, numRuns: 500 });
  });

  test("is idempotent: heard again, they change nothing at all", () => {
    fc.assert(fc.property(aShuffle, ([claims, shuffled, precedence]) => {
      const once = stateAfter(born(aConfig({ precedence })), hears(10, ...claims));
      expect(step(once, hears(20, ...shuffled))).toEqual([once, []]);
    }), { seed: 1989, numRuns: 1_000 });
  });

  test("where meta changes as well, only the meta of those who were accused can depend on the order; their next word sets it right", () => {
    const newer = { ...alive("b", 2, "new") };
    const orders = [[newer, suspect("b", "c", 2)], [suspect("b", "c", 2), newer]].map((claims) => stateAfter(born(aConfig()), hears(10, ...claims)));
    expect(orders.map((state) => heldBy(state, "b"))).toEqual(["suspect@2", "suspect@2"]);
    expect(orders.map((state) => find(state.view, memberId("b"))?.meta)).toEqual(["new", ""]);
    expect(new Set(orders.map((state) => digestText(digestOf(stateAfter(state, hears(20, alive("b", 3, "new"))).view)))).size).toBe(1);
  });

  test("and never makes two members disagree who have heard the same, whatever each believed before", () => {
    fc.assert(fc.property(fc.array(anHonestClaim, { maxLength: 6 }), fc.array(anHonestClaim, { maxLength: 6 }), (mine, yours) => {
      const one = stateAfter(aMember("a", { knows: ["b", "c", "d"] }), hears(10, ...mine), hears(20, ...yours));
      const other = stateAfter(aMember("a", { knows: ["b", "c", "d"], seed: 2 }), hears(10, ...yours), hears(20, ...mine));
      expect(digestOf(one.view)).toEqual(digestOf(other.view));
    }), { seed: 1990, numRuns: 1_000 });
  });
});
