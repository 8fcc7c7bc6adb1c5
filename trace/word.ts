/** The words with which lines and messages of streams begin, and their numbers. */

/** Append only, so that a number keeps its meaning from one version to the next. */
const words = [
  "born", "disrupted", "woke", "ping", "ack", "ping-req", "nack", "gossip", "exchange-opened", "exchange-answered",
  "asked-to-join", "asked-to-leave", "asked-to-update", "woke-mute", "undeliverable", "asked-to-send", "asked-to-broadcast", "asked-to-ping",
  "asked-to-attach", "push-pull", "compare", "patch", "user",
] as const;

export type Word = (typeof words)[number];

export const codeOf = (word: Word): number => words.indexOf(word);

/** The word of this number; undefined if there is none. */
export const wordAt = (code: unknown): Word | undefined => (typeof code === "number" ? words[code] : undefined);
