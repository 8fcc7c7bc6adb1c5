/** Every mistake in the sections of a scenario but the timeline, and the very words that its writer reads. The first line of each text is line 1. */

import { expect, test } from "vitest";
import { base, errorsIn } from "./builders.ts";

test("a key that nobody knows", () => {
  const text = base + [
    "network:",
    "  latancy: 1ms",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:3: unknown key \"latancy\" in network: did you mean \"latency\"?",
  ]);
});

test("settings by the names that memberlist and Consul have for them", () => {
  const text = base + "config: { ProbeInterval: 1s, gossip_nodes: 4 }\n";
  expect(errorsIn(text)).toEqual([
    "3:11: unknown key \"ProbeInterval\" in config: memberlist's ProbeInterval is periodEvery here",
    "3:30: unknown key \"gossip_nodes\" in config: memberlist's GossipNodes is gossipTo here",
  ]);
});

test("shares beyond everything", () => {
  const text = base + "network: { loss: 120%, duplicate: 3 }\n";
  expect(errorsIn(text)).toEqual([
    "3:18: network.loss: 120% is impossible: write a share from 0% to 100%",
    "3:35: network.duplicate: 3 is impossible: write a share from 0% to 100%, such as 3%",
  ]);
});

test("a share that could mean two things", () => {
  const text = base + "network: { loss: 1 }\n";
  expect(errorsIn(text)).toEqual([
    "3:18: network.loss: 1 is ambiguous: write 1% or 100%",
  ]);
});

test("lengths below nothing, and nothing where something is needed", () => {
  const text = base + "network: { latency: -1ms, streamDeadline: 0 }\n";
  expect(errorsIn(text)).toEqual([
    "3:21: network.latency: -1ms is impossible: a length is never negative",
    "3:43: network.streamDeadline: 0 is impossible: this length must be more than 0",
  ]);
});

test("lengths without a unit", () => {
  const text = base + "network: { latency: 200, streamDeadline: 10 }\n";
  expect(errorsIn(text)).toEqual([
    "3:21: network.latency: a length needs a unit: write 200ms or 200s",
    "3:42: network.streamDeadline: a length needs a unit: write 10ms or 10s",
  ]);
});

test("an unknown kind of latency", () => {
  const text = base + "network: { latency: { unifrom: [1ms, 2ms] } }\n";
  expect(errorsIn(text)).toEqual([
    "3:23: unknown key \"unifrom\" in network.latency: did you mean \"uniform\"?",
  ]);
});

test("two kinds of latency at once, and bounds in the wrong order", () => {
  const text = base + "network: { latency: { uniform: [2ms, 1ms], normal: { mean: 1ms, deviation: 2ms } } }\n";
  expect(errorsIn(text)).toEqual([
    "3:21: network.latency: normal and uniform can't be combined: write one of them",
    "3:32: network.latency.uniform: 2ms is more than 1ms: write the smaller one first",
  ]);
});

test("a list where a latency is wanted", () => {
  const text = base + "network: { latency: [1ms, 2ms] }\n";
  expect(errorsIn(text)).toEqual([
    "3:21: network.latency: a list is not a length: write one such as 200ms, 1.5s or 1m30s",
  ]);
});

test("a uniform latency with one bound", () => {
  const text = base + "network: { latency: { uniform: [1ms] } }\n";
  expect(errorsIn(text)).toEqual([
    "3:32: network.latency.uniform: write the smallest and the largest: [0.5ms, 1.5ms]",
  ]);
});

test("a pareto without its alpha", () => {
  const text = base + "network: { latency: { pareto: { min: 1ms } } }\n";
  expect(errorsIn(text)).toEqual([
    "3:31: missing key \"alpha\" in network.latency.pareto",
  ]);
});

test("points that are no distribution", () => {
  const text = base + "network: { latency: { empirical: [[10%, 1ms], [5%, 2ms], [90%, 1ms]] } }\n";
  expect(errorsIn(text)).toEqual([
    "3:35: network.latency.empirical[0]: the first point must be at 0%: the latency of the fastest packet",
    "3:47: network.latency.empirical[1]: shares must rise from point to point",
    "3:58: network.latency.empirical[2]: the last point must be at 100%: the latency of the slowest packet",
    "3:58: network.latency.empirical[2]: latencies can't fall from point to point",
  ]);
});

test("no kind of latency", () => {
  const text = base + "network: { latency: {} }\n";
  expect(errorsIn(text)).toEqual([
    "3:21: network.latency: no latency is given: write one such as 1ms",
  ]);
});

test("nothing at all: no time, no members, no runs", () => {
  const text = [
    "duration: 0",
    "members: 0",
    "runs: 0",
    "start: hot",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "1:11: duration: 0 is impossible: this length must be more than 0",
    "2:10: members: 0 is impossible: write a whole number from 1 to 1,000,000",
    "3:7: runs: 0 is impossible: write a whole number from 1 to 1,000,000",
    "4:8: start: \"hot\" is not known here: choose one of warm, cold",
  ]);
});

test("words for numbers, and a preset that nobody knows", () => {
  const text = [
    "duration: 0s",
    "members: many",
    "runs: 1.5",
    "preset: swimlap",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "1:11: duration: 0 is impossible: this length must be more than 0",
    "2:10: members: \"many\" is not a group: write a whole number, or a list of groups such as { count: 20, name: eu }",
    "3:7: runs: 1.5 is impossible: write a whole number from 1 to 1,000,000",
    "4:9: preset: \"swimlap\" is not known here: did you mean \"swimlab\"?",
  ]);
});

test("tags, seeds and filters that fit nobody", () => {
  const text = [
    "duration: 1m",
    "members:",
    "  - { count: 2, name: eu, tags: { zone: eu } }",
    "seeds: ue1",
    "network:",
    "  links:",
    "    - { from: { tag: zone=ue }, to: eu3, loss: 1% }",
    "timeline:",
    "  - { at: 1s, crash: { tag: zone=eu, count: 3 } }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:8: seeds: no member is called \"ue1\": did you mean \"eu1\"?",
    "7:22: network.links[0].from.tag: no member has the tag zone=ue: did you mean \"zone=eu\"?",
    "7:37: network.links[0].to: no member is called \"eu3\": did you mean \"eu1\"?",
    "9:22: timeline[0].crash: this asks for 3 members, but there are 2 with zone=eu",
  ]);
});

test("numbers that the protocol can't have", () => {
  const text = base + "config: { periodEvery: 1s, askRelaysAfter: 1s, datagramBudget: 1000, claimsLimit: 256, relays: -1, tellMult: 0, suspicionMult: 0.5, suspicion: maybe }\n";
  expect(errorsIn(text)).toEqual([
    "3:83: config.claimsLimit: 256 is impossible: write a whole number from 1 to 254",
    "3:96: config.relays: -1 is impossible: write a whole number from 0 to 255",
    "3:110: config.tellMult: 0 is impossible: write a whole number from 1 to 1,000",
    "3:128: config.suspicionMult: 0.5 is impossible: write a number from 1 to 1,000,000",
    "3:144: config.suspicion: \"maybe\" is not known here: choose one of on, off",
  ]);
});

test("numbers that can't work together", () => {
  const text = base + "config: { periodEvery: 400ms, metaLimit: 900 }\n";
  expect(errorsIn(text)).toEqual([
    "3:24: config.periodEvery: askRelaysAfter (500ms) must be less than periodEvery (400ms): relays need the rest of the period",
    "3:42: config.metaLimit: datagramBudget (1400) must be at least metaLimit (900) + broadcastShare (200) + 600 = 1700: a ping and one claim must fit",
  ]);
});

test.for([
  ["config: { nackAfter: 600ms }", "3:22: config.nackAfter: nackAfter (600ms) must not be more than relayFor (500ms): after that, a relay has forgotten whom to answer"],
  ["config: { relayFor: 300ms }", "3:21: config.relayFor: nackAfter (400ms) must not be more than relayFor (300ms): after that, a relay has forgotten whom to answer"],
  ["preset: serf\nconfig: { renewal: on }", "4:20: config.renewal: renewal needs lives that can be told apart: set incarnationsPerLife"],
  ["config: { renewal: on, incarnationsPerLife: 0 }", "3:20: config.renewal: renewal needs lives that can be told apart: set incarnationsPerLife"],
  ["preset: serf\nconfig: { datagramBudget: 1111 }", "4:27: config.datagramBudget: datagramBudget (1111) must be at least metaLimit (512) + 600 = 1112: a ping and one claim must fit"],
  ["config: { healthMax: 255 }", "3:22: config.healthMax: 255 is impossible: write a whole number from 0 to 254"],
  ["config: { gossipTo: 0 }", "3:21: config.gossipTo: 0 is impossible: write a whole number from 1 to 1,000"],
  ["config: { flapFor: 0 }", "3:20: config.flapFor: 0 is impossible: this length must be more than 0"],
  ["config: { precedence: by-incarnation }", "3:23: config.precedence: \"by-incarnation\" is not known here: choose one of total, memberlist, final"],
  ["config: { death: final }", "3:11: unknown key \"death\" in config: choose one of "],
])("%s", ([text, error]) => {
  const [found = "", ...others] = errorsIn(`${base}${text}\n`);
  expect([found.slice(0, error?.length), others]).toEqual([error, []]);
});

test("groups that are not clear", () => {
  const text = [
    "duration: 1m",
    "members:",
    "  - { count: 2, tags: zone }",
    "  - { name: 7up }",
    "  - { name: all }",
    "  - { tags: { zone: eu } }",
    "  - { name: x, seed: yes, present: maybe }",
    "  - 5",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "3:23: members[0].tags: \"zone\" is not a mapping of tags: write { zone: eu }",
    "4:13: members[1].name: \"7up\" is not a name: write a letter, then letters, digits, dots, dashes or underscores, 120 at most",
    "5:13: members[2].name: \"all\" has another meaning in a selector: choose another name",
    "7:36: members[4].present: \"maybe\" is neither yes nor no",
    "8:5: members[5]: 5 is not a mapping: write one with count, name, tags, meta, present, clock, seed",
  ]);
});

test("groups that get in each other's way", () => {
  const text = [
    "duration: 1m",
    "members:",
    "  - { count: 2 }",
    "  - { count: 2 }",
    "  - { tags: { zone: eu } }",
    "  - { name: x, seed: yes, present: no }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "4:5: members[1]: another member is called \"m1\": give the groups different names",
    "5:5: members[2]: this group has no members: give it a count, a name, or both",
    "6:22: members[3].seed: a seed must be present from the origin: newcomers join through it",
  ]);
});

test("a group that nobody begins", () => {
  const text = [
    "duration: 1m",
    "members: [{ count: 2, present: no }]",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "2:10: members: nobody is present: at least one member must run from the origin",
  ]);
});

test("a meta that is too long", () => {
  const text = `duration: 1m\nmembers: [{ count: 2, meta: ${"ä".repeat(300)} }]\n`;
  expect(errorsIn(text)).toEqual([
    "2:29: members[0].meta: a meta of 600 bytes is too long: config.metaLimit allows 512",
  ]);
});

test("more members than anybody can simulate", () => {
  const text = [
    "duration: 1m",
    "members: [{ count: 900000, name: a }, { count: 900000, name: b }]",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "2:10: members: these are 1,800,000 members, and 1,000,000 are the most",
  ]);
});

test("a seed that is not there yet", () => {
  expect(errorsIn("duration: 1m\nmembers: [{ name: a }, { name: b, present: no }]\nseeds: b\n")).toEqual([
    "3:8: seeds: b can't be a seed: newcomers join through seeds, and it is not present from the origin",
  ]);
});

test("a seed that nobody could see or copy", () => {
  for (const written of ['" "', '"a\\nb"', `"${"x".repeat(101)}"`]) {
    expect(errorsIn(`duration: 1m\nmembers: 2\nseed: ${written}\n`)).toEqual([
      "3:7: seed: this is not a seed: write a word or a number of at most 100 characters on one line",
    ]);
  }
});
