/** The words of filter expressions: every key with its meaning, every kind and flag; for the parser, for completion, and for the help sheet. */

import { announcementKinds, lineKinds, messageKinds, statuses } from "./words.ts";

/** A key: what follows it, and what it tests. `example` is an expression. */
export type FilterKey = { readonly key: string; readonly takes: "kind" | "member" | "number"; readonly about: string; readonly example: string };

export const filterKeys: readonly FilterKey[] = [
  { key: "kind", takes: "kind", about: "the kind of message, announcement or event; several with commas", example: "kind:ping,ack" },
  { key: "from", takes: "member", about: "the sender or announcer; * and ? are wildcards", example: "from:m05" },
  { key: "to", takes: "member", about: "the receiver", example: "to:m1*" },
  { key: "about", takes: "member", about: "the member that its claims or its announcement name", example: "about:m07" },
  { key: "who", takes: "member", about: "from, to or about", example: "who:m07" },
  { key: "at", takes: "member", about: "the member at which it happened", example: "at:m07" },
  { key: "t", takes: "number", about: "when: > >= < <= =, in seconds unless ms, us, m or h is given; or a range", example: "t:10s..12s" },
  { key: "took", takes: "number", about: "how long a message took to arrive", example: "took>5ms" },
  { key: "size", takes: "number", about: "the size of a message in bytes", example: "size>500" },
  { key: "line", takes: "number", about: "the line's number in the run", example: "line>=1000" },
];

/** Older links say `is:` for `kind:`. */
export const synonyms: Readonly<Record<string, string>> = { is: "kind" };

/** Words that stand alone, as in `lost`, or after `kind:`. */
export const flags: readonly { readonly word: string; readonly about: string }[] = [
  { word: "lost", about: "a message that never arrived" },
  { word: "arrived", about: "a message that arrived" },
  { word: "announced", about: "what a member told its application: a change of its view" },
  { word: "false", about: "a death announced of a member that runs and is in reach: a false positive" },
  { word: "parted", about: "a death announced of a running member on the other side of a fault" },
  { word: "right", about: "a death announced of a member that does not run" },
];

/** Every word for the kind of something. Kinds of messages with a space can also be written with a dash: `stream-ping`. */
export const kindWords: readonly string[] = [...new Set([
  ...messageKinds.map((kind) => kind.replace(" ", "-")), ...announcementKinds, ...lineKinds, ...statuses.filter((status) => status !== "unknown"), ...flags.map(({ word }) => word),
])];
