/** The text form of a run: one line a step, for stories, tests and people. */

import { type Address, type Effect, type Instant, type MemberId, type Message, type Event, type State } from "../engine/index.ts";
import { listed, type Names } from "./message-phrase.ts";
import { clockText, secondsText } from "./numeral.ts";
import { birthText, effectsText, eventText } from "./phrase.ts";
import type { Trace } from "./reader.ts";
import type { Recorder } from "./recorder.ts";
import { retell } from "./replay.ts";
import type { Line } from "./schema.ts";

/** The kind of a line, or of its event, its message, or one of its effects. */
export type StoryKind = Exclude<Line["kind"], "stepped"> | Event["kind"] | Message["kind"] | Effect["kind"];

/** Which lines a story has. Default: all. */
export type StoryOptions = {
  /** Only lines of these members. Disruptions are included if they affect one of them, or nobody in particular. */
  readonly members?: readonly MemberId[];
  /** Only lines of these kinds. */
  readonly kinds?: readonly StoryKind[];
  /** Nothing before this, … */
  readonly from?: Instant;
  /** … and nothing after. */
  readonly to?: Instant;
};

/** A line in four columns; a disruption has only two. */
type Row = {
  readonly at: Instant;
  /** Empty for a disruption. */
  readonly who: string;
  readonly what: string;
  readonly asks: string;
};

/** A step, a birth or a disruption as a line of text. `names` turns addresses into names; by default they stay as they are. */
export const lineText = (line: Line, effects: readonly Effect[], names: Names = (address) => address): string =>
  rowText(rowOf(line, effects, names), 0, 0);

/** A recorded run as text, made by replaying it. If the trace is incomplete, the last lines say so. */
export function storyText(trace: Trace, options: StoryOptions = {}): string {
  const story = new StoryRecorder(options);
  const told = retell(trace, story);
  const remarks = [...(told.ok ? [] : [told.why]), ...(trace.missing === null ? [] : [trace.missing])];
  return story.text() + remarks.map((remark) => `\n# ${remark}\n`).join("");
}

/** A recorder that makes the text of a run, in memory. */
export class StoryRecorder implements Recorder {
  private readonly options: StoryOptions;
  private readonly rows: Row[] = [];
  private readonly nameAt = new Map<Address, MemberId>();
  private readonly names: Names = (address) => this.nameAt.get(address) ?? address;

  constructor(options: StoryOptions = {}) {
    this.options = options;
  }

  born(at: Instant, who: MemberId, state: State): void {
    this.nameAt.set(state.self.address, who);
    this.tell({ kind: "born", at, who, state }, []);
  }

  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[]): void {
    this.tell({ kind: "stepped", at, who, event, check: 0 }, effects);
  }

  disrupted(at: Instant, kind: string, members: readonly MemberId[]): void {
    this.tell({ kind: "disrupted", at, action: kind, members }, []);
  }

  /** Everything told so far, in aligned columns; a blank line before each disruption, where a new part of the story begins. */
  text(): string {
    const steps = this.rows.filter((row) => row.who !== "");
    const widest = (column: (row: Row) => string): number => steps.reduce((width, row) => Math.max(width, column(row).length), 0);
    const [whoWidth, whatWidth] = [Math.min(WIDEST, widest((row) => row.who)), Math.min(WIDEST, widest((row) => row.what))];
    const lines = this.rows.map((row, number) => (row.who === "" && number > 0 ? "\n" : "") + rowText(row, whoWidth, whatWidth));
    return lines.map((line) => `${line}\n`).join("");
  }

  private tell(line: Line, effects: readonly Effect[]): void {
    if (isWanted(line, effects, this.options)) this.rows.push(rowOf(line, effects, this.names));
  }
}

/** The greatest width of the second and third columns; a longer text shifts the rest, on its own line only. */
const WIDEST = 44;

function rowOf(line: Line, effects: readonly Effect[], names: Names): Row {
  const { at } = line;
  switch (line.kind) {
    case "born":      return { at, who: line.who, what: birthText(line.state), asks: "" };
    case "stepped":   return { at, who: line.who, what: eventText(line.event, names), asks: effectsText(effects, names) };
    case "disrupted": return { at, who: "", what: `${line.action} ${listed(line.members)}`.trimEnd(), asks: "" };
  }
}

function rowText({ at, who, what, asks }: Row, whoWidth: number, whatWidth: number): string {
  if (who === "") return tame(`# ${secondsText(at)}: ${what}`);
  const before = `${clockText(at)}  ${who.padEnd(whoWidth)}  `;
  return tame(asks === "" ? before + what : `${before}${what.padEnd(whatWidth)}   → ${asks}`);
}

/** Replaces control characters: names are chosen by peers, and must not move the cursor or begin a new line. */
const tame = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "·");

function isWanted(line: Line, effects: readonly Effect[], { members, kinds, from, to }: StoryOptions): boolean {
  if (from !== undefined && line.at < from) return false;
  if (to !== undefined && line.at > to) return false;
  if (kinds !== undefined && !kindsOf(line, effects).some((kind) => kinds.includes(kind))) return false;
  if (members === undefined) return true;
  if (line.kind === "disrupted") return line.members.length === 0 || line.members.some((member) => members.includes(member));
  return members.includes(line.who);
}

function kindsOf(line: Line, effects: readonly Effect[]): readonly StoryKind[] {
  if (line.kind !== "stepped") return [line.kind];
  const { event } = line;
  return [
    event.kind,
    ...("message" in event ? [event.message.kind] : []),
    ...effects.flatMap((effect): readonly StoryKind[] => (effect.kind === "announce" ? [effect.kind] : [effect.kind, effect.message.kind])),
  ];
}
