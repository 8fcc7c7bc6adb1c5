/** `report`: rewrites the page of a folder of results. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../lab/model.ts";
import { putInPlace } from "../out/folder.ts";
import { exits, Stop } from "../stop.ts";
import type { NamedTerminal } from "../typed.ts";
import { readCells, readManifest, readRuns, readSummary, readTuning } from "./read.ts";
import { PAGE, reportFile } from "./report.ts";
import { tuningReport } from "../lab/tuning-report.ts";
import { sweepHtml } from "./sweep/page.ts";
import { tuningHtml } from "./sweep/tuning.ts";

export type ReportOptions = { readonly viewer?: string };

/** Throws a Stop; then the old page stays. */
export function writeReport(folder: string, { viewer }: ReportOptions, terminal: NamedTerminal): number {
  const tuning = readTuning(folder);
  if (tuning !== null) return put(folder, tuningHtml(tuning, tuningReport(tuning)), terminal);
  const { text, manifest } = readManifest(folder);
  if (manifest["kind"] === "sweep") return put(folder, sweepHtml(manifest as unknown as Manifest, readCells(folder)), terminal);
  // Real members played if there is a comparison.
  const options = { program: terminal.program, isReal: existsSync(join(folder, "comparison.json")), ...(viewer === undefined ? {} : { viewer: addressOf(viewer) }) };
  putInPlace(folder, reportFile(text, readSummary(folder), readRuns(folder), options));
  terminal.remark(`written to ${join(folder, PAGE)}`);
  return 0;
}

function put(folder: string, page: string, terminal: NamedTerminal): number {
  putInPlace(folder, { name: PAGE, pieces: [page] });
  terminal.remark(`written to ${join(folder, PAGE)}`);
  return 0;
}

/** A web address, or a path relative to the page. */
function addressOf(written: string): string {
  const isAddress = /^https?:\/\/[^\s#]+$/.test(written) || (/^[^\s#:]+$/.test(written) && !written.startsWith("//"));
  if (!isAddress) throw new Stop(exits.usage, `--viewer ${written} is not an address: write one such as http://localhost:5173/, or a path relative to the page such as ../site/index.html`);
  return written;
}
