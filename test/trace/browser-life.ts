/** What a browser is asked to do in `browser.test.ts`: play a run, write it down, read it again, replay it. */

import { openTrace, retell, storyText } from "../../trace/index.ts";
import { recorded } from "./recording.ts";
import { eventful } from "./scenarios.ts";

/** The bytes of the trace, whether its replay is the same run, and its story. */
export function live(): { readonly bytes: readonly number[]; readonly retold: unknown; readonly story: string } {
  const bytes = recorded(eventful(8, 20), { lines: 200, linesPerMember: 0 });
  const opened = openTrace(bytes);
  return { bytes: Array.from(bytes), retold: opened.ok ? retell(opened.trace, {}) : opened, story: opened.ok ? storyText(opened.trace) : "" };
}
