/** Lines on disk: flat lists in which names and claims are numbers of the chunk's tables. The layout is in `schema.ts`. */

import { type Claim, type Datagram, type Event, impossible, type Instant } from "../engine/index.ts";
import type { Line, StoredLine } from "./schema.ts";

/** What stands first in a line, by its number. Only ever added to at the end: old traces count on it. */
const words = [
  "born", "disrupted", "woke", "ping", "ack", "ping-req", "nack", "gossip", "exchange-opened", "exchange-answered",
  "asked-to-join", "asked-to-leave", "asked-to-update",
] as const;

type Word = (typeof words)[number];

const codeOf = (word: Word): number => words.indexOf(word);

/** A table that grows as things come up: each gets the next number when it is seen for the first time. */
export class Register<T> {
  readonly items: T[] = [];
  private readonly numbers = new Map<T, number>();

  numberOf(item: T): number {
    const known = this.numbers.get(item);
    if (known !== undefined) return known;
    this.numbers.set(item, this.items.length);
    return this.items.push(item) - 1;
  }
}

/** What the lines of a chunk refer to. */
export type Registers = { readonly names: Register<string>; readonly claims: Register<Claim> };

/** A line as it is written, `wait` microseconds after the line before. */
export function storedLine(line: Line, wait: number, registers: Registers): StoredLine {
  const { names } = registers;
  switch (line.kind) {
    case "born":      return [codeOf("born"), wait, names.numberOf(line.who), line.state];
    case "disrupted": return [codeOf("disrupted"), wait, line.action, line.members.map((member) => names.numberOf(member))];
    case "stepped":   return [codeOf(wordOf(line.event)), wait, names.numberOf(line.who), line.check, ...fieldsOf(line.event, registers)];
    default:          return impossible(line);
  }
}

const wordOf = (event: Event): Word => (event.kind === "received" ? event.message.kind : event.kind);

function fieldsOf(event: Event, registers: Registers): readonly unknown[] {
  const { names } = registers;
  switch (event.kind) {
    case "received":          return [names.numberOf(event.from), ...fieldsOfDatagram(event.message, registers)];
    case "exchange-opened":   return [names.numberOf(event.from), event.message.join, event.message.view, event.exchange];
    case "exchange-answered": return [names.numberOf(event.from), event.message.join, event.message.view];
    case "woke":              return [];
    case "asked-to-join":     return [event.seeds.map((seed) => names.numberOf(seed))];
    case "asked-to-leave":    return [];
    case "asked-to-update":   return [event.meta];
    default:                  return impossible(event);
  }
}

function fieldsOfDatagram(message: Datagram, { names, claims }: Registers): readonly unknown[] {
  const gossip = message.gossip.map((claim) => claims.numberOf(claim));
  const numbers = (...items: readonly string[]): readonly number[] => items.map((item) => names.numberOf(item));
  switch (message.kind) {
    case "ping":     return [gossip, message.seq, ...numbers(message.target, message.source, message.sourceAddress)];
    case "ack":
    case "nack":     return [gossip, message.seq];
    case "ping-req": return [gossip, message.seq, ...numbers(message.target, message.source, message.sourceAddress, message.targetAddress), message.wantsNack];
    case "gossip":   return [gossip];
    default:         return impossible(message);
  }
}

/** What those lines refer to, read back. */
export type Tables = { readonly names: readonly string[]; readonly claims: readonly unknown[] };

/** The line that was written so, if it was one: the caller looks at what comes out, field by field. What a table does not have is undefined. */
export function lineFrom([code, , ...fields]: StoredLine, at: Instant, tables: Tables): unknown {
  const word = words[code];
  switch (word) {
    case undefined: return undefined;
    case "born": {
      const [who, state] = fields;
      return { kind: word, at, who: named(who, tables), state };
    }
    case "disrupted": {
      const [action, members] = fields;
      return { kind: word, at, action, members: allNamed(members, tables) };
    }
    default: {
      const [who, check, ...rest] = fields;
      return { kind: "stepped", at, who: named(who, tables), event: eventFrom(word, at, rest, tables), check };
    }
  }
}

function eventFrom(word: Exclude<Word, "born" | "disrupted">, now: Instant, fields: readonly unknown[], tables: Tables): unknown {
  const [first, ...rest] = fields;
  switch (word) {
    case "woke":
    case "asked-to-leave":  return { kind: word, now };
    case "asked-to-join":   return { kind: word, now, seeds: allNamed(first, tables) };
    case "asked-to-update": return { kind: word, now, meta: first };
    case "exchange-opened": {
      const [join, view, exchange] = rest;
      return { kind: word, now, from: named(first, tables), exchange, message: { kind: "push-pull", join, view } };
    }
    case "exchange-answered": {
      const [join, view] = rest;
      return { kind: word, now, from: named(first, tables), message: { kind: "push-pull", join, view } };
    }
    default: return { kind: "received", now, from: named(first, tables), message: datagramFrom(word, rest, tables) };
  }
}

function datagramFrom(kind: Datagram["kind"], fields: readonly unknown[], tables: Tables): unknown {
  const [numbers, seq, target, source, sourceAddress, targetAddress, wantsNack] = fields;
  const asker = { target: named(target, tables), source: named(source, tables), sourceAddress: named(sourceAddress, tables) };
  const gossip = Array.isArray(numbers) ? numbers.map((number) => tables.claims[number]) : undefined;
  switch (kind) {
    case "ping":     return { kind, seq, ...asker, gossip };
    case "ack":
    case "nack":     return { kind, seq, gossip };
    case "ping-req": return { kind, seq, ...asker, targetAddress: named(targetAddress, tables), wantsNack, gossip };
    case "gossip":   return { kind, gossip };
    default:         return impossible(kind);
  }
}

const named = (number: unknown, { names }: Tables): unknown => (typeof number === "number" ? names[number] : undefined);

const allNamed = (numbers: unknown, tables: Tables): unknown => (Array.isArray(numbers) ? numbers.map((number) => named(number, tables)) : undefined);
