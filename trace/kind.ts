/** Type checks of values: text, number, list, object. */

import type { Instant, MemberId } from "../engine/index.ts";

export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
export const isList = <T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] => Array.isArray(value) && value.every(isItem);
export const isText = (value: unknown): value is string => typeof value === "string";
export const isAmong = <T extends string>(value: unknown, ...words: readonly T[]): value is T => words.some((word) => word === value);
export const isMemberId = (value: unknown): value is MemberId => isText(value);
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
export const isNumber = (value: unknown): value is number => typeof value === "number";
export const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && isNumber(value) && value >= 0;
export const isInstant = (value: unknown): value is Instant => Number.isSafeInteger(value);
