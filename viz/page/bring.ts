/** Handles files from a disk or by their addresses: opens recordings, or plays scenarios. */

import { isRecordingName, isScenarioName } from "../model/file-name.ts";
import type { RunId } from "../model/run.ts";
import type { Desk } from "./desk.ts";
import { shipped } from "./gallery.ts";
import { openMany, type Source } from "./many.ts";
import { play } from "./opening.ts";

/**
 * Opens recordings, those of one group's members as one run; plays scenarios if there are no recordings among them. Ignores any other files in a folder.
 * Returns the number of the shown run, or null if the user has to choose, or nothing could be opened. Throws what `Source.whole` does.
 */
export async function bring(desk: Desk, sources: readonly Source[]): Promise<RunId | null> {
  const scenarios = sources.filter(({ name }) => isScenarioName(name));
  const recordings = sources.length === 1 && scenarios.length === 0 ? sources : sources.filter(({ name }) => isRecordingName(name));
  if (recordings.length > 0) return openMany(desk, recordings);
  if (scenarios.length === 0) desk.dispatch({ kind: "noticed", notice: { kind: "warning", text: "no recordings (.trace, .flight) or scenarios (.yaml) here" } });
  let shown: RunId | null = null;
  for (const { name, whole } of scenarios) {
    const text = await (await whole()).text();
    // A shipped scenario gets its path: files that it extends are next to it, and a link need not contain it.
    const file = shipped.find((one) => one.text === text)?.file ?? name;
    shown = (await play(desk, { file, text, seed: null, run: 0, edits: [] })) ?? shown;
  }
  return shown;
}
