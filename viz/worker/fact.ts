/** Lines and messages for filters, built only from columns. */

import type { Fact, Thing } from "../model/fact.ts";
import { announcementKinds, lineKinds, messageKinds, verdicts } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { NONE } from "./lines.ts";

const claimWords = ["alive", "suspect", "dead", "left"] as const;

/** The words of a message: its kind, whether it arrived, the statuses that it tells. */
const wordsOfMessage = new Map<number, readonly string[]>();

function kindsOfMessage({ messages }: Chronicle, place: number): readonly string[] {
  const [kind, carries] = [messages.kind.at(place), messages.carries.at(place)];
  const isLost = Number.isNaN(messages.arrivesAt.at(place));
  const key = 512 * kind + 16 * Number(isLost) + carries;
  const known = wordsOfMessage.get(key);
  if (known !== undefined) return known;
  const made = [messageKinds[kind] ?? "", isLost ? "lost" : "arrived", ...claimWords.filter((_, bit) => (carries & (1 << bit)) !== 0)];
  wordsOfMessage.set(key, made);
  return made;
}

/** A message for filters: computed lazily. */
class MessageThing implements Thing {
  private readonly chronicle: Chronicle;
  private readonly place: number;

  constructor(chronicle: Chronicle, place: number) {
    this.chronicle = chronicle;
    this.place = place;
  }

  get kinds(): readonly string[] { return kindsOfMessage(this.chronicle, this.place); }

  get from(): readonly number[] { return [this.chronicle.lines.who.at(this.line)]; }

  get to(): readonly number[] { return [this.chronicle.messages.target.at(this.place)]; }

  get about(): readonly number[] { return [...this.chronicle.messages.aboutsOf(this.place)]; }

  get size(): number { return this.chronicle.messages.size.at(this.place); }

  get took(): number { return this.chronicle.messages.arrivesAt.at(this.place) - this.chronicle.lines.at.at(this.line); }

  private get line(): number { return this.chronicle.messages.line.at(this.place); }
}

/** An announcement by itself. */
export function factOfSaying(chronicle: Chronicle, saying: number): Fact {
  const { sayings, roster } = chronicle;
  const thing = sayingThing(chronicle, saying);
  return {
    at: sayings.at.at(saying), line: sayings.line.at(saying), where: thing.from, some: (fits) => fits(thing),
    text: () => `${roster.nameOf(sayings.who.at(saying))} ${thing.kinds.join(" ")} ${roster.nameOf(sayings.about.at(saying))}`,
  };
}

export function factOfMessage(chronicle: Chronicle, place: number): Fact {
  const { lines, messages, roster } = chronicle;
  const line = messages.line.at(place);
  const [source, target] = [lines.who.at(line), messages.target.at(place)];
  return {
    at: lines.at.at(line), line: Number.NaN, where: [source, target],
    some: (fits) => fits(new MessageThing(chronicle, place)),
    text: () => `${messageKinds[messages.kind.at(place)] ?? ""} from ${roster.nameOf(source)} to ${roster.nameOf(target)} ${[...messages.aboutsOf(place)].map((about) => roster.nameOf(about)).join(" ")}`,
  };
}

/** A line: itself, what it received, what it sent, what it announced. */
export function factOfLine(chronicle: Chronicle, line: number, text: () => string = () => ""): Fact {
  const { lines, disruptions } = chronicle;
  const who = lines.who.at(line);
  const where = who === NONE ? (disruptions.find((one) => one.line === line)?.members ?? []) : [who];
  return {
    at: lines.at.at(line), line, where, text,
    some: (fits) => {
      if (fits({ kinds: kindsOfLine[lines.kind.at(line)] ?? [], from: where, to: [], about: where, size: Number.NaN, took: Number.NaN })) return true;
      const received = lines.received.at(line);
      if (received >= 0 && fits(new MessageThing(chronicle, received))) return true;
      const [from, to] = sendsFrom(chronicle, line);
      for (let place = from; place < to; place++) if (fits(new MessageThing(chronicle, place))) return true;
      const [first, behind] = chronicle.sayings.within(line, line);
      for (let saying = first; saying < behind; saying++) if (fits(sayingThing(chronicle, saying))) return true;
      return false;
    },
  };
}

const kindsOfLine: readonly (readonly string[])[] = lineKinds.map((kind) => [kind]);

function sayingThing({ sayings }: Chronicle, saying: number): Thing {
  const verdict = verdicts[sayings.verdict.at(saying)] ?? "none";
  const kind = announcementKinds[sayings.kind.at(saying)] ?? "";
  return {
    kinds: verdict === "none" ? ["announced", kind] : ["announced", kind, verdict], from: [sayings.who.at(saying)], to: [], about: [sayings.about.at(saying)],
    size: Number.NaN, took: Number.NaN,
  };
}

/** The range of the messages that a line sent: the first, and the one after the last. */
function sendsFrom({ lines, messages }: Chronicle, line: number): readonly [from: number, to: number] {
  const from = lines.sends.at(line);
  return Number.isNaN(from) ? [0, 0] : [from, line + 1 < lines.count ? lines.sends.at(line + 1) : messages.count];
}

/** The indices of the messages that a line sent. */
export function sendsOf(chronicle: Chronicle, line: number): readonly number[] {
  const [from, to] = sendsFrom(chronicle, line);
  return Array.from({ length: to - from }, (_, n) => from + n);
}
