/** The tables of a chunk: what its lines repeat, written once and referred to by number. */

import type { Bytes, Claim } from "../engine/index.ts";

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
export type Registers = { readonly names: Register<string>; readonly claims: Register<Claim>; readonly payloads: Register<Bytes> };

export const emptyRegisters = (): Registers => ({ names: new Register(), claims: new Register(), payloads: new Register() });

/** The same, read back: nobody has looked at the claims yet. */
export type Tables = { readonly names: readonly string[]; readonly claims: readonly unknown[]; readonly payloads: readonly string[] };

/** The name of this number; undefined if the table has none, as with all that follow. */
export const named = (number: unknown, { names }: Tables): unknown => itemAt(names, number);
export const paid = (number: unknown, { payloads }: Tables): unknown => itemAt(payloads, number);

export const allNamed = (numbers: unknown, { names }: Tables): unknown => itemsAt(names, numbers);
export const allClaimed = (numbers: unknown, { claims }: Tables): unknown => itemsAt(claims, numbers);
export const allPaid = (numbers: unknown, { payloads }: Tables): unknown => itemsAt(payloads, numbers);

const itemAt = (items: readonly unknown[], number: unknown): unknown => (typeof number === "number" ? items[number] : undefined);

const itemsAt = (items: readonly unknown[], numbers: unknown): unknown => (Array.isArray(numbers) ? numbers.map((number) => itemAt(items, number)) : undefined);
