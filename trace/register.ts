/** The tables of a chunk: values that its lines repeat, stored once and referred to by index. */

import type { Bytes, Claim } from "../engine/index.ts";

/** A growing table: each item gets the next index when it first appears. */
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

/** The tables of a chunk that is being written. */
export type Registers = { readonly names: Register<string>; readonly claims: Register<Claim>; readonly payloads: Register<Bytes> };

export const emptyRegisters = (): Registers => ({ names: new Register(), claims: new Register(), payloads: new Register() });

/** The tables of a chunk that was read; the claims are not validated yet. */
export type Tables = { readonly names: readonly string[]; readonly claims: readonly unknown[]; readonly payloads: readonly string[] };

/** The name of this index; undefined if there is none. The functions below do the same. */
export const named = (number: unknown, { names }: Tables): unknown => itemAt(names, number);
export const paid = (number: unknown, { payloads }: Tables): unknown => itemAt(payloads, number);

export const allNamed = (numbers: unknown, { names }: Tables): unknown => itemsAt(names, numbers);
export const allClaimed = (numbers: unknown, { claims }: Tables): unknown => itemsAt(claims, numbers);
export const allPaid = (numbers: unknown, { payloads }: Tables): unknown => itemsAt(payloads, numbers);

const itemAt = (items: readonly unknown[], number: unknown): unknown => (typeof number === "number" ? items[number] : undefined);

const itemsAt = (items: readonly unknown[], numbers: unknown): unknown => (Array.isArray(numbers) ? numbers.map((number) => itemAt(items, number)) : undefined);
