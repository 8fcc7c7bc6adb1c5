/** The layer as a whole: what it attaches and when, and that it is a pure function. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytes, memberId, NEVER, type Bytes } from "../../../engine/index.ts";
import { decodeUserState, nextSerfWake, serfStep, userStateOf, type SerfInput, type SerfOutput, type SerfState } from "../../../engine/serf/index.ts";
import { aRecord, at, ms } from "../../builders.ts";
import { after, announced, anEvent, aSerf, aSerfOf, aUserState, came, departed, died, forgotten, hears, hearsEvent, hearsIntent, meets, stateAfter } from "./builders.ts";

const wakes = (now: number): SerfInput => ({ kind: "woke", now: ms(now) });
const attachedBy = (outputs: readonly SerfOutput[]): readonly Bytes[] => outputs.flatMap((output) => (output.kind === "attach" ? [output.userState] : []));

describe("the state for exchanges", () => {
  test("is attached at birth, with the first thing that happens", () => {
    const born = aSerfOf({}, "a");
    expect(nextSerfWake(born)).toBe(ms(0));
    const [state, outputs] = serfStep(born, wakes(0));
    expect(attachedBy(outputs).map(decodeUserState)).toEqual([{ ok: true, state: aUserState({ intents: { a: 0 } }) }]);
    expect(nextSerfWake(state)).toBe(NEVER);
  });

  test("is attached anew when it changed, but once a second at most", () => {
    const state = stateAfter(aSerfOf({}, "a"), wakes(0), came("b", 400));
    expect(nextSerfWake(state)).toBe(ms(1_000));
    expect(serfStep(state, wakes(999))).toEqual([state, []]);
    const [later, outputs] = after(state, hearsIntent("leave b@4", 900), wakes(1_000));
    expect(attachedBy(outputs).map(decodeUserState)).toEqual([{ ok: true, state: aUserState({ clocks: [5, 1, 1], intents: { a: 0, b: 4 } }) }]);
    expect(nextSerfWake(later)).toBe(NEVER);
    expect(attachedBy(after(later, came("c", 2_500))[1])).toHaveLength(1);
  });

  test("names those who left, in order of their names, and what was told", () => {
    const leaves = ["d", "b", "c"].flatMap((name) => [came(name), hearsIntent(`leave ${name}@4`), departed(name)]);
    const knowledge = { clocks: [5, 4, 1], intents: { a: 0, b: 4, c: 4, d: 4 }, left: ["b", "c", "d"], events: [[3, "x"]] } as const;
    expect(userStateOf(aSerf("a", ...leaves, hearsEvent(3, "x")))).toEqual(aUserState(knowledge));
  });

  test("is due before a leave that is later, and a leave before a state that is", () => {
    const leaving = stateAfter(aSerfOf({}, "a"), wakes(0), { kind: "asked-to-leave", now: ms(300) });
    expect(nextSerfWake(leaving)).toBe(ms(1_000));
    expect(nextSerfWake(stateAfter(leaving, wakes(1_000)))).toBe(ms(1_300));
  });
});

describe("our own end", () => {
  test("is that we left, once the engine has departed", () => {
    const leaving = aSerf("a", { kind: "asked-to-leave", now: ms(0) }, wakes(1_000));
    const [state, outputs] = after(leaving, announced(2_000, { kind: "departed", member: aRecord("a") }));
    expect(outputs.filter(({ kind }) => kind === "announce")).toMatchObject([{ news: { kind: "status", was: "leaving", is: "left" } }]);
    expect(state.phase).toEqual({ kind: "gone" });
  });
});

const aName = fc.constantFrom("a", "b", "c", "d");
const aTime = fc.oneof(fc.nat({ max: 20 }), fc.maxSafeNat());
const anyInput: fc.Arbitrary<SerfInput> = fc.oneof(
  aName.map((name) => came(name)),
  aName.map((name) => died(name)),
  aName.map((name) => forgotten(name)),
  fc.tuple(fc.constantFrom("join", "leave", "prune"), aName, aTime).map(([word, name, time]) => hearsIntent(`${word} ${name}@${time}`)),
  fc.tuple(aTime, aName).map(([time, name]) => hears(anEvent(time, name))),
  fc.uint8Array({ maxLength: 40 }).map((raw) => hears(bytes(String.fromCharCode(...raw)))),
  fc.record({ intents: fc.dictionary(aName, aTime), left: fc.array(aName), events: fc.array(fc.tuple(aTime, aName)) }).map((knowledge) => meets(knowledge)),
  fc.constantFrom("heard", "ignored").map((oldEvents): SerfInput => ({ kind: "asked-to-join", now: ms(0), oldEvents })),
  fc.constant<SerfInput>({ kind: "asked-to-leave", now: ms(0) }),
  fc.tuple(aName, fc.boolean()).map(([name, prune]): SerfInput => ({ kind: "asked-to-remove", now: ms(0), member: memberId(name), prune })),
  fc.tuple(aName, fc.nat({ max: 600 })).map(([name, length]): SerfInput =>
    ({ kind: "asked-to-tell", now: ms(0), name, payload: bytes("y".repeat(length)), coalesce: false })),
  fc.constant(wakes(0)),
);
const story: fc.Arbitrary<readonly SerfInput[]> = fc.array(fc.tuple(fc.nat({ max: 90_000 }), anyInput), { maxLength: 40 }).map((happened) => {
  let now = 0;
  return happened.map(([wait, input]) => ({ ...input, now: ms(now += wait) }));
});

describe("whatever happens", () => {
  test("the same gives the same, the old state stays as it was, and all that is held stays within its limits", () => {
    fc.assert(fc.property(story, (inputs) => {
      let state: SerfState = frozen(aSerfOf({ ringBytes: 500, intentsLimit: 2 }, "a"));
      for (const input of inputs) {
        const step = serfStep(state, input);
        expect(serfStep(state, input)).toEqual(step);
        const [next, outputs] = step;
        expect(next.events.bytes).toBe(userStateOf(next).events.flatMap(({ said }) => said).reduce((sum, { name, payload }) => sum + 16 + name.length + payload.length, 0));
        expect(next.events.bytes).toBeLessThanOrEqual(500);
        expect(next.strangers?.size ?? 0).toBeLessThanOrEqual(2);
        expect(next.clocks.intents >= state.clocks.intents && next.clocks.events >= state.clocks.events).toBe(true);
        for (const userState of attachedBy(outputs)) expect(decodeUserState(userState)).toEqual({ ok: true, state: userStateOf(next) });
        if (nextSerfWake(next) > input.now) expect(serfStep(next, { kind: "woke", now: input.now })).toEqual([next, []]);
        state = frozen(next);
      }
    }), { seed: 68, numRuns: 300 });
  });

  test("from whom a payload comes makes no difference", () => {
    const message = (from: string): SerfInput => announced(0, { kind: "message", payload: anEvent(3, "x"), from: at(from) });
    expect(serfStep(aSerf("a"), message("b"))).toEqual(serfStep(aSerf("a"), message("c")));
  });
});

/** Frozen to the ground: who changes it throws. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
