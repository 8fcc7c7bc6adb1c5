/** Announcements in columns, each with its verdict according to the truth. */

import type { Change, Instant, MemberId } from "../../engine/index.ts";
import type { Announcements, MemberNumber } from "../model/run.ts";
import { announcementKinds, codeIn, verdicts, type VerdictWord } from "../model/words.ts";
import { bytes, doubles, integers, words } from "./column.ts";
import type { Truth } from "./truth.ts";

/** Announcements that are about nobody's belief, and would only fill the columns. */
const chatter: ReadonlySet<Change["kind"]> = new Set(["answered", "unanswered", "message", "untold", "state"]);

export class Sayings {
  readonly at = doubles();
  readonly line = words();
  readonly who = words();
  readonly kind = bytes();
  readonly about = words();
  readonly by = integers();
  readonly verdict = bytes();

  add(at: Instant, line: number, who: MemberNumber, change: Change, truth: Truth | null, numberOf: (id: MemberId) => MemberNumber | undefined): void {
    if (chatter.has(change.kind)) return;
    const about = "member" in change ? (numberOf(change.member.id) ?? who) : who;
    this.at.push(at);
    this.line.push(line);
    this.who.push(who);
    this.kind.push(codeIn(announcementKinds, change.kind));
    this.about.push(about);
    this.by.push("by" in change ? (numberOf(change.by) ?? -1) : -1);
    this.verdict.push(codeIn(verdicts, change.kind === "failed" ? verdictOf(who, about, truth) : "none"));
  }

  /** The range of announcements from one line to another, both included: the first, and the one after the last. */
  within(first: number, last: number): readonly [from: number, to: number] {
    return [this.firstFrom(first), this.firstFrom(last + 1)];
  }

  /** A member's last announcement of one of these kinds about another, up to a line; −1 if there is none. */
  lastOf(who: MemberNumber, about: MemberNumber, kinds: readonly Change["kind"][], upTo: number): number {
    const codes = new Set(kinds.map((kind) => codeIn(announcementKinds, kind)));
    for (let place = this.firstFrom(upTo + 1) - 1; place >= 0; place--) {
      if (this.who.at(place) === who && this.about.at(place) === about && codes.has(this.kind.at(place))) return place;
    }
    return -1;
  }

  private firstFrom(line: number): number {
    let [low, high] = [0, this.line.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.line.at(middle) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  columns(): Announcements {
    const { at, line, who, kind, about, by, verdict } = this;
    return {
      count: at.length, at: at.copy(), line: line.copy(), who: who.copy(), kind: kind.copy(), about: about.copy(), by: by.copy(), verdict: verdict.copy(),
    };
  }
}

/** A running member beyond a scripted fault is evicted; one within reach is falsely declared dead. */
function verdictOf(who: MemberNumber, about: MemberNumber, truth: Truth | null): VerdictWord {
  if (truth === null) return "unknown";
  if (!truth.isRunning(about)) return "right";
  return truth.separates(who, about) ? "parted" : "false";
}
