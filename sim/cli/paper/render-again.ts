/** Renders stored results as report and page: nothing is played. */

import { readFileSync, writeFileSync } from "node:fs";
import { readBytes } from "../file.ts";
import { exits, isSystemFault, Stop, whyNot } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { newMissesIn } from "./known-misses.ts";
import { type Document, documentSchema } from "./model/document.ts";
import { publish } from "./publish.ts";
import { filled, renderMarkdown } from "./render/markdown.ts";
import { PaperFolder } from "./store/folder.ts";

export type Again = {
  /** A paper.json. */
  readonly file: string;
  readonly out: string;
  /** The Markdown page whose figures are to be replaced; null for none. */
  readonly fill: string | null;
  readonly json: boolean;
};

/** Returns the exit code of the stored results. Throws a Stop if something can't be read or written. */
export function renderAgain({ file, out, fill, json }: Again, terminal: Terminal): number {
  const document = readDocument(file);
  const page = fill === null ? null : filledPage(fill, document);
  const folder = new PaperFolder(out);
  try {
    publish(folder, document, { json, quiet: false }, terminal);
  } finally {
    folder.leave();
  }
  if (fill !== null && page !== null) writePage(fill, page, terminal);
  return newMissesIn(document).length === 0 ? 0 : 1;
}

/** Reads stored results. */
export function readDocument(file: string): Document {
  const text = new TextDecoder().decode(readBytes(file));
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    throw new Stop(exits.badData, `${file} is not JSON: --render needs a paper.json that npm run paper has written`);
  }
  const read = documentSchema.safeParse(stored);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Stop(exits.badData, `${file} is not a paper.json of this version of swimlab: ${issue?.path.join(".") || "the document"}: ${issue?.message ?? "not as expected"}`);
}

function filledPage(file: string, document: Document): string {
  const page = filled(new TextDecoder().decode(readBytes(file)), renderMarkdown(document));
  if (page === null) throw new Stop(exits.badData, `${file} has no place for figures: two comment lines, as in docs/paper.md`);
  return page;
}

function writePage(file: string, page: string, terminal: Terminal): void {
  try {
    if (readFileSync(file, "utf8") === page) return;
    writeFileSync(file, page);
    terminal.remark(`figures put into ${file}`);
  } catch (fault) {
    if (!isSystemFault(fault)) throw fault;
    throw new Stop(exits.noOutput, `${file} can't be written: ${whyNot(fault)}`);
  }
}
