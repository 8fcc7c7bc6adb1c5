/** The report of a replay as one JSON document, for programs. */

import { lineText } from "../../../trace/index.ts";
import type { Findings } from "./report.ts";

export const replayDocument = ({ recordings, unread, estimates, verdict }: Findings): unknown => ({
  verdict,
  recordings: recordings.map(({ names, members, about, span, wallAtOrigin, chunks, same, unplayed, effects, announced, partings, missing, verdict: own }) => ({
    files: names, members, about, verdict: own, chunks, lines: same + unplayed, same, effects, span, wallAtOrigin, missing,
    announced: Object.fromEntries([...announced].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    partings: partings.map(({ why, line, parting }) => ({
      why,
      line,
      ...(parting === undefined ? {} : {
        who: parting.who, at: parting.at, check: parting.check, recorded: parting.recorded,
        here: lineText({ kind: "stepped", at: parting.at, who: parting.who, event: parting.event, check: parting.check }, parting.effects).trim(),
      }),
    })),
  })),
  unread,
  clocks: estimates,
});
