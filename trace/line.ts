/** Lines on disk: flat lists in which names, claims and payloads are indices into the chunk's tables. The layout is in `schema.ts`. */

import { type Event, impossible, instant, type Instant, type MemberId } from "../engine/index.ts";
import { datagramFrom, fieldsOfDatagram, fieldsOfStreamed, streamedFrom } from "./message.ts";
import { allNamed, named, paid, type Registers, type Tables } from "./register.ts";
import type { Line, Rift, StoredLine } from "./schema.ts";
import { codeOf, type Word, wordAt } from "./word.ts";

/** The stored form of a line, `wait` microseconds after the line before. */
export function storedLine(line: Line, wait: number, registers: Registers): StoredLine {
  const { names } = registers;
  switch (line.kind) {
    case "born":      return [codeOf("born"), wait, names.numberOf(line.who), line.state];
    case "disrupted": return [codeOf("disrupted"), wait, line.action, numbersOf(line.members, registers), ...fieldsOfRift(line.rift, registers)];
    case "stepped":   return [codeOf(wordOf(line.event)), wait, names.numberOf(line.who), checkAnd(line), ...fieldsOf(line.event, registers)];
    default:          return impossible(line);
  }
}

/** The check; and, if the member's clock differs from the run's, how far it is ahead. */
const checkAnd = ({ at, event, check }: Extract<Line, { kind: "stepped" }>): unknown => (event.now === at ? check : [check, event.now - at]);

const numbersOf = (members: readonly MemberId[], { names }: Registers): readonly number[] => members.map((member) => names.numberOf(member));

function fieldsOfRift(rift: Rift | undefined, registers: Registers): readonly unknown[] {
  if (rift === undefined) return [];
  if (rift.kind === "ended") return [rift.faults];
  return [rift.fault, rift.sides.map((side) => numbersOf(side, registers)), rift.bothWays];
}

const wordOf = (event: Event): Word => (event.kind === "received" ? event.message.kind : event.kind);

function fieldsOf(event: Event, registers: Registers): readonly unknown[] {
  const { names, payloads } = registers;
  switch (event.kind) {
    case "received":           return [names.numberOf(event.from), ...fieldsOfDatagram(event.message, registers)];
    case "exchange-opened":    return [names.numberOf(event.from), event.exchange, ...fieldsOfStreamed(event.message, registers)];
    case "exchange-answered":  return [names.numberOf(event.from), ...fieldsOfStreamed(event.message, registers)];
    case "woke":
    case "woke-mute":
    case "asked-to-leave":     return [];
    case "undeliverable":      return [names.numberOf(event.to)];
    case "asked-to-join":      return [event.seeds.map((seed) => names.numberOf(seed))];
    case "asked-to-update":    return [event.meta];
    case "asked-to-send":      return [names.numberOf(event.to), payloads.numberOf(event.payload), event.over];
    case "asked-to-broadcast": return [payloads.numberOf(event.payload), event.key, event.priority];
    case "asked-to-ping":      return [names.numberOf(event.to), names.numberOf(event.target)];
    case "asked-to-attach":    return [payloads.numberOf(event.toAcks), payloads.numberOf(event.toViews)];
    default:                   return impossible(event);
  }
}

/** The line of a stored form; the caller must validate the result field by field. What is missing in a table is undefined. */
export function lineFrom([code, , ...fields]: StoredLine, at: Instant, tables: Tables): unknown {
  const word = wordAt(code);
  switch (word) {
    case undefined: return undefined;
    case "born": {
      const [who, state] = fields;
      return { kind: word, at, who: named(who, tables), state };
    }
    case "disrupted": {
      const [action, members, ...rift] = fields;
      return { kind: word, at, action, members: allNamed(members, tables), ...riftFrom(rift, tables) };
    }
    default: {
      const [who, written, ...rest] = fields;
      const [check, ahead] = Array.isArray(written) ? (written as readonly unknown[]) : [written, 0];
      if (!Number.isSafeInteger(ahead)) return undefined;
      return { kind: "stepped", at, who: named(who, tables), event: eventFrom(word, instant(at + Number(ahead)), rest, tables), check };
    }
  }
}

/** Traces from before rifts were recorded have none. */
function riftFrom(fields: readonly unknown[], tables: Tables): { readonly rift?: unknown } {
  if (fields.length === 0) return {};
  const [first, sides, bothWays] = fields;
  if (Array.isArray(first)) return { rift: { kind: "ended", faults: first } };
  return { rift: { kind: "began", fault: first, sides: Array.isArray(sides) ? sides.map((side) => allNamed(side, tables)) : undefined, bothWays } };
}

function eventFrom(word: Exclude<Word, "born" | "disrupted">, now: Instant, fields: readonly unknown[], tables: Tables): unknown {
  const [first, second, third] = fields;
  const from = named(first, tables);
  switch (word) {
    case "woke":
    case "woke-mute":
    case "asked-to-leave":     return { kind: word, now };
    case "undeliverable":      return { kind: word, now, to: from };
    case "asked-to-join":      return { kind: word, now, seeds: allNamed(first, tables) };
    case "asked-to-update":    return { kind: word, now, meta: first };
    case "asked-to-send":      return { kind: word, now, to: from, payload: paid(second, tables), over: third };
    case "asked-to-broadcast": return { kind: word, now, payload: paid(first, tables), key: second, priority: third };
    case "asked-to-ping":      return { kind: word, now, to: from, target: named(second, tables) };
    case "asked-to-attach":    return { kind: word, now, toAcks: paid(first, tables), toViews: paid(second, tables) };
    case "exchange-opened":    return { kind: word, now, from, exchange: second, message: streamedFrom(fields.slice(2), tables) };
    case "exchange-answered":  return { kind: word, now, from, message: streamedFrom(fields.slice(1), tables) };
    case "ping":
    case "ack":
    case "ping-req":
    case "nack":
    case "gossip":             return { kind: "received", now, from, message: datagramFrom(word, fields.slice(1), tables) };
    // Messages that only streams carry are inside a line, never its first word.
    case "push-pull":
    case "compare":
    case "patch":
    case "user":               return undefined;
    default:                   return impossible(word);
  }
}
