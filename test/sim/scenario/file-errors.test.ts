/** Files that are no scenario, and the very words that their writer reads. */

import { expect, test } from "vitest";
import { base, errorsIn, scenarioOf } from "./builders.ts";

test("keys at the top that nobody knows", () => {
  const text = base + [
    "memebrs: 3",
    "foo: 1",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "3:1: unknown key \"memebrs\": did you mean \"members\"?",
    "4:1: unknown key \"foo\": choose one of extends, name, about, seed, runs, until, duration, start, preset, config, members, seeds, network, timeline, expect",
  ]);
});

test("what every scenario must say", () => {
  const text = "name: x\n";
  expect(errorsIn(text)).toEqual([
    "1:1: missing key \"duration\"",
    "1:1: missing key \"members\"",
  ]);
});

test("a list that is never closed", () => {
  const text = [
    "duration: [1m",
    "members: 3",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "2:1: not YAML: a list that began with [ is not closed before here: write ]",
  ]);
});

test("tabs", () => {
  const text = [
    "duration: 1m",
    "members:",
    "\t- { count: 3 }",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "3:1: a tab indents this line: YAML is indented with spaces",
  ]);
});

test("a key that stands twice", () => {
  const text = [
    "duration: 1m",
    "members: 3",
    "duration: 2m",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "3:1: \"duration\" is here for the second time: a mapping has each key once",
  ]);
});

test("an empty file", () => {
  const text = "";
  expect(errorsIn(text)).toEqual([
    "1:1: the file is empty: a scenario needs at least members and duration",
  ]);
});

test("a file of comments", () => {
  const text = "# nothing\n";
  expect(errorsIn(text)).toEqual([
    "1:1: the file is empty: a scenario needs at least members and duration",
  ]);
});

test("a list at the top", () => {
  const text = "- 1\n";
  expect(errorsIn(text)).toEqual([
    "1:1: a scenario is a mapping of keys such as members and duration, not a list",
  ]);
});

test("a word at the top", () => {
  const text = "hello\n";
  expect(errorsIn(text)).toEqual([
    "1:1: a scenario is a mapping of keys such as members and duration, not \"hello\"",
  ]);
});

test("the wrong kind of thing", () => {
  const text = base + [
    "network: [1]",
    "timeline: { at: 1s }",
    "expect: x",
  ].join("\n");
  expect(errorsIn(text)).toEqual([
    "3:10: network: a list is not a mapping: write one with latency, loss, duplicate, bursts, pipe, corrupt, reorder, replay, lossOf, links, zones, streamDeadline, retransmitAfter, catchUp, catchUpAlarms, receiveBuffer",
    "4:11: timeline: a mapping is not a list",
    "5:9: expect: \"x\" is not a list",
  ]);
});

test("an enormous file", () => {
  expect(errorsIn(`# ${"x".repeat(1_500_000)}\n${base}`)).toEqual(["1:1: the file is too large: 1.5 MiB, and 1 MiB is the most"]);
});

test("aliases that stand for more than a computer holds", () => {
  const doublings = Array.from({ length: 40 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
  expect(errorsIn(`a0: &a0 [1]\n${doublings.join("\n")}\n`)).toEqual([
    expect.stringMatching(/^\d+:\d+: not readable: the aliases here expand to too much, or to themselves$/),
  ]);
});

test("an alias that stands for itself", () => {
  expect(errorsIn("members: &m [*m]\n")).toEqual([expect.stringMatching(/^1:\d+: not readable: the aliases here expand to too much, or to themselves$/)]);
});

test("brackets that nobody can count", () => {
  expect(errorsIn(`members: ${"[".repeat(500_000)}`)).toEqual(["1:110: not readable: brackets are nested more than 100 deep here"]);
});

test("lists in lists in lists", () => {
  expect(errorsIn(`members:\n${Array.from({ length: 150 }, (_, depth) => `${" ".repeat(depth)}- \n`).join("")}`)).toEqual([
    expect.stringMatching(/^\d+:\d+: not readable: nested too deeply here$/),
  ]);
});

test("an alias that stands for something else is read like what it stands for", () => {
  const text = "duration: 1m\nmembers: 64\nnetwork:\n  latency: &l 5ms\n  links: [{ from: m01, to: m02, latency: *l }]\n";
  expect(scenarioOf(text).network.links[0]?.link.latency).toEqual({ kind: "constant", of: 5_000 });
});

test("the mistakes of all sections at once, in the order of the text, and ten at most", () => {
  const text = `${base}runs: 0\nnetwork: { loss: 2 }\ntimeline: [{ at: 1s, crash: m99 }, { at: 2m, crash: 1 }]\nexpect: [what]\n`;
  expect(errorsIn(text).map((error) => error.split(":")[0])).toEqual(["3", "4", "5", "5", "6"]);
  expect(errorsIn(base + Array.from({ length: 30 }, (_, index) => `x${index}: 1\n`).join(""))).toHaveLength(10);
});

test("a mistake in one section is not blamed on another", () => {
  // With members misspelt, whether m01 exists can't be known; with the preset misspelt, whether 600 ms are too long.
  expect(errorsIn("duration: 1m\nmembrs: 64\ntimeline: [{ at: 1s, crash: m01 }]\n")).toEqual([
    "1:1: missing key \"members\"",
    "2:1: unknown key \"membrs\": did you mean \"members\"?",
  ]);
  expect(errorsIn(`${base}preset: swim\nconfig: { askRelaysAfter: 1.5s }\n`)).toEqual([
    "3:9: preset: \"swim\" is not known here: choose one of swimlab, serf, memberlist-lan, memberlist-wan, memberlist-local, lifeguard, lha-probe, lha-suspicion, buddy, lifeguard-base, swim-inf-susp, swim-inf, swim-basic",
  ]);
});

test("a key like __proto__ is a key like any other", () => {
  expect(errorsIn(`${base}__proto__: { runs: 5 }\n`)[0]).toMatch(/^3:1: unknown key "__proto__": choose one of extends/);
});

test("bytes that mean nothing are answered, not thrown at", () => {
  for (const text of ["\u0000", "%", "a: !foo 3", "? [a]\n: 3", "---\na: 1\n---\nb: 2", "- ".repeat(5_000), "a: *nobody", "&", "\ufeff", "{", "'"]) {
    expect(errorsIn(text), JSON.stringify(text.slice(0, 20))).not.toEqual([]);
  }
});
