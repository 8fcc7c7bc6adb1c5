/** Determines the kind of files by their first bytes: whole runs of a simulator, or members' own recordings. Only the latter belong together. */

import { openTrace } from "../../trace/index.ts";
import type { FileKind, Recording } from "./protocol.ts";

export async function kindsOf(heads: readonly Recording[]): Promise<readonly FileKind[]> {
  return Promise.all(heads.map(async ({ blob }) => kindOf(new Uint8Array(await blob.arrayBuffer()))));
}

function kindOf(bytes: Uint8Array): FileKind {
  const opened = openTrace(bytes);
  if (!opened.ok) return { kind: "recording" };
  const { scenario, seed, run } = opened.trace.header.about;
  return seed === undefined ? { kind: "recording" } : { kind: "run", scenario: String(scenario ?? ""), seed: String(seed), run: Number(run ?? 0) };
}
