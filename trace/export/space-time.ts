/** Collects what happened in a window of a run, for its space-time diagram. */

import type { Change, Instant, MemberId } from "../../engine/index.ts";
import type { Existence } from "./truth.ts";
import { type Probing, type Sent, type Teller, type Verdict, Witness } from "./witness.ts";
import { isShown, isWithin, overlaps, type Window } from "./window.ts";

/** A member's announcement about another member, or about itself. */
export type Saying = { readonly who: number; readonly at: Instant; readonly kind: Change["kind"]; readonly about: MemberId; readonly verdict: Verdict };

/** A stretch of time in which a member was not running. */
export type Absence = { readonly who: number; readonly existence: Existence; readonly since: Instant; until: Instant };

export type Happening = { readonly at: Instant; readonly text: string };

/** The announcements that are shown: those that say what a member believes about another. */
const shown: ReadonlySet<Change["kind"]> = new Set(["suspected", "failed", "cleared", "left", "joined", "refuted", "forgotten"]);

/** The most arrows: a diagram with more cannot be read. */
export const MOST_ARROWS = 4_000;

/** Collects what a space-time diagram shows of a run. */
export class SpaceTime {
  readonly witness: Witness;
  readonly window: Window;
  readonly lanes: number[] = [];
  readonly bornAt = new Map<number, Instant>();
  readonly messages: Sent[] = [];
  readonly probes: Probing[] = [];
  readonly sayings: Saying[] = [];
  readonly absences: Absence[] = [];
  readonly happenings: Happening[] = [];
  /** How many messages there were, shown or not. */
  arrows = 0;
  private readonly open = new Map<number, Absence>();

  constructor(window: Window, hasTruth = true) {
    this.window = window;
    this.witness = new Witness(this.teller(), hasTruth);
  }

  end(): void {
    this.witness.finish();
  }

  /** The median latency of the messages that came in. A hundredth of the window if none did. */
  usualWay(): number {
    const ways = this.messages.flatMap(({ at, arrivedAt }) => (arrivedAt === null ? [] : [arrivedAt - at])).toSorted((one, other) => one - other);
    return ways[ways.length >> 1] ?? (this.window.to - this.window.from) / 100;
  }

  private teller(): Teller {
    const { window } = this;
    return {
      born: (who, id, at) => {
        this.close(who, at);
        if (at > window.to || this.bornAt.has(who) || !isShown(window, id)) return;
        this.bornAt.set(who, at);
        this.lanes.push(who);
      },
      became: (who, existence, at) => {
        this.close(who, at);
        if (existence === "running" || at > window.to || !isShown(window, this.witness.nameOf(who))) return;
        const absence = { who, existence, since: at, until: window.to };
        this.absences.push(absence);
        this.open.set(who, absence);
      },
      disrupted: (action, members, at) => {
        if (isWithin(window, at)) this.happenings.push({ at, text: `${action} ${members.join(" ")}`.trim() });
      },
      sent: (message) => {
        if (!isWithin(window, message.at) || !this.isLane(message.source) || !this.isLane(message.target)) return;
        this.arrows++;
        if (this.messages.length < MOST_ARROWS) this.messages.push(message);
      },
      probed: (probing) => {
        if (overlaps(window, probing.from, probing.until) && this.isLane(probing.who)) this.probes.push(probing);
      },
      announced: (who, change, verdict, at) => {
        if (isWithin(window, at) && this.isLane(who) && shown.has(change.kind) && "member" in change) this.sayings.push({ who, at, kind: change.kind, about: change.member.id, verdict });
      },
    };
  }

  private close(who: number, at: Instant): void {
    const absence = this.open.get(who);
    if (absence === undefined) return;
    absence.until = at;
    this.open.delete(who);
  }

  private isLane(who: number): boolean {
    return isShown(this.window, this.witness.nameOf(who));
  }
}
