/** The words of pictures: columns of bytes contain indices into these lists. */

/** What a member is believed to be; `unknown` if the observer has no record of it. */
export const statuses = ["unknown", "alive", "suspect", "dead", "left"] as const;
export type StatusWord = (typeof statuses)[number];

/** What a member really is: see `docs/glossary.md`. `absent` before its first birth. */
export const existences = ["absent", "running", "paused", "blocked", "leaving", "crashed", "departed"] as const;
export type ExistenceWord = (typeof existences)[number];

/** The kinds of messages, those of streams last. Pings and acks over streams are kinds of their own. */
export const messageKinds = ["ping", "ack", "ping-req", "nack", "gossip", "stream ping", "stream ack", "push-pull", "compare", "patch", "user"] as const;
export type MessageWord = (typeof messageKinds)[number];

/** The colour of a cell of many messages, the gravest last: nothing special, a lost message, a suspicion told, a death told. */
export const densityKinds = ["message", "lost", "tells-suspect", "tells-dead"] as const;

/** What members announce to their applications: the engine's kinds of changes. */
export const announcementKinds = [
  "joined", "updated", "suspected", "confirmed", "cleared", "failed", "left", "forgotten", "refuted", "conflict", "datagrams-lost", "damped", "answered",
  "unanswered", "departed", "message", "untold", "state",
] as const;
export type AnnouncementWord = (typeof announcementKinds)[number];

/**
 * The verdict on an announced death: `none` if it is no death; `right`; `false`, a false positive: the member runs, and no scripted fault separates it
 * from the announcer; `parted`, an eviction by partition: it runs beyond a scripted fault; `unknown` if the recording does not contain the truth.
 */
export const verdicts = ["none", "right", "false", "parted", "unknown"] as const;
export type VerdictWord = (typeof verdicts)[number];

/** The main kind of a line of a run: a birth, a disruption, or the event that the member got; `missing` for what could not be read. */
export const lineKinds = [
  "born", "disrupted", "received", "exchange-opened", "exchange-answered", "woke", "woke-mute", "undeliverable", "asked-to-join", "asked-to-leave",
  "asked-to-update", "asked-to-send", "asked-to-broadcast", "asked-to-ping", "asked-to-attach",
  "missing",
] as const;
export type LineWord = (typeof lineKinds)[number];

/** The index of a word in its list, as stored in a column of bytes. */
export const codeIn = <Word extends string>(words: readonly Word[], word: Word): number => words.indexOf(word);

/** The word at an index; the first of the list for an invalid index. */
export const wordIn = <Word extends string>(words: readonly [Word, ...Word[]], code: number | undefined): Word => words[code ?? 0] ?? words[0];
