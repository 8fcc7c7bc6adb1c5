/** What a capture tells, in a few words a line. */

import { readCapture, type Capture, type CaptureOptions } from "../../../adapter/capture/index.ts";
import type { MemberId, State } from "../../../engine/index.ts";
import { StoryRecorder, type Recorder } from "../../../trace/index.ts";

const usual: CaptureOptions = { keys: [], label: undefined, ports: [] };

/** Hands out the bytes in pieces of an odd length, as a file might come. */
export const captureIn = (bytes: Uint8Array, options: Partial<CaptureOptions> = {}, piece = 997): Capture => captureOf([bytes], options, piece);

/** The same of several files. */
export function captureOf(files: readonly Uint8Array[], options: Partial<CaptureOptions> = {}, piece = 997): Capture {
  const read = readCapture(files.map((bytes) => () => pieces(bytes, piece)), { ...usual, ...options });
  if (!read.ok) throw new Error(read.why);
  return read.capture;
}

export function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

export function storyOf(capture: Capture): string {
  const story = new StoryRecorder();
  capture.tell(story);
  return story.text();
}

/** `"2 ping, 1 stream push-pull"`. */
export const messagesIn = ({ census }: Capture): string =>
  census.messages.map(({ over, kind, count }) => `${count} ${over === "stream" ? "stream " : ""}${kind}`).toSorted().join(", ");

export const unreadIn = ({ census }: Capture): string => census.unread.map(({ reason, count }) => `${count} ${reason}`).toSorted().join(", ");

/** Everybody's last state. */
export function endOf(capture: Capture): ReadonlyMap<MemberId, State> {
  const states = new Map<MemberId, State>();
  const recorder: Recorder = { born: (_, who, state) => void states.set(who, state), stepped: (_, who, _event, _effects, state) => void states.set(who, state) };
  capture.tell(recorder);
  return states;
}
