/** Keys in a file: as Serf and Consul keep them, a JSON list of base64 texts, or one a line. No error shows a key. */

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
