/** Every kind of line, written and read back: what comes out is what went in, and looks like it. */

import { describe, expect, test } from "vitest";
import { exchangeId, instant, micros, seqNo } from "../../engine/index.ts";
import { lineFrom, storedLine } from "../../trace/line.ts";
import { pack, unpack } from "../../trace/pack.ts";
import { emptyRegisters } from "../../trace/register.ts";
import type { Line, StoredLine } from "../../trace/schema.ts";
import { isLine } from "../../trace/shape.ts";
import { a, events, m01, m02, now, word } from "./every-event.ts";

const lines: readonly Line[] = [
  ...events.map((event): Line => ({ kind: "stepped", at: now, who: m02, event, check: 0xffff })),
  { kind: "disrupted", at: now, action: "block", members: [m01, m02] },
  { kind: "disrupted", at: now, action: "partition", members: [m01, m02], rift: { kind: "began", fault: 3, sides: [[m01], [m02]], bothWays: true } },
  { kind: "disrupted", at: now, action: "cut", members: [m01], rift: { kind: "began", fault: 0, sides: [[m01], []], bothWays: false } },
  { kind: "disrupted", at: now, action: "heal", members: [], rift: { kind: "ended", faults: [3, 0] } },
];

/** Steps of members whose clocks are ahead, and behind. */
const oddly: readonly Line[] = [
  { kind: "stepped", at: now, who: m02, event: { kind: "woke", now: instant(now + 3_600_000_007) }, check: 0xffff },
  { kind: "stepped", at: now, who: m02, event: { kind: "woke", now: instant(now - 17) }, check: 0 },
];

const nameOf = (line: Line): string =>
  line.kind !== "stepped" ? line.kind : `${line.event.kind}${"message" in line.event ? ` ${line.event.message.kind}` : ""}`;

describe("comes back as it was", () => {
  test.for([...lines, ...oddly].map((line) => [nameOf(line), line] as const))("%s", ([, line]) => {
    const registers = emptyRegisters();
    const written = [storedLine(line, micros(12), registers), registers.names.items, registers.claims.items, registers.payloads.items];
    const unpacked = unpack(Uint8Array.from(pack(written)));
    if (!unpacked.ok) throw new Error(unpacked.why);
    const [stored, names, claims, payloads] = unpacked.value as [StoredLine, string[], unknown[], string[]];
    const read = lineFrom(stored, now, { names, claims, payloads });
    expect(read).toStrictEqual(line);
    expect(isLine(read)).toBe(true);
  });
});

describe("is refused", () => {
  const chunkOf = (line: Line): { readonly stored: StoredLine; readonly tables: Parameters<typeof lineFrom>[2] } => {
    const registers = emptyRegisters();
    const stored = storedLine(line, 0, registers);
    return { stored, tables: { names: registers.names.items, claims: registers.claims.items, payloads: registers.payloads.items } };
  };

  test.for(lines.map((line) => [nameOf(line), line] as const))("%s with a field missing or of another kind, whichever it is", ([, line]) => {
    const { stored, tables } = chunkOf(line);
    // The wait is no part of what is read here.
    for (let field = 2; field < stored.length; field++) {
      for (const wrong of [undefined, true, {}, Number.NaN, [[[]]]]) {
        if (typeof wrong === typeof stored[field] && typeof wrong !== "object") continue;
        const changed = stored.map((part, place) => (place === field ? wrong : part)) as unknown as StoredLine;
        expect([field, wrong, isLine(lineFrom(changed, now, tables))]).toEqual([field, wrong, false]);
      }
    }
  });

  test("a clock that is ahead by nobody knows how much", () => {
    const { stored, tables } = chunkOf(oddly[0]!);
    for (const wrong of [[1, 0.5], [1, "2"], [1], [], [true, 3]]) expect(isLine(lineFrom(stored.map((part, place) => (place === 3 ? wrong : part)) as unknown as StoredLine, now, tables))).toBe(false);
  });

  test("a word that none may begin with, or a message that no stream brings", () => {
    const { stored, tables } = chunkOf({ kind: "stepped", at: now, who: m01, event: { kind: "exchange-opened", now, from: a, exchange: exchangeId(1), message: { kind: "user", payload: word } }, check: 1 });
    const [code, wait, who, check, from, exchange, , payload] = stored;
    for (const strange of [2, 5, 6, 7, 13, 99]) expect(isLine(lineFrom([code, wait, who, check, from, exchange, strange, payload], now, tables))).toBe(false);
    for (const strange of [19, 20, 21, 22, 23]) expect(isLine(lineFrom([strange, wait, who, check, from, payload], now, tables))).toBe(false);
  });

  test("an answer that only asks, or a request that only answers", () => {
    const { stored, tables } = chunkOf({ kind: "stepped", at: now, who: m01, event: { kind: "exchange-answered", now, from: a, message: { kind: "ack", seq: seqNo(1), payload: word, gossip: [], userMessages: [] } }, check: 1 });
    expect(isLine(lineFrom(stored, now, tables))).toBe(true);
    const [, wait, who, check, from, ...message] = stored;
    expect(isLine(lineFrom([8, wait, who, check, from, 1, ...message], now, tables))).toBe(false);
  });
});
