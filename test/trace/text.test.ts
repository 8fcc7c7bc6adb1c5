/** The text form. Goldens: regenerate with `-u`, read the difference, commit only what you can explain. */

import { describe, expect, test } from "vitest";
import {
  address, bytes, exchangeId, incarnation, instant, type Claim, type Effect, type Event, type Member, memberId, presets, put, seqNo, start, viewOf, emptyView,
} from "../../engine/index.ts";
import { playRun, type Scenario } from "../../sim/index.ts";
import { lineText, openTrace, StoryRecorder, type StoryOptions, storyText } from "../../trace/index.ts";
import { recorded } from "./recording.ts";
import { crashing, eventful, quiet } from "./scenarios.ts";

const story = (scenario: Scenario, options?: StoryOptions): string => {
  const recorder = new StoryRecorder(options);
  playRun(scenario, 0, recorder);
  return recorder.text();
};

describe("stories", () => {
  test("two members ping each other", async () => {
    await expect(story(quiet(2, 2))).toMatchFileSnapshot("../golden/text-ping-ack.txt");
  });

  test("a member crashes, and its group finds out", async () => {
    await expect(story(crashing(4, 12), { kinds: ["born", "disrupted", "announce"] })).toMatchFileSnapshot("../golden/text-crash.txt");
  });

  test("a trace tells the story that was told live", () => {
    const scenario = eventful(8, 20);
    const result = openTrace(recorded(scenario, { lines: 100, linesPerMember: 0 }));
    expect(result.ok && storyText(result.trace)).toBe(story(scenario));
    expect(result.ok && storyText(result.trace, { members: [memberId("m03")] })).toBe(story(scenario, { members: [memberId("m03")] }));
  });
});

describe("a part of a story", () => {
  const scenario = eventful(8, 20);
  const lines = (options: StoryOptions): readonly string[] => story(scenario, options).split("\n").filter((line) => line !== "");

  test("of some members: what happened to them", () => {
    const told = lines({ members: [memberId("m02"), memberId("m05")] });
    expect(told.filter((line) => !line.startsWith("#")).every((line) => /^ *[\d.]+ {2}m0[25] /.test(line))).toBe(true);
    expect(told.filter((line) => line.startsWith("#"))).toEqual([
      "# 3 s: crash m05", "# 8 s: join", "# 12 s: update m02", "# 18 s: partition m00, m01, m02, m03, m04, m05 and 2 more",
    ]);
  });

  test("of some kinds: what is or asks for one of them", () => {
    expect(lines({ kinds: ["ping-req"] }).every((line) => line.includes("ping-req#"))).toBe(true);
    expect(lines({ kinds: ["ping-req"] }).length).toBeGreaterThan(10);
    expect(lines({ kinds: ["born"] })).toHaveLength(8);
    expect(lines({ kinds: ["push-pull"] }).every((line) => line.includes("push-pull"))).toBe(true);
    expect(lines({ kinds: ["disrupted"] }).every((line) => line.startsWith("# "))).toBe(true);
  });

  test("of some time", () => {
    const told = lines({ from: instant(2_000_000), to: instant(3_000_000) });
    expect(told.at(-1)).toBe("# 3 s: crash m05");
    expect(told.slice(0, -1).every((line) => /^ {3}2\./.test(line))).toBe(true);
  });
});

const member = (id: string, status: Member["status"] = "alive"): Member =>
  ({ id: memberId(id), address: address("10.0.0.7:7946"), meta: bytes(""), versions: [1, 5, 2, 0, 0, 0], incarnation: incarnation(3), status });
const suspect: Claim = { kind: "suspect", about: memberId("m07"), incarnation: incarnation(1), from: memberId("m01") };
const [a, b, now] = [address("10.0.0.1:7946"), address("10.0.0.2:7946"), instant(1_012_345)];
const [m01, m07] = [memberId("m01"), memberId("m07")];
const ping = { kind: "ping", seq: seqNo(12), target: m07, source: m01, sourceAddress: a, gossip: [suspect] } as const;
const view = viewOf([member("m01"), member("m02"), member("m03")]);
const names = (where: string): string => (where === a ? "m01" : where === b ? "m02" : where);

describe("every event has its words", () => {
  test.for<readonly [Event, string]>([
    [{ kind: "received", now, from: a, message: ping }, "ping#12 from m01 [suspect m07@1]"],
    [{ kind: "received", now, from: a, message: { kind: "ack", seq: seqNo(3), gossip: [{ kind: "alive", member: member("m09") }, suspect] } },
      "ack#3 from m01 [alive m09@3, suspect m07@1]"],
    [{ kind: "received", now, from: b, message: { kind: "nack", seq: seqNo(3), gossip: [] } }, "nack#3 from m02"],
    [{ kind: "received", now, from: a, message: { ...ping, kind: "ping-req", targetAddress: b, wantsNack: true, gossip: [] } }, "ping-req#12 for m07 from m01"],
    [{ kind: "received", now, from: address("[::1]:1"), message: { kind: "gossip", gossip: Array.from({ length: 9 }, () => suspect) } },
      `gossip from [::1]:1 [${"suspect m07@1, ".repeat(6).slice(0, -2)} and 3 more]`],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { kind: "push-pull", join: true, view: put(emptyView, member("m01")) } },
      "joining push-pull from m01 (1 member)"],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { kind: "push-pull", join: false, view } }, "push-pull from m01 (3 members)"],
    [{ kind: "exchange-answered", now, from: a, message: { kind: "push-pull", join: false, view } }, "push-pull back from m01 (3 members)"],
    [{ kind: "woke", now }, "woke"],
    [{ kind: "asked-to-join", now, seeds: [a, b] }, "asked to join through m01, m02"],
    [{ kind: "asked-to-leave", now }, "asked to leave"],
    [{ kind: "asked-to-update", now, meta: bytes("abc") }, "asked to say something new of itself (3 bytes)"],
  ])("%#: $1", ([event, text]) => {
    expect(lineText({ kind: "stepped", at: now, who: m07, event, check: 0 }, [], names)).toBe(`   1.012345  m07  ${text}`);
  });
});

describe("every effect has its words", () => {
  const held = member("m07");
  test.for<readonly [readonly Effect[], string]>([
    [[{ kind: "send", to: a, message: { kind: "ack", seq: seqNo(12), gossip: [] } }, { kind: "announce", change: { kind: "suspected", member: held, by: m01 } }],
      "ack#12 to m01, announces m07 suspected by m01"],
    [[a, b].map((to) => ({ kind: "send", to, message: { ...ping, kind: "ping-req", targetAddress: b, wantsNack: false } })),
      "ping-req#12 for m07 to m01, m02 [suspect m07@1]"],
    [[a, b].map((where) => ({ kind: "exchange", with: where, message: { kind: "push-pull", join: true, view } })),
      "joining push-pull to m01, m02 (3 members)"],
    [[{ kind: "answer", exchange: exchangeId(1), message: { kind: "push-pull", join: false, view } }], "push-pull back (3 members)"],
    [(["joined", "updated", "cleared", "left", "forgotten", "departed"] as const).map((kind) => ({ kind: "announce", change: { kind, member: held } })),
      "announces m07 joined, m07 updated, m07 cleared, m07 left, m07 forgotten, m07 departed"],
    [[{ kind: "announce", change: { kind: "failed", member: held, by: m01 } }], "announces m07 failed, says m01"],
    [[{ kind: "announce", change: { kind: "refuted", member: held, accused: incarnation(2), by: m01 } }], "announces m07@3, refuting m01"],
  ])("%#: $1", ([effects, text]) => {
    expect(lineText({ kind: "stepped", at: now, who: m07, event: { kind: "woke", now }, check: 0 }, effects, names)).toBe(`   1.012345  m07  woke   → ${text}`);
  });
});

test("births and disruptions have theirs", () => {
  const alone = start({ config: presets.swimlab, id: m07, address: a, now, seed: 1 });
  expect(lineText({ kind: "born", at: now, who: m07, state: alone }, [])).toBe("   1.012345  m07  born@1 at 10.0.0.1:7946, knows nobody");
  const known = start({ config: presets.swimlab, id: m07, address: a, now, seed: 1, view });
  expect(lineText({ kind: "born", at: now, who: m07, state: known }, [])).toContain("knows 3 others");
  expect(lineText({ kind: "disrupted", at: now, action: "crash", members: [m07, m01] }, [])).toBe("# 1.012345 s: crash m07, m01");
  expect(lineText({ kind: "disrupted", at: instant(10_000_000), action: "heal", members: [] }, [])).toBe("# 10 s: heal");
});
