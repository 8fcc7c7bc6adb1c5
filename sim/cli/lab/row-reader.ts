/** Parses rows one after the other, reusing one object: a million of them leave no garbage. */

import { type CountName, countNames, type Row, type TimeName, timeNames } from "../../lab/model.ts";
import { Scanner } from "./scanner.ts";

type Lengths = { readonly seconds: number[]; censoredAfter?: number[] };
type Open = { cell: number; repetition: number; traceHash: string; events: number; memberSeconds: number; readonly counts: Record<CountName, number>; times: Partial<Record<TimeName, Lengths>> };

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const [cellKey, repetitionKey, hashKey, eventsKey, secondsKey, timesKey, countsKey] = ['{"cell":', ',"repetition":', ',"traceHash":', ',"events":', ',"memberSeconds":', '},"times":{', ',"counts":{'].map(bytesOf) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
const countKeys = countNames.map((name, i) => [name, bytesOf(`${i === 0 ? "" : ","}"${name}":`)] as const);
const timeKeys = timeNames.map((name) => [name, bytesOf(`"${name}":{"seconds":[`)] as const);
const [censoredKey, lineEnd, comma, closes, over] = [',"censoredAfter":[', "}}", ",", "]", "}"].map(bytesOf) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/** Parses one row after the other; callers that keep a row must copy it. */
export class RowReader {
  private readonly scanner = new Scanner();
  private readonly row: Open = { cell: 0, repetition: 0, traceHash: "", events: 0, memberSeconds: 0.5, counts: Object.fromEntries(countNames.map((name) => [name, 0.5])) as Record<CountName, number>, times: {} };
  private readonly kept = new Map<TimeName, { readonly ended: Lengths; readonly open: Lengths }>();

  /** The row that these bytes spell exactly as we write it; null for anything else. The row is valid until the next is read. */
  read(bytes: Buffer, from: number, to: number): Row | null {
    const { row } = this;
    const scanner = this.scanner.over(bytes, from, to);
    if (!scanner.pass(cellKey)) return null;
    row.cell = scanner.whole();
    if (!scanner.pass(repetitionKey)) return null;
    row.repetition = scanner.whole();
    if (!scanner.pass(hashKey)) return null;
    const hash = scanner.quoted();
    if (hash === null || !scanner.pass(eventsKey)) return null;
    row.traceHash = hash;
    row.events = scanner.number();
    if (!scanner.pass(secondsKey)) return null;
    row.memberSeconds = scanner.number();
    if (!scanner.pass(countsKey)) return null;
    for (const [name, key] of countKeys) {
      if (!scanner.pass(key)) return null;
      row.counts[name] = scanner.number();
    }
    if (!scanner.pass(timesKey) || !this.times(scanner)) return null;
    return scanner.pass(lineEnd) && scanner.at === to ? row : null;
  }

  private times(scanner: Scanner): boolean {
    this.row.times = {};
    let isFirst = true;
    for (const [name, key] of timeKeys) {
      const before = scanner.at;
      if (!isFirst && !scanner.pass(comma)) return true;
      if (!scanner.pass(key)) {
        scanner.at = before;
        continue;
      }
      isFirst = false;
      const { ended, open } = this.listsOf(name);
      if (!readNumbers(scanner, ended.seconds)) return false;
      if (scanner.pass(censoredKey)) {
        if (!readNumbers(scanner, open.censoredAfter ?? [])) return false;
        this.row.times[name] = open;
      } else this.row.times[name] = ended;
      if (!scanner.pass(over)) return false;
    }
    return true;
  }

  private listsOf(name: TimeName): { readonly ended: Lengths; readonly open: Lengths } {
    let lists = this.kept.get(name);
    if (lists === undefined) {
      const seconds: number[] = [];
      this.kept.set(name, (lists = { ended: { seconds }, open: { seconds, censoredAfter: [] } }));
    }
    return lists;
  }
}

/** Parses the rest of a list, including its end. */
function readNumbers(scanner: Scanner, into: number[]): boolean {
  into.length = 0;
  if (scanner.pass(closes)) return true;
  do {
    const value = scanner.number();
    if (Number.isNaN(value)) return false;
    into.push(value);
  } while (scanner.pass(comma));
  return scanner.pass(closes);
}
