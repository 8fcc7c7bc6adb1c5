/** Lines of the log as text: each made by replaying its step, and cached. */

import { birthText, effectsText, eventText, type Line } from "../../trace/index.ts";
import type { LineRow, MessageGlimpse } from "../model/detail.ts";
import { type LineNumber, messageId } from "../model/run.ts";
import { lineKinds, messageKinds, wordIn } from "../model/words.ts";
import type { Step } from "./cursor.ts";
import { sendsOf } from "./fact.ts";
import { NONE } from "./lines.ts";
import type { Place } from "./place.ts";

/** How many steps are cached. */
const KEPT = 4_096;

/** The steps of these lines, in their order, without those that can't be replayed. Replays each chunk that contains them once. */
export function stepsAt(place: Place, lines: readonly LineNumber[]): ReadonlyMap<LineNumber, Step> {
  const { steps } = place;
  const missing = lines.filter((line) => !steps.has(line)).toSorted((one, other) => one - other);
  const chunks = place.tape.trace?.chunks ?? [];
  for (const { first, count } of chunks) {
    const wanted = missing.filter((line) => line >= first && line < first + count);
    const last = wanted.at(-1);
    if (last === undefined) continue;
    const left = new Set(wanted);
    place.scout.tell({ line: last }, (line, number, effects, before, after) => {
      if (left.delete(number)) steps.set(number, { line, effects, before, after });
    });
  }
  const found = new Map(lines.flatMap((line) => { const step = steps.get(line); return step === undefined ? [] : [[line, step] as const]; }));
  for (const oldest of [...steps.keys()].slice(0, Math.max(0, steps.size - KEPT))) steps.delete(oldest);
  return found;
}

export const stepAt = (place: Place, line: LineNumber): Step | undefined => stepsAt(place, [line]).get(line);

/** The rows of these lines, in their order. */
export function rowsAt(place: Place, lines: readonly LineNumber[]): readonly LineRow[] {
  const steps = stepsAt(place, lines);
  return lines.flatMap((line) => {
    const step = steps.get(line);
    return step === undefined ? [] : [rowOf(place, line, step)];
  });
}

export const rowAt = (place: Place, line: LineNumber): LineRow | null => rowsAt(place, [line])[0] ?? null;

function rowOf({ chronicle }: Place, number: LineNumber, { line, effects }: Step): LineRow {
  const { roster, lines, messages } = chronicle;
  const glimpse = (place: number, isSource: boolean): MessageGlimpse => {
    const target = messages.target.at(place);
    const sentIn = messages.line.at(place);
    return {
      id: messageId(sentIn, messages.effect.at(place)), kind: wordIn(messageKinds, messages.kind.at(place)), isLost: messages.arrivesIn.at(place) === NONE,
      other: isSource ? lines.who.at(sentIn) : target === NONE ? -1 : target,
    };
  };
  const received = number < lines.count ? lines.received.at(number) : -1;
  return {
    line: number,
    at: line.at,
    who: line.kind === "disrupted" ? -1 : (roster.numberOf(line.who) ?? -1),
    kind: line.kind === "stepped" ? line.event.kind : (lineKinds.find((kind) => kind === line.kind) ?? "missing"),
    what: whatOf(line, roster.names),
    asks: effectsText(effects, roster.names),
    received: received < 0 ? null : glimpse(received, true),
    sent: sendsOf(chronicle, number).map((place) => glimpse(place, false)),
    announces: effects.flatMap((effect) => {
      if (effect.kind !== "announce") return [];
      const { change } = effect;
      const about = "member" in change ? roster.numberOf(change.member.id) : "target" in change ? roster.numberOf(change.target) : undefined;
      return [{ kind: change.kind, about: about ?? (line.kind === "disrupted" ? -1 : (roster.numberOf(line.who) ?? -1)) }];
    }),
  };
}

function whatOf(line: Line, names: Parameters<typeof eventText>[1]): string {
  switch (line.kind) {
    case "born":      return birthText(line.state);
    case "stepped":   return eventText(line.event, names);
    case "disrupted": return `${line.action} ${listed(line.members)}`.trimEnd();
  }
}

/** The first few, and the number of the others: a disruption may affect thousands. */
const listed = (members: readonly string[]): string => (members.length > 12 ? `${members.slice(0, 12).join(", ")} and ${members.length - 12} more` : members.join(", "));
