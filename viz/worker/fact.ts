/** Lines and messages as filters see them, made from columns alone. */

import type { Fact, Thing } from "../model/fact.ts";
import { announcementKinds, lineKinds, messageKinds, verdicts } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { NONE } from "./lines.ts";

const claimWords = ["alive", "suspect", "dead", "left"] as const;

/** The words for a message: its kind, whether it arrived, the statuses that it tells. */
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

function messageThing(chronicle: Chronicle, place: number): Thing {
  const { lines, messages } = chronicle;
  const line = messages.line.at(place);
  return {
    kinds: kindsOfMessage(chronicle, place), from: [lines.who.at(line)], to: [messages.target.at(place)],
    get about() { return [...messages.aboutsOf(place)]; },
    size: messages.size.at(place), took: messages.arrivesAt.at(place) - lines.at.at(line),
  };
}

/** An announcement by itself. */
export function factOfSaying(chronicle: Chronicle, saying: number): Fact {
  const { sayings, roster } = chronicle;
  const thing = sayingThing(chronicle, saying);
  return {
    at: sayings.at.at(saying), line: sayings.line.at(saying), where: thing.from, things: () => [thing],
    text: () => `${roster.nameOf(sayings.who.at(saying))} ${thing.kinds.join(" ")} ${roster.nameOf(sayings.about.at(saying))}`,
  };
}

export function factOfMessage(chronicle: Chronicle, place: number): Fact {
  const { lines, messages, roster } = chronicle;
  const line = messages.line.at(place);
  const [source, target] = [lines.who.at(line), messages.target.at(place)];
  return {
    at: lines.at.at(line), line: Number.NaN, where: [source, target],
    things: () => [messageThing(chronicle, place)],
    text: () => `${messageKinds[messages.kind.at(place)] ?? ""} from ${roster.nameOf(source)} to ${roster.nameOf(target)} ${[...messages.aboutsOf(place)].map((about) => roster.nameOf(about)).join(" ")}`,
  };
}

/** A line: by itself, what it received, what it sent, what it announced. */
export function factOfLine(chronicle: Chronicle, line: number, text: () => string = () => ""): Fact {
  const { lines, disruptions } = chronicle;
  const who = lines.who.at(line);
  const where = who === NONE ? (disruptions.find((one) => one.line === line)?.members ?? []) : [who];
  return {
    at: lines.at.at(line), line, where, text,
    things: () => {
      const received = lines.received.at(line);
      const things: Thing[] = [{ kinds: [lineKinds[lines.kind.at(line)] ?? ""], from: where, to: [], about: where, size: Number.NaN, took: Number.NaN }];
      if (received >= 0) things.push(messageThing(chronicle, received));
      for (const place of sendsOf(chronicle, line)) things.push(messageThing(chronicle, place));
      sayingsOf(chronicle, line, things);
      return things;
    },
  };
}

function sayingsOf(chronicle: Chronicle, line: number, into: Thing[]): void {
  const [from, to] = chronicle.sayings.within(line, line);
  for (let saying = from; saying < to; saying++) into.push(sayingThing(chronicle, saying));
}

function sayingThing({ sayings }: Chronicle, saying: number): Thing {
  const verdict = verdicts[sayings.verdict.at(saying)] ?? "none";
  const kind = announcementKinds[sayings.kind.at(saying)] ?? "";
  return {
    kinds: verdict === "none" ? ["announced", kind] : ["announced", kind, verdict], from: [sayings.who.at(saying)], to: [], about: [sayings.about.at(saying)],
    size: Number.NaN, took: Number.NaN,
  };
}

/** The places of the messages that a line sent. */
export function sendsOf({ lines, messages }: Chronicle, line: number): readonly number[] {
  const from = lines.sends.at(line);
  const to = line + 1 < lines.count ? lines.sends.at(line + 1) : messages.count;
  return Number.isNaN(from) ? [] : Array.from({ length: to - from }, (_, n) => from + n);
}
