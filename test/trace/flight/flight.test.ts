/** Flights: every kind of event comes back as it went, few bytes a line, and whatever the bytes are, nothing throws. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  address, crc32, type Effect, type Event, instant, memberId, membersOf, nextWake, NEVER, ORIGIN, presets, start, type State, step, viewOf,
} from "../../../engine/index.ts";
import { FLIGHT_VERSION, FlightWriter, openTrace, replay, retell, storyText, type Trace } from "../../../trace/index.ts";
import { checksum } from "../../../trace/checksum.ts";
import { CHUNK_HEAD, headOf } from "../../../trace/chunk.ts";
import { Ink } from "../../../trace/flight/ink.ts";
import { Source } from "../../../trace/flight/source.ts";
import { TextTable } from "../../../trace/flight/table.ts";
import { frame, framesIn, kinds, signature } from "../../../trace/frame.ts";
import { shiftedEvent, shiftedState } from "../../../trace/merge/shift.ts";
import { pack } from "../../../trace/pack.ts";
import { events, now } from "../every-event.ts";
import { joined } from "../recording.ts";
import { eventful, quiet } from "../scenarios.ts";
import { flown, toldOf } from "./recordings.ts";

const opened = (bytes: Uint8Array): Trace => {
  const result = openTrace(bytes);
  if (!result.ok) throw new Error(result.why);
  return result.trace;
};

const told = toldOf(["m01", "m02", "m03", "m05", "m07"], eventful(16, 45));

describe("comes back as it went", () => {
  test.for(events.map((event) => [`${event.kind}${"message" in event ? ` ${event.message.kind}` : ""}`, event] as const))("%s", ([, event]) => {
    const writer = new FlightWriter();
    const pieces = [writer.opening({})];
    const born = start({ config: presets.swimlab, id: memberId("m01"), address: "10.0.0.1:7946" as never, now: ORIGIN, seed: 1 });
    writer.born(ORIGIN, born.self.id, born);
    // Twice: the second time the texts are known. And once more after a flush.
    for (let time = 0; time < 2; time++) writer.stepped(now, born.self.id, event, [], born);
    pieces.push(writer.flush()?.bytes ?? new Uint8Array(0));
    writer.stepped(now, born.self.id, event, [], born);
    pieces.push(writer.flush()?.bytes ?? new Uint8Array(0));
    const read = opened(joined(pieces)).readChunk(0);
    expect(read.ok && read.chunk.lines.map((line) => (line.kind === "stepped" ? line.event : line.kind))).toStrictEqual(["born", event, event, event]);
  });

  test("any number, any text", () => {
    const ink = new Ink();
    const [numbers, texts] = [[0, 1, 127, 128, 2 ** 30, 2 ** 31, 2 ** 32 - 1, 2 ** 52, NEVER, -1, -2_000_000_000, 0.5, Number.NaN, Infinity], ["", "a", "\u0000\u00ff\u{1f41d}", "x".repeat(9_000), "a", ""]];
    for (const number of numbers) ink.number(number);
    for (const text of texts) ink.known(text);
    const source = new Source(ink.take().slice(), []);
    expect([numbers.map(() => source.number()), texts.map(() => source.known()), source.left, source.isWrong]).toEqual([numbers, texts, 0, false]);
  });

  test("a text by its number, however many there are and however alike", () => {
    fc.assert(fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 3_000 }), (texts) => {
      const table = new TextTable();
      const numbers = texts.map((text) => table.find(text));
      // Crowded places may forget that a text is known; they never take it for another.
      for (const [place, number] of numbers.entries()) if (number >= 0) expect(Array.from(new Set(texts.slice(0, place)))).toContain(texts[place]);
      for (const text of new Set(texts)) expect(table.find(text)).toBeGreaterThanOrEqual(0);
    }), { seed: 8, numRuns: 20 });
  });
});

test.for(Array.from(told.keys()))("the life of %s replays, whatever the portions in which it was written", (name) => {
  const life = told.get(name) ?? [];
  for (const [portion, lines] of [[1, 40], [200, 100], [1_000_000, 1_000_000]] as const) {
    const trace = opened(flown(life, { portion, limits: { lines, linesPerMember: 0 } }));
    expect([portion, trace.missing, retell(trace, {})]).toEqual([portion, null, { ok: true }]);
  }
});

/** What another engine might have wanted in place of what ours does. */
const otherEngines: Readonly<Record<string, (effect: Effect) => Effect>> = {
  "sends everything to another port": (effect) => (effect.kind === "send" ? { ...effect, to: address(effect.to.replace(/.$/, (digit) => (digit === "1" ? "2" : "1"))) } : effect),
  "sends everything to another host": (effect) => (effect.kind === "send" ? { ...effect, to: address(effect.to.replace(/.:/, (end) => (end === "1:" ? "2:" : "1:"))) } : effect),
  "sends nacks in place of pings": (effect) => (effect.kind === "send" && effect.message.kind === "ping" ? { ...effect, message: { kind: "nack", seq: effect.message.seq, gossip: [], userMessages: [] } } : effect),
  "exchanges with another": (effect) => (effect.kind === "exchange" ? { ...effect, with: address(`${effect.with}1`) } : effect),
  "announces another's doings": (effect) => (effect.kind === "announce" && "member" in effect.change ? { ...effect, change: { ...effect.change, member: { ...effect.change.member, id: memberId("other") } } } : effect),
  "announces that all departed": (effect) => (effect.kind === "announce" && "member" in effect.change ? { kind: "announce", change: { kind: "departed", member: effect.change.member } } : effect),
  "answers other streams": (effect) => (effect.kind === "answer" ? { ...effect, exchange: (effect.exchange + 1) as typeof effect.exchange } : effect),
};

test.for(Object.entries(otherEngines))("an engine that %s is found out at the first step that it shows in", ([, other]) => {
  const life = told.get("m03") ?? [];
  let steps = 0;
  let first = -1;
  const wanting = (effects: readonly Effect[]): readonly Effect[] => {
    steps++;
    const others = effects.map(other);
    if (first < 0 && others.some((each, k) => each !== effects[k])) first = steps;
    return others;
  };
  const replayed = retell(opened(flown(life, { wanting })), {});
  expect(first).toBeGreaterThan(0);
  // The birth is line 0.
  expect(replayed).toMatchObject({ ok: false, line: first });
});

test("the checksum is the engine's, of whatever bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 20 }), (bytes, start) => {
    expect(checksum(bytes, Math.min(start, bytes.length), bytes.length)).toBe(crc32(bytes, Math.min(start, bytes.length), bytes.length));
  }), { seed: 11, numRuns: 500 });
});

test("a line takes at most 14 bytes in peace, and a key-frame of 1,000 members 45 each", () => {
  const peace = flown(toldOf(["m01"], quiet(16, 300)).get("m01") ?? [], { portion: 60_000 });
  expect(peace.length / (opened(peace).lines ?? 0)).toBeLessThan(14);
  const members = Array.from({ length: 1_000 }, (_, number) => ({ ...start({ config: presets.swimlab, id: memberId(`member-${number}`), address: `10.0.${number >> 8}.${number & 255}:7946` as never, now: ORIGIN, seed: 1 }).self }));
  const large = start({ config: presets.swimlab, id: memberId("member-0"), address: "10.0.0.0:7946" as never, now: ORIGIN, seed: 1, view: viewOf(members) });
  const whole = flown([{ at: ORIGIN, who: memberId("member-0"), first: large }]);
  expect(whole.length / 1_000).toBeLessThan(45);
  const state = replay(opened(whole), { line: 0 });
  expect(state.ok && state.states.get(memberId("member-0"))).toEqual(large);
});

test("a key-frame comes after so many lines, and so many for each member that is known, whichever is more", () => {
  const life = toldOf(["m01"], quiet(16, 300)).get("m01") ?? [];
  for (const [limits, least] of [[{ lines: 100, linesPerMember: 1 }, 100], [{ lines: 10, linesPerMember: 10 }, 160]] as const) {
    const keys = framesIn(flown(life, { limits })).frames.flatMap(({ kind, payload }) => (kind === kinds.key && payload !== null ? [headOf(payload, 0)?.first ?? 0] : []));
    const distances = keys.slice(1).map((first, nth) => first - (keys[nth] ?? 0));
    expect(distances.length).toBeGreaterThan(3);
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(least);
    // Not before a portion is written, of fifty lines or so.
    expect(Math.max(...distances)).toBeLessThan(least + 100);
  }
});

test("a view is written as what differs from the last: a hundred exchanges among 1,000 who agree cost next to nothing", () => {
  const members = Array.from({ length: 1_000 }, (_, number) => start({ config: presets.swimlab, id: memberId(`m${number}`), address: `10.0.${number >> 8}.${number & 255}:7946` as never, now: ORIGIN, seed: 1 }).self);
  const view = viewOf(members);
  const who = memberId("m0");
  const state = start({ config: presets.swimlab, id: who, address: "10.0.0.0:7946" as never, now: ORIGIN, seed: 1, view });
  const alone = flown([{ at: ORIGIN, who, first: state }]);
  const exchanges = Array.from({ length: 100 }, (_, number) => ({ at: instant(number), who, event: { kind: "exchange-answered", now: instant(number), from: "10.0.0.1:7946", message: { kind: "push-pull", join: false, view: viewOf(members), userState: "" } } as Event }));
  const busy = flown([{ at: ORIGIN, who, first: state }, ...exchanges]);
  expect(busy.length - alone.length).toBeLessThan(3_000);
  const read = opened(busy).readChunk(0);
  const last = read.ok ? read.chunk.lines.at(-1) : undefined;
  expect(last?.kind === "stepped" && last.event.kind === "exchange-answered" && last.event.message.kind === "push-pull" && membersOf(last.event.message.view)).toEqual(membersOf(view));
});

describe("whatever the bytes are, nothing throws", () => {
  const file = flown(told.get("m01") ?? [], { limits: { lines: 100, linesPerMember: 0 } });
  const { frames } = framesIn(file);

  function use(bytes: Uint8Array): "refused" | "broken" | "same" {
    const trace = opened(bytes);
    storyText(trace);
    if (trace.chunks.some((_, number) => !trace.readChunk(number).ok)) return "refused";
    return retell(trace, {}).ok ? "same" : "broken";
  }

  test("with right checksums and wrong contents", () => {
    const outcomes = { refused: 0, broken: 0, same: 0 };
    const bodies = frames.filter(({ kind }) => kind === kinds.key || kind === kinds.piece);
    fc.assert(fc.property(fc.nat({ max: bodies.length - 1 }), fc.nat(), fc.nat({ max: 255 }), fc.boolean(), (which, place, byte, isCut) => {
      const forged = frames.map(({ kind, payload }) => {
        if (payload === null) return new Uint8Array(0);
        if (bodies[which]?.payload !== payload) return frame(kind, payload);
        const at = CHUNK_HEAD + (place % (payload.length - CHUNK_HEAD));
        return frame(kind, isCut ? payload.subarray(0, at) : payload.with(at, byte));
      });
      outcomes[use(joined([signature(FLIGHT_VERSION), ...forged]))]++;
    }), { seed: 9, numRuns: 150 });
    expect(outcomes.refused).toBeGreaterThan(30);
    expect(outcomes.broken).toBeGreaterThan(3);
  });

  test("in frames of nonsense", () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(1, 2, 3, 4, 5), fc.uint8Array({ maxLength: 80 })), { maxLength: 5 }), (strange) => {
      const result = openTrace(joined([signature(FLIGHT_VERSION), frame(kinds.header, pack({ v: FLIGHT_VERSION, about: {}, first: 5 })), ...strange.map(([kind, bytes]) => frame(kind, bytes))]));
      if (result.ok) storyText(result.trace);
    }), { seed: 10, numRuns: 1_000 });
  });

  test("pieces without their key-frame, or out of order, are no lines; what is missing is said", () => {
    const [header, ...rest] = frames.map(({ kind, payload }) => frame(kind, payload ?? new Uint8Array(0)));
    const trace = opened(joined([signature(FLIGHT_VERSION), header ?? new Uint8Array(0), ...rest.slice(1, 4)]));
    expect(trace.chunks).toEqual([]);
    expect(trace.missing).toMatch(/^lines 0 to \d+ \(all\) are missing; it ends without an index/);
    const swapped = opened(joined([signature(FLIGHT_VERSION), header ?? new Uint8Array(0), rest[0] ?? new Uint8Array(0), rest[2] ?? new Uint8Array(0), rest[1] ?? new Uint8Array(0)]));
    expect(swapped.chunks).toMatchObject([{ first: 0 }]);
    expect(retell(swapped, {})).toEqual({ ok: true });
    expect(swapped.missing).toMatch(/are missing/);
  });
});

test("a member whose clock had begun at another time lives the same life: all its moments are moved, and none is forgotten", () => {
  for (const [name, life] of told) {
    const by = 7_654_321;
    let state: State | null = null;
    let moved: State | null = null;
    for (const line of life) {
      if ("first" in line) {
        [state, moved] = [line.first, shiftedState(line.first, by)];
        continue;
      }
      if (state === null || moved === null) continue;
      const [next, effects] = step(state, line.event);
      const [later, same] = step(moved, shiftedEvent(line.event, by));
      expect([name, same.map(({ kind }) => kind)]).toEqual([name, effects.map(({ kind }) => kind)]);
      expect([name, line.at, later]).toEqual([name, line.at, shiftedState(next, by)]);
      if (nextWake(next) !== NEVER) expect(nextWake(later)).toBe(nextWake(next) + by);
      [state, moved] = [next, later];
    }
  }
});

