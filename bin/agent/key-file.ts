/** Keys in a file: as Serf and Consul keep them, a JSON list of base64 texts, or one a line. No error shows a key. */

import { readBytes, Stop, exits } from "../../sim/cli/program/index.ts";

/** The keys, the first of which encrypts. Throws a Stop. */
export function readKeyFile(path: string): readonly string[] {
  const text = new TextDecoder().decode(readBytes(path)).trim();
  if (!text.startsWith("[")) return text.split("\n").map((line) => line.replace(/#.*$/, "").trim()).filter((line) => line !== "");
  try {
    const keys: unknown = JSON.parse(text);
    if (Array.isArray(keys) && keys.every((key) => typeof key === "string")) return keys;
  } catch {
    // Said below, without what stands in the file.
  }
  throw new Stop(exits.badData, `${path}: this is no keyring: write a JSON list of keys in base64, or a key a line`);
}
