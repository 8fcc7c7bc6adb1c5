/** The invariants themselves: each can be broken, and the page that explains them names the same ones. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  brokenBetween, brokenIn, exchangeId, find, incarnation, invariants, memberId, micros, milliseconds, NEVER, put, remove, seconds, seqNo, transitions,
  type Event, type Instant, type State, type Status,
} from "../../engine/index.ts";
import { enter, nothing } from "../../engine/words/agenda.ts";
import type { Suspicion } from "../../engine/words/suspicion.ts";
import { noRumours, rumoursWaiting, spread } from "../../engine/rules/dissemination.ts";
import { alive, aMember, aRecord, at, dead, hears, ms, pingReq, pushPull, received, stateAfter, suspect, woke } from "../builders.ts";

const wellKept = (): State => stateAfter(
  aMember("a", { knows: ["b", "c"], suspects: ["d"], mourns: ["e"], misses: ["f"], config: { gossipEvery: milliseconds(200) } }), hears(20, alive("b", 2)), woke(1000),
  received(1010, pingReq("b", "c", 1)), hears(1020, alive("c", 2)),
);
const recast = (state: State, name: string, status: Status, life = 1): State => ({ ...state, view: put(state.view, aRecord(name, { status, life })) });

test("the page that explains them has the same names, in the same order", () => {
  const page = readFileSync(new URL("../../docs/invariants.md", import.meta.url), "utf8");
  const [ofMembers = ""] = page.split("\n## Of a whole run\n");
  const names = Array.from(ofMembers.matchAll(/^- \*\*(.+?)\*\*/gm), ([, name]) => name);
  expect(names).toEqual([...invariants, ...transitions].map(({ name }) => name));
});

test("a member that minds its own business breaks none", () => {
  const state = wellKept();
  expect([rumoursWaiting(state.rumours), state.gossip.at < NEVER], "it has something to tell").toEqual([1, true]);
  expect(brokenIn(state)).toEqual([]);
  expect(brokenBetween(state, woke(1500), stateAfter(state, woke(1500)))).toEqual([]);
});

test("each reads what it says it reads, and nothing else", () => {
  const misread = invariants.flatMap(({ name, reads, holds }) => {
    const read = new Set<PropertyKey>();
    holds(new Proxy(wellKept(), { get: (state, part) => (read.add(part), Reflect.get(state, part)) }));
    return [...read].filter((part) => !reads.some((known) => known === part)).map((part) => `${name}: ${String(part)}`);
  });
  expect(misread).toEqual([]);
});

/** A suspicion of ourselves, and what is wrong with one of another. */
const doubt: Suspicion = {
  about: memberId("a"), incarnation: incarnation(1), by: memberId("b"), since: ms(0), cause: { kind: "gossip", via: at("b") }, confirmedBy: [], wanted: 0,
  least: seconds(4), most: seconds(4),
};
const confirmedBy = (state: State, ...by: readonly string[]): State =>
  ({ ...state, suspicions: enter(state.suspicions, "d", 1, { ...doubt, about: memberId("d"), by: memberId("z"), wanted: 2, confirmedBy: by.map(memberId) }) });
const probing = (state: State, target: State["self"]["id"]): State["probe"] => ({ ...state.probe, attempt: state.probe.attempt && { ...state.probe.attempt, target } });

describe("each can be broken", () => {
  const broken: Readonly<Record<string, (state: State) => State>> = {
    "my own record in my view is my self": (state) => ({ ...state, self: { ...state.self, incarnation: incarnation(9) } }),
    "I am alive until I say goodbye": (state) => ({
      ...recast(state, "a", "suspect"), self: aRecord("a", { status: "suspect" }), suspicions: enter(state.suspicions, "a", 1, doubt),
    }),
    "the counts of my view are those of its members": (state) => ({ ...state, view: { ...state.view, living: 2 } }),
    "a suspicion exists exactly for each suspect": (state) => recast(state, "b", "suspect", 2),
    "a tombstone exists exactly for each dead or departed member but myself": (state) => ({ ...state, tombstones: nothing }),
    "one probe at a time, and never of myself": (state) => ({ ...state, probe: probing(state, state.self.id) }),
    "no two questions of mine have one seq, nor one that I have not used": (state) => ({ ...state, seq: seqNo(0) }),
    "my health stays between good and the worst": (state) => ({ ...state, health: 1 }),
    "no suspicion has more confirmations than it wants, none twice, and none of its author": (state) => confirmedBy(state, "b", "b"),
    "I gossip between probes only while there is news": (state) => ({ ...state, rumours: noRumours, gossip: { ...state.gossip, at: ms(1200) } }),
    "errands are no more than their limit": (state) => ({ ...state, config: { ...state.config, errandsLimit: 0 } }),
    "I tell nothing that would overrule what I hold": (state) => ({ ...state, rumours: spread(state.rumours, dead("c", "b", 2), "newest") }),
    "I wait for seeds exactly if I know some": (state) => ({ ...state, sync: { ...state.sync, seeds: [at("b")] } }),
    "my alarm is the earliest of my deadlines": (state) => ({ ...state, probe: { ...state.probe, attempt: state.probe.attempt && { ...state.probe.attempt, failsAt: NaN as Instant } } }),
  };

  test.for(invariants.map(({ name }) => name))("%s", (name) => {
    const breaking = broken[name];
    expect(breaking, "a way to break it").toBeDefined();
    expect(brokenIn(breaking?.(wellKept()) ?? wellKept())).toContain(name);
  });

  const aView: Event = { kind: "exchange-opened", now: ms(1100), from: at("b"), exchange: exchangeId(1), message: pushPull(false) };
  const brokenSteps: Readonly<Record<string, readonly [Event, (state: State) => State]>> = {
    "who I am does not change": [woke(1100), (state) => ({ ...state, self: { ...state.self, address: at("x") } })],
    "my incarnation never falls": [aView, (state) => ({ ...state, self: { ...state.self, incarnation: incarnation(0) } })],
    "I speak up anew only when I hear something, or am asked to": [woke(1100), (state) => ({ ...state, self: { ...state.self, incarnation: incarnation(2) } })],
    "what others are to me changes by hearing or by deadlines only": [{ kind: "asked-to-leave", now: ms(1100) }, (state) => recast(state, "c", "suspect")],
    "only its owner raises an incarnation": [woke(1100), (state) => recast(state, "c", "suspect", 3)],
    "nobody returns to life without a higher incarnation, nor at all where death is final": [aView, (state) => recast(state, "e", "alive")],
    "what I held is only overruled, never taken back": [aView, (state) => recast(state, "d", "alive")],
    "only the dead and departed are forgotten, and only when their time is up": [woke(1100), (state) => ({ ...state, view: remove(state.view, memberId("e")) })],
    "no rumour is told beyond its limit": [woke(1100), (state) => ({
      ...state, rumours: { ...state.rumours, rounds: 99 },
    })],
    "my seqs only rise, and begin anew after the greatest": [woke(1100), (state) => ({ ...state, seq: seqNo(1) })],
    "after waking nothing is overdue": [woke(1100), (state) => ({ ...state, probe: { ...state.probe, attempt: null, periodEndsAt: ms(1100) } })],
    "who departed changes nothing": [woke(1100), (state) => ({ ...state })],
  };

  test("each of them in more ways than one", () => {
    const { view } = wellKept();
    const more: readonly (readonly [name: string, state: State])[] = [
      ["my health stays between good and the worst", { ...wellKept(), health: -1 }],
      ["no suspicion has more confirmations than it wants, none twice, and none of its author", confirmedBy(wellKept(), "b", "c", "e")],
      ["no suspicion has more confirmations than it wants, none twice, and none of its author", confirmedBy(wellKept(), "z")],
      ["I gossip between probes only while there is news", { ...wellKept(), config: { ...wellKept().config, gossipEvery: seconds(0) } }],
      ["a suspicion exists exactly for each suspect", { ...wellKept(), view: put(view, aRecord("d")) }],
      ["I am alive until I say goodbye", { ...wellKept(), phase: { kind: "leaving", until: ms(9000) } }],
    ];
    for (const [name, state] of more) expect(brokenIn(state)).toContain(name);
  });

  test.for(transitions.map(({ name }) => name))("%s", (name) => {
    const breaking = brokenSteps[name];
    if (breaking === undefined) throw new Error("no way to break it");
    const [event, change] = breaking;
    const before: State = name === "who departed changes nothing" ? { ...wellKept(), phase: { kind: "departed" } } : wellKept();
    expect(brokenBetween(before, event, change(before))).toContain(name);
    expect(brokenBetween(before, event, before)).toEqual(before.phase.kind === "departed" ? [] : expect.not.arrayContaining([name]));
  });
});

test("the dead are forgotten when their time is up, and that breaks nothing; nor does a return under a higher incarnation", () => {
  const state = aMember("a", { mourns: ["b"], config: { forgetAfter: micros(5_000_000), periodEvery: micros(1e12) } });
  const gone = stateAfter(state, woke(5_000));
  expect(find(gone.view, memberId("b"))).toBeUndefined();
  expect(brokenBetween(state, woke(5_000), gone)).toEqual([]);
  const back = stateAfter(state, hears(10, alive("b", 2)));
  expect(brokenBetween(state, hears(10, alive("b", 2)), back)).toEqual([]);
  expect(brokenBetween(state, hears(10, suspect("b", "c", 2)), stateAfter(state, hears(10, suspect("b", "c", 2))))).toEqual([]);
  expect(gone.sync.joinAgainAt).toBe(NEVER);
});
