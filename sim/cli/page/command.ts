/** `report`: writes the page of a folder of results again. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../lab/model.ts";
import { putInPlace } from "../out/folder.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { readCells, readManifest, readRuns, readSummary } from "./read.ts";
import { PAGE, reportFile } from "./report.ts";
import { sweepHtml } from "./sweep/page.ts";

export type ReportOptions = { readonly viewer?: string };

/** Throws a Stop; then the page that was there stays. */
export function writeReport(folder: string, { viewer }: ReportOptions, terminal: Terminal): number {
  const { text, manifest } = readManifest(folder);
  if (manifest["kind"] === "sweep") return writeSweepReport(folder, manifest as unknown as Manifest, terminal);
  // A comparison is there if real members played.
  const options = { isReal: existsSync(join(folder, "comparison.json")), ...(viewer === undefined ? {} : { viewer: addressOf(viewer) }) };
  putInPlace(folder, reportFile(text, readSummary(folder), readRuns(folder), options));
  terminal.remark(`written to ${join(folder, PAGE)}`);
  return 0;
}

function writeSweepReport(folder: string, manifest: Manifest, terminal: Terminal): number {
  putInPlace(folder, { name: PAGE, pieces: [sweepHtml(manifest, readCells(folder))] });
  terminal.remark(`written to ${join(folder, PAGE)}`);
  return 0;
}

/** An address on the web, or one beside the page. */
function addressOf(written: string): string {
  const isAddress = /^https?:\/\/[^\s#]+$/.test(written) || (/^[^\s#:]+$/.test(written) && !written.startsWith("//"));
  if (!isAddress) throw new Stop(exits.usage, `--viewer ${written} is no address: write one such as http://localhost:5173/, or a path from the page such as ../site/index.html`);
  return written;
}
