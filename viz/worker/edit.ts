/** Edits written into a scenario's text: what was done by hand becomes lines of its timeline, and comments stay where they are. */

import { isSeq, parseDocument, YAMLSeq } from "yaml";
import type { Edit } from "../model/run.ts";

/** The text with these lines at the end of its timeline. The text itself if there are none, or if it is no YAML: whoever compiles it says why. */
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
