/** The text form. Goldens: regenerate with `-u`, read the difference, commit only what you can explain. */

import { describe, expect, test } from "vitest";
import {
  address, byteCount, bytes, emptyView, exchangeId, incarnation, instant, memberId, micros, presets, put, seqNo, start, viewOf,
  type Cause, type Change, type Claim, type Effect, type Event, type Grounds, type Member,
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
      "# 3 s: crash m05", "# 8 s: join", "# 11 s: send m02, m03, m04", "# 12 s: update m02", "# 18 s: partition m00, m01, m02, m03, m04, m05 and 2 more",
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
const [m01, m02, m07] = [memberId("m01"), memberId("m02"), memberId("m07")];
const none = { gossip: [], userMessages: [] };
const alone = { kind: "ping", seq: seqNo(12), target: m07, source: m01, sourceAddress: a, ...none } as const;
const ping = { ...alone, gossip: [suspect] } as const;
const view = viewOf([member("m01"), member("m02"), member("m03")]);
const pushPull = { kind: "push-pull", join: false, view, userState: bytes("") } as const;
const names = (where: string): string => (where === a ? "m01" : where === b ? "m02" : where);

describe("every event has its words", () => {
  test.for<readonly [Event, string]>([
    [{ kind: "received", now, from: a, message: ping }, "ping#12 from m01 [suspect m07@1]"],
    [{ kind: "received", now, from: a, message: { kind: "ack", seq: seqNo(3), payload: bytes(""), gossip: [{ kind: "alive", member: member("m09") }, suspect], userMessages: [bytes("a"), bytes("abc")] } },
      "ack#3 from m01 [alive m09@3, suspect m07@1, 1 byte, 3 bytes]"],
    [{ kind: "received", now, from: a, message: { kind: "ack", seq: seqNo(3), payload: bytes("ab"), ...none } }, "ack#3 from m01 (2 bytes)"],
    [{ kind: "received", now, from: b, message: { kind: "nack", seq: seqNo(3), ...none } }, "nack#3 from m02"],
    [{ kind: "received", now, from: a, message: { ...alone, kind: "ping-req", targetAddress: b, wantsNack: true } }, "ping-req#12 for m07 from m01"],
    [{ kind: "received", now, from: address("[::1]:1"), message: { kind: "gossip", gossip: Array.from({ length: 9 }, () => suspect), userMessages: [] } },
      `gossip from [::1]:1 [${"suspect m07@1, ".repeat(6).slice(0, -2)} and 3 more]`],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { ...pushPull, join: true, view: put(emptyView, member("m01")) } },
      "joining push-pull from m01 (1 member)"],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { ...pushPull, userState: bytes("clock") } }, "push-pull from m01 (3 members, 5 bytes)"],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { kind: "compare", depth: 1, digests: [{ high: 1, low: 2 }, { high: 3, low: 4 }] } },
      "compare from m01 (2 digests)"],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { kind: "patch", depth: 1, parts: [4], view } }, "patch from m01 (1 part, 3 members)"],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: alone }, "stream ping#12 from m01"],
    [{ kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { kind: "user", payload: bytes("abc") } }, "word from m01 (3 bytes)"],
    [{ kind: "exchange-answered", now, from: a, message: pushPull }, "push-pull back from m01 (3 members)"],
    [{ kind: "exchange-answered", now, from: a, message: { kind: "patch", depth: 1, parts: [], view: emptyView } }, "patch back from m01 (0 parts, 0 members)"],
    [{ kind: "exchange-answered", now, from: a, message: { kind: "ack", seq: seqNo(5), payload: bytes(""), ...none } }, "stream ack#5 back from m01"],
    [{ kind: "woke", now }, "woke"],
    [{ kind: "woke-mute", now }, "woke, mute"],
    [{ kind: "undeliverable", now, to: b }, "nothing can be sent to m02"],
    [{ kind: "asked-to-join", now, seeds: [a, b] }, "asked to join through m01, m02"],
    [{ kind: "asked-to-leave", now }, "asked to leave"],
    [{ kind: "asked-to-update", now, meta: bytes("abc") }, "asked to say something new of itself (3 bytes)"],
    [{ kind: "asked-to-send", now, to: b, payload: bytes("abc"), over: "datagram" }, "asked to send m02 3 bytes in a datagram"],
    [{ kind: "asked-to-send", now, to: b, payload: bytes("abc"), over: "stream" }, "asked to send m02 3 bytes over a stream"],
    [{ kind: "asked-to-broadcast", now, payload: bytes("abc"), key: "", priority: "normal" }, "asked to broadcast 3 bytes (normal)"],
    [{ kind: "asked-to-broadcast", now, payload: bytes("a"), key: "leader", priority: "urgent" }, "asked to broadcast 1 byte for leader (urgent)"],
    [{ kind: "asked-to-ping", now, to: b, target: m02 }, "asked to ping m02 at m02"],
    [{ kind: "asked-to-attach", now, toAcks: bytes("abc"), toViews: bytes("") }, "asked to add 3 bytes to acks, 0 bytes to views"],
  ])("%#: $1", ([event, text]) => {
    expect(lineText({ kind: "stepped", at: now, who: m07, event, check: 0 }, [], names)).toBe(`   1.012345  m07  ${text}`);
  });
});

test("a name moves no cursor and begins no line, and a long one pushes its own line aside alone", () => {
  const recorder = new StoryRecorder();
  for (const id of ["a", "\u001b[31mred\n# 3 s: crash a", "n".repeat(90)]) {
    recorder.stepped(now, memberId(id), { kind: "woke", now }, [{ kind: "announce", change: { kind: "joined", member: member(id) } }]);
  }
  recorder.disrupted(now, "crash", [memberId("\u2028b\u0007")]);
  expect(recorder.text().split("\n")).toEqual([
    `   1.012345  ${"a".padEnd(44)}  woke   → announces a joined`,
    `   1.012345  ${"·[31mred·# 3 s: crash a".padEnd(44)}  woke   → announces ·[31mred·# 3 s: crash a joined`,
    `   1.012345  ${"n".repeat(90)}  woke   → announces ${"n".repeat(90)} joined`,
    "", "# 1.012345 s: crash ·b·", "",
  ]);
});

const effectsText = (effects: readonly Effect[]): string => lineText({ kind: "stepped", at: now, who: m07, event: { kind: "woke", now }, check: 0 }, effects, names);
const size = byteCount(30);

describe("every effect has its words", () => {
  test.for<readonly [readonly Effect[], string]>([
    [[{ kind: "send", to: a, message: { kind: "ack", seq: seqNo(12), payload: bytes(""), ...none }, size }, { kind: "announce", change: { kind: "joined", member: member("m07") } }],
      "ack#12 to m01, announces m07 joined"],
    [[a, b].map((to) => ({ kind: "send", to, message: { ...ping, kind: "ping-req", targetAddress: b, wantsNack: false }, size })),
      "ping-req#12 for m07 to m01, m02 [suspect m07@1]"],
    [[a, b].map((where) => ({ kind: "exchange", with: where, message: { ...pushPull, join: true } })),
      "joining push-pull to m01, m02 (3 members)"],
    [[{ kind: "exchange", with: a, message: { kind: "user", payload: bytes("abc") } }], "word to m01 (3 bytes)"],
    [[{ kind: "answer", exchange: exchangeId(1), message: pushPull }], "push-pull back (3 members)"],
    [[{ kind: "answer", exchange: exchangeId(1), message: { kind: "ack", seq: seqNo(5), payload: bytes("abc"), ...none } }], "stream ack#5 back (3 bytes)"],
  ])("%#: $1", ([effects, text]) => expect(effectsText(effects)).toBe(`   1.012345  m07  woke   → ${text}`));
});

describe("every announcement has its words", () => {
  const held = member("m07");
  const probe: Cause = { kind: "probe", seq: seqNo(4), at: now, relays: [m01, m02], nacks: 1 };
  const grounds: Grounds = { by: m01, since: now, cause: probe, confirmedBy: [] };
  test.for<readonly [Change, string]>([
    ...(["joined", "updated", "cleared", "left", "forgotten", "damped", "departed"] as const).map((kind) => [{ kind, member: held }, `m07 ${kind}`] as const),
    [{ kind: "suspected", member: held, by: m01, cause: { kind: "gossip", via: b } }, "m07 suspected by m01: told by m02"],
    [{ kind: "suspected", member: held, by: m01, cause: { kind: "view", via: b } }, "m07 suspected by m01: in the view of m02"],
    [{ kind: "suspected", member: held, by: m07, cause: probe }, "m07 suspected by m07: ping#4 in vain, and through m01, m02 (1 nack)"],
    [{ kind: "suspected", member: held, by: m07, cause: { ...probe, relays: [], nacks: 0 } }, "m07 suspected by m07: ping#4 in vain"],
    [{ kind: "confirmed", member: held, by: m02 }, "m07 suspected by m02 as well"],
    [{ kind: "failed", member: held, by: m01, cause: probe, grounds: null }, "m07 failed, says m01: ping#4 in vain, and through m01, m02 (1 nack)"],
    [{ kind: "failed", member: held, by: m01, cause: { kind: "gossip", via: b }, grounds: null }, "m07 failed, says m01: told by m02"],
    [{ kind: "failed", member: held, by: m01, cause: { kind: "view", via: b }, grounds: null }, "m07 failed, says m01: in the view of m02"],
    [{ kind: "failed", member: held, by: m01, cause: { kind: "unrefuted" }, grounds: { ...grounds, confirmedBy: [m02, memberId("m03")] } },
      "m07 failed, says m01: not refuted in time; suspected by m01 since 1.012345 s: ping#4 in vain, and through m01, m02 (1 nack); confirmed by m02, m03"],
    [{ kind: "failed", member: held, by: m02, cause: { kind: "gossip", via: a }, grounds: { ...grounds, cause: { kind: "view", via: b } } },
      "m07 failed, says m02: told by m01; suspected by m01 since 1.012345 s: in the view of m02"],
    [{ kind: "refuted", member: held, accused: incarnation(2), by: m01 }, "m07@3, refuting m01"],
    [{ kind: "conflict", member: held, other: { ...held, address: b } }, "m07 claimed from 10.0.0.2:7946 as well"],
    [{ kind: "datagrams-lost", member: held }, "m07 answers over streams only"],
    [{ kind: "answered", target: m07, roundTrip: micros(1_250), payload: bytes("") }, "m07 answered in 1.25 ms"],
    [{ kind: "answered", target: m07, roundTrip: micros(7), payload: bytes("abc") }, "m07 answered in 0.007 ms (3 bytes)"],
    [{ kind: "unanswered", target: m07 }, "m07 did not answer"],
    [{ kind: "message", payload: bytes("abc"), from: a }, "3 bytes from m01"],
    [{ kind: "untold", payload: bytes("abc") }, "3 bytes given up: too many wait to be told"],
    [{ kind: "state", userState: bytes("abc"), from: a, join: false }, "3 bytes from m01, with its view"],
    [{ kind: "state", userState: bytes("abc"), from: a, join: true }, "3 bytes from m01, with its view on joining"],
  ])("%#: $1", ([change, text]) => expect(effectsText([{ kind: "announce", change }])).toBe(`   1.012345  m07  woke   → announces ${text}`));
});

test("births and disruptions have theirs", () => {
  const alone = start({ config: presets.swimlab, id: m07, address: a, now, seed: 1, incarnation: 1 });
  expect(lineText({ kind: "born", at: now, who: m07, state: alone }, [])).toBe("   1.012345  m07  born@1 at 10.0.0.1:7946, knows nobody");
  const known = start({ config: presets.swimlab, id: m07, address: a, now, seed: 1, view });
  expect(lineText({ kind: "born", at: now, who: m07, state: known }, [])).toContain("knows 3 others");
  expect(lineText({ kind: "disrupted", at: now, action: "crash", members: [m07, m01] }, [])).toBe("# 1.012345 s: crash m07, m01");
  expect(lineText({ kind: "disrupted", at: instant(10_000_000), action: "heal", members: [] }, [])).toBe("# 10 s: heal");
});
