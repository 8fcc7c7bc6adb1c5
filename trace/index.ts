/** The door of the trace: writing a run down, reading it again, replaying it, telling it. */

export { type Limits, TraceWriter } from "./writer.ts";
export { type OpenedTrace, openTrace, type ReadChunk, type Trace } from "./reader.ts";
export { type Broken, type Moment, replay, type Replayed, retell } from "./replay.ts";
export { lineText, type StoryKind, type StoryOptions, StoryRecorder, storyText } from "./text.ts";
export { birthText, effectsText, eventText } from "./phrase.ts";
export type { Names } from "./message-phrase.ts";
export type { Recorder } from "./recorder.ts";
export { type About, type Chunk, type Header, type Held, type Line, type Rift, type Place, VERSION } from "./schema.ts";
