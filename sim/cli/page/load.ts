/** Loads the code for pages only when one is written, because loading what draws takes longer than a short experiment. */

import type { RunResult } from "../../index.ts";
import type { ResultFile } from "../out/files.ts";
import type { Document } from "../report/index.ts";
import type { CellsDocument, Manifest } from "../../lab/model.ts";
import type { Tuning } from "../lab/tuning-report.ts";
import type { PageOptions } from "./report.ts";

/** `report.html`, from the text of the manifest, the summary and the runs. */
export async function pageOf(manifest: string, document: Document, results: Iterable<RunResult>, options: PageOptions): Promise<ResultFile> {
  const { reportFile } = await import("./report.ts");
  return reportFile(manifest, document, results, options);
}

/** `report.html` of a sweep. */
export async function sweepPageOf(manifest: Manifest, document: CellsDocument): Promise<{ readonly name: string; readonly text: string }> {
  const { sweepHtml } = await import("./sweep/page.ts");
  return { name: "report.html", text: sweepHtml(manifest, document) };
}

/** `report.html` of a search for settings; `text` is its report in the terminal. */
export async function tuningPageOf(tuning: Tuning, text: string): Promise<{ readonly name: string; readonly text: string }> {
  const { tuningHtml } = await import("./sweep/tuning.ts");
  return { name: "report.html", text: tuningHtml(tuning, text) };
}
