/** The door of the report: a summary in the terminal's words, or as a document. */

export { documentOf, type Cost, type Document } from "./document.ts";
export { renderReport, type ReportOptions } from "./report.ts";
