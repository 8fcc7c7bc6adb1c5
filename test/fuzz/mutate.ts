/** Mutations: a real input, spoilt a little. */

import { nextBox, rngFrom, throwOf, type Rng } from "../../engine/index.ts";

/** Dice that can be thrown without being handed on. */
export class FuzzDice {
  private box: Rng;

  constructor(seed: number) {
    this.box = rngFrom(seed);
  }

  below(limit: number): number {
    const value = throwOf(this.box);
    this.box = nextBox(this.box);
    return Math.floor((value * limit) / 4_294_967_296);
  }

  oneOf<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** Numbers at which readers trip. */
const edges = [0, 1, 127, 128, 254, 255];

/** Bytes, spoilt once to four times. */
export function spoilt(bytes: Uint8Array, others: readonly Uint8Array[], dice: FuzzDice): Uint8Array {
  let spoiled = Uint8Array.from(bytes);
  for (let times = dice.below(4); times >= 0; times--) spoiled = Uint8Array.from(spoiledOnce(spoiled, others, dice));
  return spoiled;
}

function spoiledOnce(bytes: Uint8Array, others: readonly Uint8Array[], dice: FuzzDice): Uint8Array | readonly number[] {
  if (bytes.length === 0) return dice.oneOf(others);
  const [at, to] = [dice.below(bytes.length), dice.below(bytes.length + 1)];
  switch (dice.below(7)) {
    case 0:  return bytes.map((byte, place) => (place === at ? byte ^ (1 << dice.below(8)) : byte));
    case 1:  return bytes.map((byte, place) => (place === at ? dice.oneOf(edges) : byte));
    case 2:  return bytes.subarray(0, at);
    case 3:  return [...bytes.subarray(0, at), ...bytes.subarray(Math.min(at, to), Math.max(at, to)), ...bytes.subarray(at)];
    case 4:  return [...bytes.subarray(0, at), ...bytes.subarray(Math.max(at, to))];
    case 5:  return [...bytes.subarray(0, at), dice.below(256), ...bytes.subarray(at)];
    default: {
      const other = dice.oneOf(others);
      return [...bytes.subarray(0, at), ...other.subarray(dice.below(other.length + 1))];
    }
  }
}

/** What people write, and what they write by mistake. */
const words = ["-", ":", "{", "}", "[", "]", "&a", "*a", "!!binary", "~", "null", "1e999", "-1", "0", "99999999999999999999", "NaN", "all", "rest", "100%", "101%", "5s", "\u0000", "\uFEFF", "\n", "\t", "m1", "'", '"', "#", "<<", "? ", "|", ">"];

/** A text, spoilt once to four times: characters, words and whole lines. */
export function misspelt(text: string, others: readonly string[], dice: FuzzDice): string {
  let spoiled = text;
  for (let times = dice.below(4); times >= 0; times--) spoiled = misspeltOnce(spoiled, others, dice);
  return spoiled;
}

function misspeltOnce(text: string, others: readonly string[], dice: FuzzDice): string {
  const [at, to] = [dice.below(text.length + 1), dice.below(text.length + 1)];
  const lines = text.split("\n");
  const line = dice.below(lines.length);
  switch (dice.below(7)) {
    case 0:  return text.slice(0, at) + dice.oneOf(words) + text.slice(at);
    case 1:  return text.slice(0, Math.min(at, to)) + text.slice(Math.max(at, to));
    case 2:  return lines.toSpliced(line, 1).join("\n");
    case 3:  return lines.toSpliced(dice.below(lines.length + 1), 0, lines[line] ?? "").join("\n");
    case 4:  return text.replace(/\d+/g, (number) => (dice.below(4) === 0 ? dice.oneOf(words) : number));
    case 5:  return lines.toSpliced(line, 0, dice.oneOf(dice.oneOf(others).split("\n"))).join("\n");
    default: return lines.with(line, `${" ".repeat(dice.below(6))}${lines[line] ?? ""}`).join("\n");
  }
}
