/** The door of the capture reader: what others said on a wire, turned into a trace. */

export { readCapture, type Capture, type CaptureFile, type CaptureOptions, type ReadCapture } from "./import.ts";
export type { Census, Count, Unread } from "./census.ts";
export type { ClaimHeard } from "./claims.ts";
export type { Life } from "./lives.ts";
export type { Pings } from "./pings.ts";
export type { UnreadReason } from "./saying.ts";
export { isLoopback, USUAL_PORTS, type Found } from "./find.ts";
