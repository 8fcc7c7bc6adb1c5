/** The entry point of the report: a summary as text for the terminal, or as a document. */

export { documentOf, type Cost, type Document } from "./document.ts";
export { renderReport, type ReportOptions } from "./report.ts";
