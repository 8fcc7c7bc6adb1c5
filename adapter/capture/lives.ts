/** When each member lived, as far as it was heard: a restart under the same address is another life. */

import { after, instant, micros, type Address, type Instant } from "../../engine/index.ts";
import type { Spoken } from "./speaker.ts";

/** From shortly before its first word to its last. */
export type Life = Span & {
  /** When it did not listen: from a ping that it left unanswered to its next word. What reached it meanwhile it heard then, if it was only stopped. */
  readonly deaf: readonly Span[];
};
export type Span = { readonly from: Instant; readonly until: Instant };

/** What reached a member less than this before it first spoke is taken to have been heard: it may be what it answers. In microseconds, like all here. */
const BEFORE = micros(1_000_000);
/** After so long without a word, whatever comes may be another life's. */
const PAUSE = 1_000_000;
/** Whoever speaks within so long of the capture's end is taken to have lived on. */
export const SILENCE = micros(5_000_000);
/** Packets overtake one another, but not by so many questions. */
const OUT_OF_ORDER = 16;
/** Whoever says nothing for so long after a ping does not listen. */
const DEAF = 1_000_000;
/** So many such spans of one member are kept. */
const MOST = 1_024;

/** `resumed`: when it last spoke again after a pause; `paused`: its last word before. `askedAt`: the first ping since its last word. */
type Draft = { since: Instant; last: Instant; paused: Instant; resumed: Instant; askedAt: Instant | null; highestSeq: number; deaf: Span[]; readonly past: Life[] };

export type Lives = {
  /** `speaker`: null if nobody knows who said this. */
  readonly hear: (saying: Spoken, speaker: Address | null) => void;
  /** Every speaker's, given when the capture ends. */
  readonly end: (at: Instant) => ReadonlyMap<Address, readonly Life[]>;
};

export function followLives(): Lives {
  const drafts = new Map<Address, Draft>();
  const hear = (saying: Spoken, speaker: Address | null): void => {
    const { at, to, message, kind } = saying;
    const asked = kind === "datagram" && message.kind === "ping" ? drafts.get(to) : undefined;
    if (asked !== undefined) asked.askedAt ??= at;
    if (speaker === null) return;
    const draft = drafts.get(speaker);
    if (draft === undefined) return void drafts.set(speaker, { since: at, last: at, paused: at, resumed: at, askedAt: null, highestSeq: 0, deaf: [], past: [] });
    speak(draft, saying);
  };
  return {
    hear,
    end: (at) => new Map(Array.from(drafts, ([address, { since, last, deaf, past }]) => [address, spans([...past, { from: since, until: at - last <= SILENCE ? at : last, deaf }])])),
  };
}

function speak(draft: Draft, { at, kind, message }: Spoken): void {
  if (at - draft.last > PAUSE) [draft.paused, draft.resumed] = [draft.last, at];
  // Each life counts its questions from 1.
  const seq = kind === "datagram" && (message.kind === "ping" || message.kind === "ping-req") ? message.seq : null;
  if (seq !== null && seq < draft.highestSeq / 2 && seq <= draft.highestSeq - OUT_OF_ORDER && draft.resumed > draft.since) {
    const until = draft.paused;
    draft.past.push({ from: draft.since, until, deaf: draft.deaf.filter((span) => span.until <= until) });
    [draft.since, draft.highestSeq, draft.deaf] = [draft.resumed, 0, []];
  }
  if (draft.askedAt !== null && at - draft.askedAt > DEAF && draft.deaf.length < MOST) draft.deaf.push({ from: draft.askedAt, until: at });
  draft.highestSeq = Math.max(draft.highestSeq, seq ?? 0);
  [draft.last, draft.askedAt] = [at, null];
}

/** Each life begins a little before its first word, but not before the one before it is over. */
const spans = (lives: readonly Life[]): readonly Life[] =>
  lives.map((life, number) => {
    const before = lives[number - 1];
    return { ...life, from: instant(Math.max(0, life.from - BEFORE, before === undefined ? 0 : after(before.until, micros(1)))) };
  });
