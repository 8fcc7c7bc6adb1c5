/** Every mistake in a timeline and in what is expected of it, and the very words that its writer reads. The first line of each text is line 1. */

import { expect, test } from "vitest";
import { base, errorsIn } from "./builders.ts";

test("members that do not exist", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, crash: m7 }",
    "  - { at: 2s, pause: [m01, m99] }",
    "  - { at: 3s, leave: { tag: zone=eu } }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:22: timeline[0].crash: no member is called \"m7\": did you mean \"m07\"?",
    "5:28: timeline[1].pause[1]: no member is called \"m99\": did you mean \"m09\"?",
    "6:29: timeline[2].leave.tag: no member has the tag zone=eu",
  ]);
});

test("more members than there are", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, crash: 65 }",
    "  - { at: 1s, crash: 120% }",
    "  - { at: 1s, join: 1 }",
    "  - { at: 1s, join: m01 }",
    "  - { at: 1s, join: all }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:22: timeline[0].crash: this asks for 65 members, but there are 64",
    "5:22: timeline[1].crash: 120% is impossible: write a share from 0% to 100%",
    "6:21: timeline[2].join: this asks for one member, but there are 0 waiting to join (present: no)",
    "7:21: timeline[3].join: m01 is present from the origin and can't join: write present: no in members",
    "8:21: timeline[4].join: nobody here waits to join: write present: no in members",
  ]);
});

test("partitions of nothing, and sides that overlap", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, partition: [] }",
    "  - { at: 1s, partition: [50%] }",
    "  - { at: 1s, partition: [0%, rest] }",
    "  - { at: 1s, partition: [0, rest] }",
    "  - { at: 1s, partition: [[m01, m02], [m02, m03]] }",
    "  - { at: 1s, partition: [rest, rest] }",
    "  - { at: 1s, partition: [all, rest] }",
    "  - { at: 1s, partition: [60%, 60%] }",
    "  - { at: 1s, partition: [100%, rest] }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:26: timeline[0].partition: a partition needs two sides or more, not none: write [50%, rest]",
    "5:26: timeline[1].partition: a partition needs two sides or more, not one: write [50%, rest]",
    "6:27: timeline[2].partition[0]: this side is empty",
    "7:27: timeline[3].partition[0]: this side is empty",
    "8:39: timeline[4].partition[1]: m02 is on two sides: this one, and [0]",
    "9:33: timeline[5].partition[1]: rest is here twice: only one side can have everybody else",
    "10:27: timeline[6].partition[0]: all leaves nobody for the other side: write rest",
    "11:26: timeline[7].partition: the sides ask for 77 members, but there are 64",
    "12:33: timeline[8].partition[1]: this side is empty: the others leave nobody for rest",
  ]);
});

test("moments that can't be", () => {
  const text = base + [
    "timeline:",
    "  - { at: 70s, crash: 1 }",
    "  - { at: 1s, crash: 1, for: 0 }",
    "  - { at: 1s, crash: 1, for: -1s }",
    "  - { at: 1s, every: 5s, crash: 1 }",
    "  - { at: 1s, until: 5s, crash: 1 }",
    "  - { at: 1s, every: 10s, times: 7, crash: 1 }",
    "  - { at: 9s, every: 1s, until: 5s, crash: 1 }",
    "  - { at: 9s, every: 1s, until: 2m, crash: 1 }",
    "  - { at: 9s, every: 1s, until: 50s, times: 3, crash: 1 }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:11: timeline[0].at: 1m10s is not before the end of the run, at 1m",
    "5:30: timeline[1].for: 0 is impossible: this length must be more than 0",
    "6:30: timeline[2].for: -1s is impossible: a length is never negative",
    "7:22: timeline[3].every: every needs an end: write until or times beside it",
    "8:22: timeline[4].until: until works only with every: this happens once",
    "9:34: timeline[5].times: the last of 7 times would not be before the end of the run, at 1m: 6 fit",
    "10:33: timeline[6].until: 5s is not after 9s, when this begins",
    "11:33: timeline[7].until: 2m is after the end of the run, at 1m",
    "12:45: timeline[8].times: until and times can't be combined: write one of them",
  ]);
});

test("entries that do nothing, two things, or something unknown", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, crash: 1, pause: 1 }",
    "  - { at: 1s }",
    "  - { at: 1s, crsh: 1 }",
    "  - { crash: 1 }",
    "  - { at: 1s, crash: }",
    "  - crash",
    "  - { at: 1s, join: 0, for: 1s }",
    "  - { at: 1s, pause: 1, incarnation: kept }",
    "  - { at: 1s, pause: 1, bothWays: yes }",
    "  - { at: 1s, pause: rest }",
    "  - { at: 1s, heal: some }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:32: timeline[0].pause: crash and pause can't be in one entry: write an entry for each",
    "5:5: timeline[1]: nothing happens here: write one of crash, restart, pause, resume, block, unblock, join, leave, partition, cut, impair, clog, swizzle, heal, update, broadcast, send, slow, hasten, clock, churn, replace",
    "6:15: unknown key \"crsh\" in timeline[2]: did you mean \"crash\"?",
    "7:5: missing key \"at\" in timeline[3]",
    "8:22: timeline[4].crash: the value is missing: write a name, a list of names, a number, a percentage, all, or { tag: zone=eu, count: 2 }",
    "9:5: timeline[5]: \"crash\" is not a mapping: write one with at, every, until, times, for, added, flap, again, crash, restart, pause, resume, block, unblock, join, leave, partition, cut, impair, clog, swizzle, heal, update, broadcast, send, slow, hasten, clock, churn, replace, cascade, view, incarnation, address, bothWays",
    "10:29: timeline[6].for: join has no end: for works only with crash, leave, pause, block, partition, cut, impair, clog, slow, clock, churn",
    "11:38: timeline[7].incarnation: nobody restarts here: incarnation works only with restart, or with crash or leave and for",
    "12:35: timeline[8].bothWays: bothWays works only with cut or clog, or with impair and its from and to",
    "13:22: timeline[9].pause: rest works only in a partition, or in to: write all, or name members",
  ]);
});

test("endings, addresses and repetitions where there are none", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, unblock: 1, for: 1s }",
    "  - { at: 1s, broadcast: { members: 1, payload: hi }, for: 1s }",
    "  - { at: 1s, crash: 1, address: new }",
    "  - { at: 1s, crash: 1, for: 1s, address: moon }",
    "  - { at: 1s, block: 1, again: same }",
    "  - { at: 1s, every: 1s, times: 2, block: 1, again: and again }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:32: timeline[0].for: unblock has no end: for works only with crash, leave, pause, block, partition, cut, impair, clog, slow, clock, churn",
    "5:60: timeline[1].for: broadcast has no end: for works only with crash, leave, pause, block, partition, cut, impair, clog, slow, clock, churn",
    "6:34: timeline[2].address: nobody restarts here: address works only with restart, or with crash or leave and for",
    "7:43: timeline[3].address: \"moon\" is not known here: choose one of same, new",
    "8:32: timeline[4].again: again works only with every: this happens once",
    "9:53: timeline[5].again: \"and again\" is not known here: choose one of anew, same",
  ]);
});

test("what changes no truth gives nothing to agree upon", () => {
  const text = `${base}timeline:\n  - { at: 1s, broadcast: { members: 1, payload: hi } }\n  - { at: 1s, send: { from: 1, to: 1, payload: hi } }\n  - { at: 1s, block: 1 }\nexpect:\n`;
  expect(errorsIn(`${text}${[0, 1, 2].map((entry) => `  - disruptions[${entry}].convergence.max < 1s\n`).join("")}`)).toEqual([
    "8:5: expect[0]: disruptions[0] is a broadcast, which does not change the truth: nothing converges after it",
    "9:5: expect[1]: disruptions[1] is a send, which does not change the truth: nothing converges after it",
  ]);
});

test("words that can't be said", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, broadcast: { members: 1 } }",
    "  - { at: 1s, broadcast: { members: 1, payload: \"\" } }",
    "  - { at: 1s, broadcast: { members: rest, payload: hi, priority: high } }",
    `  - { at: 1s, broadcast: { members: m1, payload: ${"é".repeat(700)} } }`,
    "  - { at: 1s, send: { from: rest, to: rest, payload: hi } }",
    "  - { at: 1s, send: { from: 1, to: 65, payload: hi, over: pigeon } }",
    `  - { at: 1s, send: { from: 1, to: m99, payload: ${"x".repeat(1_385)} } }`,
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:26: missing key \"payload\" in timeline[0].broadcast",
    "5:49: timeline[1].broadcast.payload: this is empty: write some text",
    "6:66: timeline[2].broadcast.priority: \"high\" is not known here: choose one of urgent, normal, bulk",
    "7:37: timeline[3].broadcast.members: no member is called \"m1\": did you mean \"m01\"?",
    "7:50: timeline[3].broadcast.payload: 1400 bytes do not fit a datagram: config.datagramBudget (1400) leaves 1384",
    "8:29: timeline[4].send.from: rest works only in a partition, or in to: write all, or name members",
    "9:59: timeline[5].send.over: \"pigeon\" is not known here: choose one of datagram, stream",
    "10:36: timeline[6].send.to: no member is called \"m99\": did you mean \"m09\"?",
    "10:50: timeline[6].send.payload: 1385 bytes do not fit a datagram: config.datagramBudget (1400) leaves 1384",
  ]);
  expect(errorsIn(`${base}timeline: [{ at: 1s, send: { from: 1, to: 1, payload: ${"x".repeat(100_000)}, over: stream } }]\n`)).toEqual([]);
});

test("impairments that are not clear", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, impair: { members: 1 } }",
    "  - { at: 1s, impair: { from: m01, loss: 1% } }",
    "  - { at: 1s, impair: { members: 1, from: m01, loss: 1% } }",
    "  - { at: 1s, impair: { from: m01, to: all, direction: in, loss: 1% } }",
    "  - { at: 1s, impair: { members: 1, direction: up, loss: 1% } }",
    "  - { at: 1s, cut: { from: m01 } }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:23: timeline[0].impair: this impairs nothing: write loss, delay, duplicate, or one of bursts, pipe, corrupt, reorder, replay, lossOf",
    "5:23: timeline[1].impair: nobody is impaired: write members, or both from and to",
    "6:43: timeline[2].impair.from: members and from or to can't be combined: write members and direction, or from and to",
    "7:56: timeline[3].impair.direction: direction works only with members: from and to already have one",
    "8:48: timeline[4].impair.direction: \"up\" is not known here: choose one of in, out, both",
    "9:20: missing key \"to\" in timeline[5].cut",
  ]);
});

test("selectors that choose nobody", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, crash: { count: 1, fraction: 5% } }",
    "  - { at: 1s, crash: {} }",
    "  - { at: 1s, crash: { tag: eu } }",
    "  - { at: 1s, crash: 1.5 }",
    "  - { at: 1s, crash: -1 }",
    "  - { at: 1s, crash: [1, m01] }",
    "  - { at: 1s, crash: { nmae: m01 } }",
    "  - { at: 1s, crash: { name: m01, tag: a=b } }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:22: timeline[0].crash: count and fraction can't be combined: write one of them",
    "5:22: timeline[1].crash: this selects nobody: write name, tag, domain, count or fraction",
    "6:29: timeline[2].crash.tag: \"eu\" is not a tag: write key=value, such as zone=eu",
    "7:22: timeline[3].crash: 1.5 is not a selector: write a name, a list of names, a number, a percentage, all, or { tag: zone=eu, count: 2 }",
    "8:22: timeline[4].crash: -1 is impossible: write a whole number from 0 to 1,000,000",
    "9:23: timeline[5].crash[0]: this is not a name: write one such as m07",
    "10:24: unknown key \"nmae\" in timeline[6].crash: did you mean \"name\"?",
    "11:22: timeline[7].crash: name and tag can't be combined: write one of them",
    "11:40: timeline[7].crash.tag: no member has the tag a=b",
  ]);
});

test("expectations that can't be tested", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1s, crash: 1 }",
    "  - { at: 2s, impair: { members: 1, loss: 5% } }",
    "expect:",
    "  - convergance.p99 < 30s",
    "  - convergence.p99 = 30s",
    "  - convergence.p99 < 30",
    "  - falsePositives.count == 3s",
    "  - falsePositives.count",
    "  - disruptions[2].convergence.max < 1s",
    "  - disruptions[1].convergence.max < 1s",
    "  - disruptions[0].convergance.max < 1s",
    "  - convergence.p95 < 3s",
    "  - 5",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "7:5: expect[0]: unknown figure \"convergance.p99\": did you mean \"convergence.p99\"?",
    "8:21: expect[1]: unknown comparison \"=\": did you mean \"==\"?",
    "9:23: expect[2]: a length needs a unit: write 30ms or 30s",
    "10:29: expect[3]: \"3s\" is not a number: this figure has no unit",
    "11:5: expect[4]: \"falsePositives.count\" is not an expectation: write a figure, a comparison and a value, such as convergence.p99 < 30s",
    "12:5: expect[5]: disruptions[2] does not exist: the timeline's entries are [0] to [1]",
    "13:5: expect[6]: disruptions[1] is an impair, which does not change the truth: nothing converges after it",
    "14:5: expect[7]: unknown figure \"disruptions[0].convergance.max\": did you mean \"disruptions[0].convergence.max\"?",
    "15:5: expect[8]: unknown figure \"convergence.p95\": did you mean \"convergence.p90\"?",
    "16:5: expect[9]: an expectation is a line such as convergence.p99 < 30s",
  ]);
});

test("a figure that nobody knows brings those of its kind to mind, not all hundred and fifty; and a word nearly an oracle's, the oracle", () => {
  const text = base + ["expect:", "  - load.bytes < 3", "  - haelth.quartile < 3", "  - speed < 3", "  - agreemnt", "  - safety"].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:5: expect[0]: unknown figure \"load.bytes\": choose one of load.datagramsPerMemberSecond, load.bytesPerMemberSecond, load.streamsPerMemberSecond",
    "5:5: expect[1]: unknown figure \"haelth.quartile\": choose one of health.mean, health.max",
    expect.stringMatching(/^6:5: expect\[2\]: unknown figure "speed": choose one of firstSuspicion\.…, .*, suspicions, .*oracles\.…$/),
    "7:5: expect[3]: \"agreemnt\" is not an expectation: did you mean \"agreement\"?",
    "8:5: expect[4]: \"safety\" is not an expectation: write a figure, a comparison and a value, such as convergence.p99 < 30s, or the name of an oracle, such as agreement",
  ]);
});

test("more disruptions than anybody wants", () => {
  const text = base + [
    "timeline:",
    "  - { at: 1us, every: 1us, until: 1m, crash: 1 }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:23: timeline[0].every: these are 59,999,999 disruptions, and 100,000 are the most",
  ]);
});

test("times without every", () => {
  expect(errorsIn(`${base}timeline: [{ at: 1s, times: 3, crash: 1 }]\n`)).toEqual(["3:29: timeline[0].times: times works only with every: this happens once"]);
});

test("m7 was meant for m007, however far that is in letters", () => {
  expect(errorsIn("duration: 1m\nmembers: 512\ntimeline: [{ at: 1s, crash: m7 }]\n")).toEqual([
    "3:29: timeline[0].crash: no member is called \"m7\": did you mean \"m007\"?",
  ]);
});
