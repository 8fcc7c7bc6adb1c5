/** Recordings made one trace: what a damaged stretch costs, how clocks are compared, and what is moved with a clock. */

import { expect, test } from "vitest";
import { address, type Agenda, exchangeId, firstRank, type MemberId, NEVER, type State } from "../../../engine/index.ts";
import { enter } from "../../../engine/words/agenda.ts";
import { callersIn, estimates, mergeTraces, openTrace, Postmark, replay, retell, type Trace } from "../../../trace/index.ts";
import { shiftedState } from "../../../trace/merge/shift.ts";
import { ack, aMember, aRecord, at, ms, pushPull, received, send } from "../../builders.ts";
import { flown, toldOf } from "../flight/recordings.ts";
import { joined } from "../recording.ts";
import { quiet } from "../scenarios.ts";

function opened(bytes: Uint8Array): Trace {
  const result = openTrace(bytes);
  if (!result.ok) throw new Error(result.why);
  return result.trace;
}

/** What everybody holds after the last line. */
function endOf(trace: Trace): ReadonlyMap<MemberId, State> {
  const played = replay(trace, { line: (trace.lines ?? 0) - 1 });
  if (!played.ok) throw new Error(played.why);
  return played.states;
}

test("after a stretch that cannot be replayed, a member is born anew with what it held then", () => {
  const life = toldOf(["m01"], quiet(4, 120)).get("m01") ?? [];
  // A key-frame every fifty lines or so; in the midst of the second stretch it takes a step that the engine does not take.
  const lying = opened(flown(life, { limits: { lines: 50, linesPerMember: 0 }, otherwise: 70 }));
  const pieces: Uint8Array[] = [];
  const { lines, left } = mergeTraces([{ trace: lying, shift: 0 }], {}, (bytes) => void pieces.push(bytes));
  const merged = opened(joined(pieces));
  expect(left).toEqual([expect.stringMatching(/^line 70 \(m01, [\d.]+ s\) does not replay as it was recorded/)]);
  expect(retell(merged, {})).toEqual({ ok: true });
  expect(lines).toBeGreaterThan(life.length - 60);
  expect(endOf(merged)).toEqual(endOf(lying));
});

test.each([
  // there, back, said enough
  [3, 3, true],
  [3, 2, false],
  [2, 3, false],
] as const)("of two clocks, %i messages there and %i back say something: %s", (there, back, isEnough) => {
  const [a, b] = [new Postmark(at("a"), 0), new Postmark(at("b"), 0)];
  const passes = (from: Postmark, to: Postmark, name: string, seq: number): void => {
    from.step({ kind: "woke", now: ms(seq) }, [{ ...send(name, ack(seq)), to: to.address } as never]);
    to.step({ ...received(seq + 1, ack(seq)), from: from.address } as never, []);
  };
  for (let seq = 1; seq <= there; seq++) passes(a, b, "b", seq);
  for (let seq = 1; seq <= back; seq++) passes(b, a, "a", seq);
  expect(estimates([a, b])).toHaveLength(isEnough ? 1 : 0);
});

test("a member that was restarted counts its pings from one again: the clocks of both lives are told, or nothing rather than what can't be", () => {
  const [a, first, second] = ["a", "b", "b"].map((name) => new Postmark(at(name), 0)) as [Postmark, Postmark, Postmark];
  // The clock of b is 500 ms ahead; its second life begins 8 s after its first.
  const passes = (from: Postmark | null, to: Postmark | null, name: string, seq: number, now: number): void => {
    const [sentAt, receivedAt] = [now + (name === "a" ? 500 : 0), now + 1 + (name === "a" ? 0 : 500)];
    from?.step({ kind: "woke", now: ms(sentAt) }, [{ ...send(name, ack(seq)), to: at(name) } as never]);
    to?.step({ ...received(receivedAt, ack(seq)), from: at(name === "a" ? "b" : "a") } as never, []);
  };
  for (let seq = 1; seq <= 20; seq++) {
    const now = seq * 1_000;
    passes(a, seq <= 7 ? first : seq === 11 ? null : second, "b", seq, now);
    if (seq <= 7) passes(seq === 7 ? null : first, seq === 4 ? null : a, "a", seq, now + 100);
    if (seq > 8) passes(second, seq === 10 ? null : a, "a", seq - 8, now + 200);
  }
  expect(estimates([a, first, second])).toMatchObject([{ one: 0, other: 1, ahead: 500_000, within: 1_000 }, { one: 0, other: 2, ahead: 500_000, within: 1_000 }]);
  // Without the first life's recording, the ack that was lost in the second is taken for the one of the same number in the first: it would have come before it went.
  expect(estimates([a, second])).toEqual([]);
});

test("of calls that say the same to the same member, the nearest in time is the one that came through, by clocks put right; of what nobody said, nobody is the caller", () => {
  const view = pushPull(false, aRecord("a"), aRecord("b"), aRecord("c"));
  const marks = ["a", "b", "c"].map((name) => new Postmark(at(name), 0));
  const [a, b, c] = marks as [Postmark, Postmark, Postmark];
  const calls = (who: Postmark, moment: number, message = view): void => who.step({ kind: "woke", now: ms(moment) }, [{ kind: "exchange", with: at("a"), message }]);
  const isCalled = (moment: number, exchange: number, message = view): void =>
    a.step({ kind: "exchange-opened", now: ms(moment), from: address("10.0.0.9:50000"), exchange: exchangeId(exchange), message }, []);
  // The clock of c is 30 s ahead.
  calls(b, 1_000);
  calls(c, 31_100);
  calls(b, 60_000);
  calls(b, 61_000, pushPull(true, aRecord("b")));
  isCalled(1_003, 1);
  isCalled(1_103, 2);
  isCalled(1_104, 3);
  isCalled(59_998, 4);
  isCalled(61_001, 5, pushPull(true, aRecord("c")));
  isCalled(80_000, 6, pushPull(true, aRecord("b")));
  expect(callersIn(marks, [0, 0, 30_000_000]).map((callers) => [...callers])).toEqual([[[1, at("b")], [2, at("c")], [4, at("b")]], [], []]);
  expect([...callersIn(marks, [0, 0, null])[0] ?? []]).toEqual([[1, at("b")], [4, at("b")]]);
});

test("whatever waits in a member's agendas is moved with its clock", () => {
  const due = <T>(item: T): Agenda<T> => enter(null, "b", ms(5_000), item);
  const state = aMember("a", { knows: ["b"] });
  const waiting = {
    ...state, suspicions: due({ since: ms(0), cause: { kind: "gossip", via: address("10.0.0.1:1") } }) as never, errands: due({ sentAt: ms(0), until: ms(1) }) as never,
    tombstones: due("b" as never), flaps: due({ about: "b" as never, returns: 1 }),
  };
  const { suspicions, errands, tombstones, flaps } = shiftedState(waiting, 1_000_000);
  expect([suspicions, errands, tombstones, flaps].map((agenda) => firstRank<unknown, number>(agenda, NEVER))).toEqual([ms(6_000), ms(6_000), ms(6_000), ms(6_000)]);
});
