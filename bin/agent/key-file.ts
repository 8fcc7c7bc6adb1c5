/** Keys in a file: as Serf and Consul keep them, a JSON list of base64 texts, or one a line. No error shows a key. */

import { closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { keyringOf, MemberError } from "../../adapter/index.ts";
import { readBytes, Stop, exits } from "../../sim/cli/program/index.ts";

/** A key, and where in the text it begins. */
type Placed = { readonly key: string; readonly at: number };

/** The keys, the first of which encrypts. Throws a Stop that says where the first is that is none. */
export function readKeyFile(path: string): readonly string[] {
  const text = new TextDecoder().decode(readBytes(path));
  const placed = text.trimStart().startsWith("[") ? inList(text) : inLines(text);
  if (placed === undefined) throw new Stop(exits.badData, `${path}:1:1: this is not a keyring: write a JSON list of base64 keys, or one key per line`);
  for (const { key, at } of placed) check(key, () => placeOf(path, text, at));
  return placed.map(({ key }) => key);
}

/**
 * Writes these keys into the file in place of `before`, in its form: a list stays a list; comments above the first key stay, and those beside a key that stays. All of it or nothing,
 * readable by whom it was before. Throws an error with a sentence; also if the file has been changed since, and holds neither: then what somebody wrote there is left alone.
 */
export function writeKeyFile(path: string, before: readonly string[], keys: readonly string[]): void {
  const found = readKeyFile(path).join();
  if (found === keys.join()) return;
  if (found !== before.join()) throw new Error("it has been edited since it was read");
  const place = realpathSync(path);
  const draft = `${place}.unfinished`;
  try {
    const file = openSync(draft, "w", statSync(place).mode & 0o777);
    try {
      writeFileSync(file, written(new TextDecoder().decode(readBytes(place)), keys));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, place);
  } catch (fault) {
    rmSync(draft, { force: true });
    throw fault;
  }
}

function written(text: string, keys: readonly string[]): string {
  if (text.trimStart().startsWith("[")) return `${JSON.stringify(keys, null, 2)}\n`;
  const lines = text.split("\n");
  const keyIn = (line: string): string => line.replace(/#.*/, "").trim();
  const head = lines.slice(0, lines.findIndex((line) => keyIn(line) !== ""));
  return [...head, ...keys.map((key) => lines.find((line) => keyIn(line) === key) ?? key), ""].join("\n");
}

/** Undefined if it is no list of texts. */
function inList(text: string): readonly Placed[] | undefined {
  try {
    const keys: unknown = JSON.parse(text);
    if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string")) return undefined;
    const at = Array.from(text.matchAll(/"(?:[^"\\]|\\.)*"/g), ({ index }) => index);
    return keys.map((key: string, nth) => ({ key, at: at[nth] ?? 0 }));
  } catch {
    return undefined;
  }
}

const inLines = (text: string): readonly Placed[] => Array.from(text.matchAll(/^[^\S\n]*([^#\n]*)/gm), ({ 0: { length }, 1: written = "", index }) => ({ key: written.trim(), at: index + length - written.length })).filter(({ key }) => key !== "");

function check(key: string, where: () => string): void {
  try {
    keyringOf([key]);
  } catch (fault) {
    if (fault instanceof MemberError) throw new Stop(exits.badData, `${where()}: ${fault.message}`);
    throw fault;
  }
}

function placeOf(path: string, text: string, at: number): string {
  const before = text.slice(0, at).split("\n");
  return `${path}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}
