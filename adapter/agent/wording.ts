/** Texts for a terminal: sanitised, measured, cut; short forms of lengths of time. Text from peers is never written as it is. */

import { stripVTControlCharacters } from "node:util";

/** Sanitises a text: one line, without anything that moves the cursor, changes a colour or reverses the direction of writing. */
export const tame = (text: string): string => stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, " ").trim();

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const combining = /\p{M}/u;

const columnsOfOne = (character: string): number => (combining.test(character) ? 0 : wide.test(character) ? 2 : 1);

/** How many columns a sanitised text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

/** Cuts a text to this many columns; `…` marks a cut. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let [kept, width] = ["", 0];
  for (const character of text) {
    width += columnsOfOne(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return columns <= 0 ? "" : `${kept}…`;
}

export const pad = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - columnsOf(text)));
export const padLeft = (text: string, columns: number): string => " ".repeat(Math.max(0, columns - columnsOf(text))) + text;

/** Milliseconds as `7s`, `3m05s`, `2h10m`, `4d03h`. */
export function ago(length: number): string {
  const seconds = Math.max(0, Math.floor(length / 1_000));
  const two = (n: number): string => String(n).padStart(2, "0");
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h${two(Math.floor(seconds / 60) % 60)}m`;
  return `${Math.floor(seconds / 86_400)}d${two(Math.floor(seconds / 3_600) % 24)}h`;
}

/** `role=web zone=eu`. */
export const tagsText = (tags: Readonly<Record<string, string>>): string => Object.entries(tags).map(([key, value]) => `${tame(key)}=${tame(value)}`).join(" ");

/** `15:04:05`, in this machine's time zone. */
export function clockText(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** `b`; `b and c`; `b, c and d`; `b, c, d and 4 more`. */
export function namesText(names: readonly string[], most = 4): string {
  const shown = names.slice(0, most).map(tame);
  if (names.length > most) return `${shown.join(", ")} and ${names.length - most} more`;
  const last = shown.at(-1) ?? "nobody";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** A payload for users: its text if it is UTF-8, otherwise its length. */
export function payloadText(payload: Uint8Array): string {
  try {
    return JSON.stringify(tame(new TextDecoder("utf-8", { fatal: true }).decode(payload)));
  } catch {
    return `${payload.length} ${payload.length === 1 ? "byte" : "bytes"}`;
  }
}
