/** Stories: a small world, told in chapters, each under a sentence that says what to look for. */

import { instant, memberId, milliseconds, type Config, type Effect, type Event, type Instant, type MemberId, type State } from "../../engine/index.ts";
import { StoryRecorder, type StoryKind } from "../../trace/index.ts";
import { playRun } from "../../sim/run.ts";
import type { Recorder } from "../../sim/index.ts";
import { aConfig, aScenario, type Setting } from "../builders.ts";

/** What it is called, where it plays, and how it is told. */
export type Story = readonly [title: string, setting: Setting, chapters: readonly Chapter[]];

export type Chapter = {
  /** What happens, in a sentence. */
  readonly about: string;
  /** The first second of it; it lasts until the next chapter begins. */
  readonly from: number;
  /** Only lines about one of these; all, if nothing is said. */
  readonly kinds?: readonly StoryKind[];
  /** Only what happens to these; to all, if nothing is said. */
  readonly members?: readonly string[];
};

/** SWIM with suspicion. Nobody does anything else behind the story's back: it asks for what it is about. */
export const plain: Config = aConfig({ stagger: "random" });

/** Plays a world in which every packet takes 10 ms, and tells its chapters. */
export function tell(...[title, setting, chapters]: Story): string {
  const books = chapters.map(({ from, kinds, members }, number) => new StoryRecorder({
    from: instant(from * 1_000_000),
    to: instant((chapters[number + 1]?.from ?? setting.lasts + 1) * 1_000_000 - 1),
    ...(kinds === undefined ? {} : { kinds }),
    ...(members === undefined ? {} : { members: members.map(memberId) }),
  }));
  playRun(aScenario({ latency: { kind: "constant", of: milliseconds(10) }, ...setting }), 0, together(books));
  const told = chapters.map(({ about }, number) => `# ${about}\n${books[number]?.text() ?? ""}`);
  return `${title}\n\n${told.join("\n")}`;
}

const together = (books: readonly StoryRecorder[]): Recorder => ({
  born(at: Instant, who: MemberId, state: State) { for (const book of books) book.born(at, who, state); },
  stepped(at: Instant, who: MemberId, event: Event, effects: readonly Effect[]) { for (const book of books) book.stepped(at, who, event, effects); },
  disrupted(at: Instant, kind: string, members: readonly MemberId[]) { for (const book of books) book.disrupted(at, kind, members); },
});
