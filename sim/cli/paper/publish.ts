/** Writes a document in its three forms, and prints the requested one. */

import type { Terminal } from "../terminal.ts";
import { type Document, documentText } from "./model/document.ts";
import { renderPage } from "./render/html/page.ts";
import { renderText } from "./render/text.ts";
import type { PaperFolder } from "./store/folder.ts";

/** The width of a printed page in columns. */
const PAGE_WIDTH = 120;

export function publish(folder: PaperFolder, document: Document, { json, quiet }: { readonly json: boolean; readonly quiet: boolean }, terminal: Terminal): void {
  folder.publish([
    { name: "paper.json", text: documentText(document) },
    { name: "report.txt", text: renderText(document, { color: false, width: PAGE_WIDTH }) },
    { name: "index.html", text: renderPage(document) },
  ]);
  terminal.say(json ? documentText(document) : renderText(document, terminal));
  if (!quiet) terminal.remark(`written to ${folder.pathOf("index.html")}`);
}
