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
    "a member's record in its own view equals its self": (state) => ({ ...state, self: { ...state.self, incarnation: incarnation(9) } }),
    "a member is alive in its own view until it leaves": (state) => ({
      ...recast(state, "a", "suspect"), self: aRecord("a", { status: "suspect" }), suspicions: enter(state.suspicions, "a", 1, doubt),
    }),
    "the counts of a view equal those of its members": (state) => ({ ...state, view: { ...state.view, living: 2 } }),
    "each suspect has a suspicion, and nobody else has one": (state) => recast(state, "b", "suspect", 2),
    "each other member that is dead or left has a tombstone, and nobody else has one": (state) => ({ ...state, tombstones: nothing }),
    "a member never probes itself, and only one member at a time": (state) => ({ ...state, probe: probing(state, state.self.id) }),
    "no two open questions have the same seq, and none has one not yet used": (state) => ({ ...state, seq: seqNo(0) }),
    "health is between 0 and healthMax": (state) => ({ ...state, health: 1 }),
    "no suspicion has more confirmations than it wants, none twice, and none from its author": (state) => confirmedBy(state, "b", "b"),
    "gossip between probes is scheduled only while there is something to tell": (state) => ({ ...state, rumours: noRumours, gossip: { ...state.gossip, at: ms(1200) } }),
    "there are at most errandsLimit errands": (state) => ({ ...state, config: { ...state.config, errandsLimit: 0 } }),
    "no rumour overrules the record that its teller holds": (state) => ({ ...state, rumours: spread(state.rumours, dead("c", "b", 2), "newest") }),
    "a retry of the join is scheduled if seeds are known, and only then": (state) => ({ ...state, sync: { ...state.sync, seeds: [at("b")] } }),
    "the alarm is the earliest deadline": (state) => ({ ...state, probe: { ...state.probe, attempt: state.probe.attempt && { ...state.probe.attempt, failsAt: NaN as Instant } } }),
  };

  test.for(invariants.map(({ name }) => name))("%s", (name) => {
    const breaking = broken[name];
    expect(breaking, "a way to break it").toBeDefined();
    expect(brokenIn(breaking?.(wellKept()) ?? wellKept())).toContain(name);
  });

  const aView: Event = { kind: "exchange-opened", now: ms(1100), from: at("b"), exchange: exchangeId(1), message: pushPull(false) };
  const brokenSteps: Readonly<Record<string, readonly [Event, (state: State) => State]>> = {
    "id, address and configuration do not change": [woke(1100), (state) => ({ ...state, self: { ...state.self, address: at("x") } })],
    "a member's own incarnation never falls": [aView, (state) => ({ ...state, self: { ...state.self, incarnation: incarnation(0) } })],
    "a member raises its own incarnation only after a message or on request": [woke(1100), (state) => ({ ...state, self: { ...state.self, incarnation: incarnation(2) } })],
    "records of other members change only by messages and deadlines": [{ kind: "asked-to-leave", now: ms(1100) }, (state) => recast(state, "c", "suspect")],
    "only the member itself raises its incarnation": [woke(1100), (state) => recast(state, "c", "suspect", 3)],
    "no dead or departed member is living again without a higher incarnation, nor at all where death is final": [aView, (state) => recast(state, "e", "alive")],
    "a record is replaced only by one that overrules it": [aView, (state) => recast(state, "d", "alive")],
    "only dead and departed members are forgotten, and only once their tombstones expire": [woke(1100), (state) => ({ ...state, view: remove(state.view, memberId("e")) })],
    "no rumour is told more often than its limit": [woke(1100), (state) => ({
      ...state, rumours: { ...state.rumours, rounds: 99 },
    })],
    "seqs only rise, and start again after the greatest": [woke(1100), (state) => ({ ...state, seq: seqNo(1) })],
    "after an alarm no deadline is overdue": [woke(1100), (state) => ({ ...state, probe: { ...state.probe, attempt: null, periodEndsAt: ms(1100) } })],
    "the state of a departed member does not change": [woke(1100), (state) => ({ ...state })],
  };

  test("each of them in more ways than one", () => {
    const { view } = wellKept();
    const more: readonly (readonly [name: string, state: State])[] = [
      ["health is between 0 and healthMax", { ...wellKept(), health: -1 }],
      ["no suspicion has more confirmations than it wants, none twice, and none from its author", confirmedBy(wellKept(), "b", "c", "e")],
      ["no suspicion has more confirmations than it wants, none twice, and none from its author", confirmedBy(wellKept(), "z")],
      ["gossip between probes is scheduled only while there is something to tell", { ...wellKept(), config: { ...wellKept().config, gossipEvery: seconds(0) } }],
      ["each suspect has a suspicion, and nobody else has one", { ...wellKept(), view: put(view, aRecord("d")) }],
      ["a member is alive in its own view until it leaves", { ...wellKept(), phase: { kind: "leaving", until: ms(9000) } }],
    ];
    for (const [name, state] of more) expect(brokenIn(state)).toContain(name);
  });

  test.for(transitions.map(({ name }) => name))("%s", (name) => {
    const breaking = brokenSteps[name];
    if (breaking === undefined) throw new Error("no way to break it");
    const [event, change] = breaking;
    const before: State = name === "the state of a departed member does not change" ? { ...wellKept(), phase: { kind: "departed" } } : wellKept();
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
