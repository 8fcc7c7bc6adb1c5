/** What the entries of a timeline become: disruptions in order of time that refer to one another by their place in it. */

import { describe, expect, test } from "vitest";
import type { Disruption } from "../../../sim/scenario/index.ts";
import { base, scenarioOf } from "./builders.ts";

const timelineOf = (...entries: readonly string[]): readonly Disruption[] => scenarioOf(`${base}timeline:\n${entries.map((entry) => `  - ${entry}\n`).join("")}`).timeline;

/** `12s crash 1` and the like: the moment, the action, the entry it comes from. */
const outline = (timeline: readonly Disruption[]): readonly string[] => timeline.map(({ at, action, entry }) => `${at / 1_000_000}s ${action.kind} [${entry}]`);

const all = { kind: "all" };
const m01 = { kind: "names", names: ["m01"] };
const one = { kind: "count", count: 1, among: all };

test.for([
  // written                                                action
  ["crash: m01",                                            { kind: "crash", members: m01 }],
  ["restart: all",                                          { kind: "restart", members: all, incarnation: "lost", address: "same" }],
  ["restart: all, incarnation: kept",                       { kind: "restart", members: all, incarnation: "kept", address: "same" }],
  ["restart: all, address: new",                            { kind: "restart", members: all, incarnation: "lost", address: "new" }],
  ["pause: 10%",                                            { kind: "pause", members: { kind: "fraction", fraction: 0.1, among: all } }],
  ["resume: [m01]",                                         { kind: "resume", members: m01 }],
  ["block: 4",                                              { kind: "block", members: { kind: "count", count: 4, among: all } }],
  ["unblock: all",                                          { kind: "unblock", members: all }],
  ["leave: 1",                                              { kind: "leave", members: one }],
  ["partition: [50%, rest]",                                { kind: "partition", sides: [{ kind: "fraction", fraction: 0.5, among: all }, { kind: "rest" }] }],
  ["cut: { from: m01, to: all }",                           { kind: "cut", from: m01, to: all, bothWays: false }],
  ["cut: { from: m01, to: all }, bothWays: yes",            { kind: "cut", from: m01, to: all, bothWays: true }],
  ["impair: { members: m01, loss: 30% }",                   { kind: "impair", from: m01, to: all, bothWays: true, loss: 0.3, duplicate: 0, delay: null }],
  ["impair: { members: m01, direction: out, loss: 30% }",   { kind: "impair", from: m01, to: all, bothWays: false, loss: 0.3, duplicate: 0, delay: null }],
  ["impair: { members: m01, direction: in, duplicate: 1% }", { kind: "impair", from: all, to: m01, bothWays: false, loss: 0, duplicate: 0.01, delay: null }],
  ["impair: { from: m01, to: 1, delay: 5ms }, bothWays: yes", { kind: "impair", from: m01, to: one, bothWays: true, loss: 0, duplicate: 0, delay: { kind: "constant", of: 5_000 } }],
  ["cut: { from: 1, to: rest }",                            { kind: "cut", from: one, to: { kind: "rest" }, bothWays: false }],
  ["crash: 0%",                                             { kind: "crash", members: { kind: "count", count: 0, among: all } }],
  ["partition: [rest, 2, m01]",                             { kind: "partition", sides: [m01, { kind: "count", count: 2, among: all }, { kind: "rest" }] }],
  ["heal: all",                                             { kind: "heal", of: null }],
  ["update: { members: m01, meta: v=2 }",                   { kind: "update", members: m01, meta: "v=2" }],
  ["broadcast: { members: m01, payload: \"no. {n}: \u00e9\" }", { kind: "broadcast", members: m01, payload: "no. {n}: \u00c3\u00a9", priority: "normal" }],
  ["broadcast: { members: 1, payload: 7, priority: bulk }",   { kind: "broadcast", members: one, payload: "7", priority: "bulk" }],
  ["send: { from: m01, to: rest, payload: hi }",              { kind: "send", from: m01, to: { kind: "rest" }, payload: "hi", over: "datagram" }],
  ["send: { from: 1, to: all, payload: hi, over: stream }",   { kind: "send", from: one, to: all, payload: "hi", over: "stream" }],
] as const)("%s", ([written, action]) => {
  expect(timelineOf(`{ at: 5s, ${written} }`)).toEqual([{ at: 5_000_000, entry: 0, action }]);
});

test("selectors among a tag, and by name in a mapping", () => {
  const text = "duration: 1m\nmembers: [{ count: 4, name: a, tags: { zone: eu } }, { count: 3, name: late, present: no }]\ntimeline:\n  - { at: 1s, crash: { tag: zone=eu, count: 2 } }\n  - { at: 2s, crash: { tag: zone=eu, fraction: 50% } }\n  - { at: 3s, crash: { name: [a1, a2] } }\n  - { at: 4s, crash: { count: 2 } }\n  - { at: 5s, join: 3 }\n";
  const eu = { kind: "tag", tag: "zone", value: "eu" };
  expect(scenarioOf(text).timeline.map(({ action }) => action)).toEqual([
    { kind: "crash", members: { kind: "count", count: 2, among: eu } },
    { kind: "crash", members: { kind: "fraction", fraction: 0.5, among: eu } },
    { kind: "crash", members: { kind: "names", names: ["a1", "a2"] } },
    { kind: "crash", members: { kind: "count", count: 2, among: all } },
    { kind: "join", members: { kind: "count", count: 3, among: all } },
  ]);
});

test("every: until is where it stops, and is not reached; times counts the first", () => {
  expect(outline(timelineOf("{ at: 10s, every: 10s, until: 40s, crash: 1 }"))).toEqual(["10s crash [0]", "20s crash [0]", "30s crash [0]"]);
  expect(outline(timelineOf("{ at: 10s, every: 10s, until: 41s, crash: 1 }"))).toHaveLength(4);
  expect(outline(timelineOf("{ at: 10s, every: 5s, times: 2, crash: 1 }"))).toEqual(["10s crash [0]", "15s crash [0]"]);
});

test.for([
  ["crash: 1, for: 5s",                       { kind: "restart", members: { kind: "same", as: 0, end: null }, incarnation: "lost", address: "same" }],
  ["crash: 1, for: 5s, incarnation: kept",    { kind: "restart", members: { kind: "same", as: 0, end: null }, incarnation: "kept", address: "same" }],
  ["leave: 1, for: 5s",                       { kind: "restart", members: { kind: "same", as: 0, end: null }, incarnation: "lost", address: "same" }],
  ["crash: 1, for: 5s, address: new",         { kind: "restart", members: { kind: "same", as: 0, end: null }, incarnation: "lost", address: "new" }],
  ["pause: 1, for: 5s",                       { kind: "resume", members: { kind: "same", as: 0, end: null } }],
  ["block: 1, for: 5s",                       { kind: "unblock", members: { kind: "same", as: 0, end: null } }],
  ["partition: [1, rest], for: 5s",           { kind: "heal", of: 0 }],
  ["cut: { from: m01, to: all }, for: 5s",    { kind: "heal", of: 0 }],
  ["impair: { members: 1, loss: 1% }, for: 5s", { kind: "heal", of: 0 }],
] as const)("%s ends", ([written, ending]) => {
  expect(timelineOf(`{ at: 1s, ${written} }`)[1]).toEqual({ at: 6_000_000, entry: 0, action: ending });
});

test("endings refer to the sorted timeline, whatever the order of writing", () => {
  const timeline = timelineOf("{ at: 30s, pause: 1, for: 10s }", "{ at: 5s, every: 10s, times: 2, crash: 1, for: 25s }");
  expect(outline(timeline)).toEqual(["5s crash [1]", "15s crash [1]", "30s pause [0]", "30s restart [1]", "40s resume [0]", "40s restart [1]"]);
  expect(timeline.slice(3).map(({ action }) => ("members" in action ? action.members : null))).toEqual([
    { kind: "same", as: 0, end: null },
    { kind: "same", as: 2, end: null },
    { kind: "same", as: 1, end: null },
  ]);
});

describe("again: same", () => {
  const same = (as: number, end: number | null) => ({ kind: "same", as, end });

  test("strikes those of the first time, and each time ends for those whom it struck", () => {
    const timeline = timelineOf("{ at: 10s, every: 5s, times: 3, block: 4, for: 4s, again: same }");
    expect(outline(timeline)).toEqual(["10s block [0]", "14s unblock [0]", "15s block [0]", "19s unblock [0]", "20s block [0]", "24s unblock [0]"]);
    expect(timeline.map(({ action }) => ("members" in action ? action.members : null))).toEqual([
      { kind: "count", count: 4, among: all }, same(0, null), same(0, 0), same(2, null), same(0, 0), same(4, null),
    ]);
  });

  test.for([
    ["partition: [25%, 25%, rest]", { kind: "partition", sides: [same(0, 0), same(0, 1), same(0, 2)] }],
    ["cut: { from: 1, to: rest }", { kind: "cut", from: same(0, 0), to: same(0, 1), bothWays: false }],
    ["impair: { members: 2, loss: 5% }", { kind: "impair", from: same(0, 0), to: same(0, 1), bothWays: true, loss: 0.05, duplicate: 0, delay: null }],
    ["restart: 2, address: new", { kind: "restart", members: same(0, 0), incarnation: "lost", address: "new" }],
    ["send: { from: 1, to: 2, payload: hi }", { kind: "send", from: same(0, 0), to: same(0, 1), payload: "hi", over: "datagram" }],
    ["heal: all", { kind: "heal", of: null }],
  ] as const)("%s", ([written, action]) => {
    expect(timelineOf(`{ at: 1s, every: 1s, times: 2, ${written}, again: same }`)[1]?.action).toEqual(action);
  });

  test("anew is how it is anyway", () => {
    expect(timelineOf("{ at: 1s, every: 1s, times: 2, crash: 1, again: anew }")).toEqual(timelineOf("{ at: 1s, every: 1s, times: 2, crash: 1 }"));
  });
});

test("at one instant, what ends does so before the same entry begins anew", () => {
  expect(outline(timelineOf("{ at: 10s, every: 5s, times: 2, crash: 1, for: 5s }"))).toEqual(["10s crash [0]", "15s restart [0]", "15s crash [0]", "20s restart [0]"]);
});

test("what would end after the run does not end", () => {
  expect(outline(timelineOf("{ at: 50s, pause: 1, for: 10s }"))).toEqual(["50s pause [0]"]);
});

test("half and half is everybody, even of an odd number", () => {
  expect(scenarioOf("duration: 1m\nmembers: 65\ntimeline: [{ at: 1s, partition: [50%, 50%] }]\n").timeline).toHaveLength(1);
});

test("entries that were added have dice of their own, and leave the others theirs", () => {
  const before = timelineOf("{ at: 1s, crash: 1 }", "{ at: 5s, pause: 2, for: 2s }");
  const after = timelineOf("{ at: 1s, crash: 1 }", "{ at: 5s, pause: 2, for: 2s }", "{ at: 3s, crash: m01, added: yes }", "{ at: 2s, pause: 1, for: 4s, added: yes }");
  expect(before.map(({ dice }) => dice)).toEqual([undefined, undefined, undefined]);
  expect(outline(after)).toEqual(["1s crash [0]", "2s pause [3]", "3s crash [2]", "5s pause [1]", "6s resume [3]", "7s resume [1]"]);
  expect(after.map(({ dice }) => dice)).toEqual(["disruption 0", "added 0", "added 1", "disruption 1", "added 2", "disruption 2"]);
});
