/** The public interface of traces: writing, reading, replaying and exporting a run. */

export { type Limits, TraceWriter } from "./writer.ts";
export { type FlightLimits, FlightWriter, type Piece } from "./flight/writer.ts";
export { type OpenedTrace, openTrace, type ReadChunk, type Trace } from "./reader.ts";
export { type Broken, type Moment, type Parting, replay, type Replayed, retell, retellChunk, retelling } from "./replay.ts";
export { joinTraces, openParts, type Part, type Recording, type Recordings } from "./join.ts";
export { type Callers, callersIn } from "./merge/callers.ts";
export { aheadOfFirst, type Estimate, estimates } from "./merge/clocks.ts";
export { type Merged, mergeTraces, type Shifted } from "./merge/merge.ts";
export { Postmark, postmarkOf } from "./merge/postmark.ts";
export { lineText, type StoryKind, type StoryOptions, StoryRecorder, storyText } from "./text.ts";
export { birthText, effectsText, eventText } from "./phrase.ts";
export type { Names } from "./message-phrase.ts";
export { PerfettoRecorder } from "./export/perfetto.ts";
export { GraphRecorder } from "./export/graphviz.ts";
export { MOST_ARROWS, SpaceTime } from "./export/space-time.ts";
export { spaceTimeSvg } from "./export/svg.ts";
export type { Window } from "./export/window.ts";
export { contentsOf, keyOf, Pending } from "./post.ts";
export type { Recorder } from "./recorder.ts";
export { blocking, type Blocks, reachInRing, type RiftKind, riftKindOf } from "./rift.ts";
export { type About, type Chunk, type Header, type Held, type Line, type Place, type Rift, FLIGHT_VERSION, VERSION } from "./schema.ts";
