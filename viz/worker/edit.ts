/** Writes edits into a scenario's text: they become lines of its timeline, and comments stay where they are. */

import { isSeq, parseDocument, YAMLSeq } from "yaml";
import type { Edit } from "../model/run.ts";

/** The text with these lines at the end of its timeline. The unchanged text if there are none, or if it is not YAML: compiling it reports why. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  const timeline = document.get("timeline", true);
  const lines = isSeq(timeline) ? timeline : new YAMLSeq();
  if (lines !== timeline) document.set("timeline", lines);
  for (const edit of edits) lines.add(document.createNode({ ...edit, added: true }, { flow: true }));
  return document.toString({ lineWidth: 0 });
}
