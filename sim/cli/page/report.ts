/** `report.html` as a file of a folder, from the manifest, the summary and the runs, one after another. */

import type { RunResult } from "../../index.ts";
import type { ResultFile } from "../out/files.ts";
import type { Document } from "../report/index.ts";
import { experimentPage } from "./experiment.ts";
import type { Expected } from "./figures/detection.ts";
import { Tally } from "./tally.ts";
import { USUAL_VIEWER } from "./viewer.ts";

/** The file name of a page. */
export const PAGE = "report.html";

/** What a page needs from an experiment's manifest. */
export type ExperimentManifest = {
  readonly version: string;
  readonly command: string;
  readonly seed: string;
  readonly scenario: {
    readonly file: string;
    readonly source: string;
    /** Lengths in microseconds. */
    readonly resolved: { readonly members: readonly unknown[]; readonly config: { readonly periodEvery: number } };
  };
};

export type PageOptions = {
  /** How the program that writes it was started. */
  readonly program: string;
  /** The viewer's address, for links. */
  readonly viewer?: string;
  /** Did real members play the runs? */
  readonly isReal?: boolean;
};

/** The page of an experiment's results. `manifest` is the text of manifest.json. */
export function reportFile(manifest: string, document: Document, results: Iterable<RunResult>, { program, viewer = USUAL_VIEWER, isReal = false }: PageOptions): ResultFile {
  const { version, command, seed, scenario } = JSON.parse(manifest) as ExperimentManifest; // Our own, just written or read.
  const tally = new Tally();
  for (const result of results) tally.add(result);
  const provenance = { program, version, command, seed, file: scenario.file, source: scenario.source };
  return { name: PAGE, pieces: [experimentPage({ provenance, document, tally, expected: expectedOf(scenario.resolved), viewer, isReal })] };
}

/** Theory predicts first suspicions only if there are members to probe, and others that probe. */
function expectedOf({ members, config: { periodEvery } }: ExperimentManifest["scenario"]["resolved"]): Expected {
  return members.length >= 3 && periodEvery > 0 ? { members: members.length, periodSeconds: periodEvery / 1e6 } : null;
}
