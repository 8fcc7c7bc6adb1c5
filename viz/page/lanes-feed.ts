/** Requests the picture of space and time: for somewhat more than is visible, so that the cursor can move on within it. */

import { instant } from "../../engine/index.ts";
import type { LanesPicture } from "../model/picture-lanes.ts";
import type { RunFacts, RunId } from "../model/run.ts";
import type { Desk } from "./desk.ts";
import { latest } from "./latest.ts";
import type { PageState } from "./state.ts";
import { uiOf } from "./ui.ts";

/** The most lanes, single messages, parts of the window where messages are counted, and partners of one member. */
const [MOST_LANES, MOST_MESSAGES, COLUMNS, MOST_PARTNERS] = [256, 4_000, 240, 14];

export class LanesFeed {
  private asked = "";
  private from = 0;
  private to = 0;
  private readonly run: RunId;
  private readonly ask;

  constructor(run: RunId, desk: Pick<Desk, "ask">, take: (lanes: LanesPicture) => void) {
    this.run = run;
    this.ask = latest(desk, "lanes", take);
  }

  follow(page: PageState, facts: RunFacts): void {
    const { window } = uiOf(page, facts, null);
    const { filter, lanes, selection: { member } } = page;
    const length = window.to - window.from;
    const subject = member;
    const focus = lanes === "near" ? member : null;
    const key = `${filter} ${focus} ${subject} ${length} ${Math.min(facts.knownUntil, window.to)} ${facts.members.length}`;
    const known = `${filter} ${focus} ${subject} ${length} ${facts.members.length}`;
    const isWithin = window.from >= this.from && window.to <= this.to && known === this.asked && this.to <= facts.knownUntil;
    if (isWithin || key === this.asked) return;
    // Without zoom, the window follows the cursor.
    const beside = page.span === null ? length : 0;
    this.from = Math.max(facts.begins, window.from - beside / 2);
    this.to = Math.min(facts.ends, window.to + beside / 2);
    this.asked = this.to <= facts.knownUntil ? known : key;
    this.ask({ run: this.run, from: instant(Math.round(this.from)), to: instant(Math.round(this.to)), wish: { focus, subject, filter, mostLanes: focus === null ? MOST_LANES : MOST_PARTNERS, mostMessages: MOST_MESSAGES, columns: COLUMNS } });
  }
}
