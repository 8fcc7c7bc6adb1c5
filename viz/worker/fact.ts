/** Lines and messages as filters see them, made from columns alone. */

import type { Fact } from "../model/filter.ts";
import { announcementKinds, lineKinds, messageKinds } from "../model/words.ts";
import type { Chronicle } from "./chronicle.ts";
import { NONE } from "./lines.ts";

const claimWords = ["alive", "suspect", "dead", "left"] as const;

/** The words for a message: its kind, `lost` if it never arrived, the statuses that it tells. */
function wordsOfMessage({ messages }: Chronicle, place: number): readonly string[] {
  const carries = messages.carries.at(place);
  const isLost = Number.isNaN(messages.arrivesAt.at(place));
  return [messageKinds[messages.kind.at(place)] ?? "", ...(isLost ? ["lost"] : []), ...claimWords.filter((_, bit) => (carries & (1 << bit)) !== 0)];
}

export function factOfMessage(chronicle: Chronicle, place: number): Fact {
  const { lines, messages } = chronicle;
  const line = messages.line.at(place);
  return {
    at: lines.at.at(line),
    who: [lines.who.at(line), messages.target.at(place)],
    get about() { return [...messages.aboutsOf(place)]; },
    get kinds() { return wordsOfMessage(chronicle, place); },
    text: () => "",
  };
}

export function factOfSaying({ sayings }: Chronicle, saying: number): Fact {
  return {
    at: sayings.at.at(saying), who: [sayings.who.at(saying)], about: [sayings.about.at(saying)],
    kinds: [announcementKinds[sayings.kind.at(saying)] ?? ""], text: () => "",
  };
}

/** A line is about whom it announces, and whom the claims name that it received. */
export function factOfLine(chronicle: Chronicle, line: number, text: () => string = () => ""): Fact {
  const { lines, messages, sayings, disruptions } = chronicle;
  const who = lines.who.at(line);
  const received = lines.received.at(line);
  return {
    at: lines.at.at(line),
    who: who === NONE ? (disruptions.find((one) => one.line === line)?.members ?? []) : [who],
    get about() {
      const [from, to] = sayings.within(line, line);
      const announced = Array.from({ length: to - from }, (_, n) => sayings.about.at(from + n));
      return received < 0 ? announced : [...announced, ...messages.aboutsOf(received)];
    },
    get kinds() {
      const [from, to] = sayings.within(line, line);
      const sent = sendsOf(chronicle, line).flatMap((place) => wordsOfMessage(chronicle, place));
      return [
        lineKinds[lines.kind.at(line)] ?? "", ...(received < 0 ? [] : wordsOfMessage(chronicle, received)), ...sent,
        ...Array.from({ length: to - from }, (_, n) => announcementKinds[sayings.kind.at(from + n)] ?? ""),
      ];
    },
    text,
  };
}

/** The places of the messages that a line sent. */
export function sendsOf({ lines, messages }: Chronicle, line: number): readonly number[] {
  const from = lines.sends.at(line);
  const to = line + 1 < lines.count ? lines.sends.at(line + 1) : messages.count;
  return Number.isNaN(from) ? [] : Array.from({ length: to - from }, (_, n) => from + n);
}
