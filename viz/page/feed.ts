/** The feed: requests the pictures at the cursor, as fast as the worker answers and no faster. */

import { instant, type Instant } from "../../engine/index.ts";
import type { RunFacts, RunId } from "../model/run.ts";
import type { Says } from "../worker/protocol.ts";
import type { Desk, Frame } from "./desk.ts";
import { LanesFeed } from "./lanes-feed.ts";
import { latest } from "./latest.ts";
import { MatrixFeed } from "./matrix-feed.ts";
import { type PageState, runOf } from "./state.ts";

const nothing: Frame = { group: null, matrix: null, traffic: null, lanes: null };

/** Messages are requested for this much time before and after the cursor, in microseconds of the run at speed 1; at higher speed, more. */
const BEFORE = 500_000;
const AFTER = 1_000_000;
/** The most messages that are drawn at a time. */
const MOST_MESSAGES = 40_000;
/** From this many members on, a group is sketched first; the cursor rests when it has not moved for this long, in milliseconds. */
const [SKETCHED, REST] = [4_000, 300];
/** From this many members on it stays a sketch, unless an observer is chosen: a chunk of such a run is millions of lines. */
const ONLY_SKETCHED = 20_000;

/** One run's pictures. */
class Stream {
  frame: Frame = nothing;
  private readonly asks;
  private asked = "";
  private askedTraffic = "";
  private readonly lanes: LanesFeed;
  private readonly matrix: MatrixFeed;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly run: RunId;

  constructor(run: RunId, desk: Pick<Desk, "ask">, changed: () => void) {
    this.run = run;
    const take = (part: Partial<Frame>): void => {
      this.frame = { ...this.frame, ...part };
      changed();
    };
    this.lanes = new LanesFeed(run, desk, (lanes) => take({ lanes }));
    this.matrix = new MatrixFeed(run, desk, (matrix) => take({ matrix }));
    this.asks = {
      group: latest(desk, "group", (group) => take({ group })),
      traffic: latest(desk, "traffic", (traffic) => take({ traffic })),
    };
  }

  follow(page: PageState, facts: RunFacts): void {
    const { run } = this;
    const { clock, observer, filter, view } = page;
    const { at, speed } = clock;
    const known = `${facts.lines} ${facts.knownUntil}`;
    const group = `${at} ${observer} ${known}`;
    if (group !== this.asked) {
      this.asked = group;
      this.askGroup({ run, at, observer }, facts);
    }
    // While the cursor of a very large group moves, computing the matrix of each instant would take too long.
    if (view === "matrix") this.matrix.follow(page, facts, facts.members.length < SKETCHED ? 0 : REST);
    if (view === "lanes") this.lanes.follow(page, facts);
    this.followTraffic(at, speed, filter, facts);
  }

  /** A very large group is sketched while the cursor moves, and shown exactly once it rests. */
  private askGroup(says: Says<"group">, { members, knownUntil }: RunFacts): void {
    clearTimeout(this.rest);
    if (members.length < SKETCHED || says.observer !== null || says.at > knownUntil) return this.asks.group(says);
    this.asks.group({ ...says, isSketch: true });
    if (members.length < ONLY_SKETCHED) this.rest = setTimeout(() => this.asks.group(says), REST);
  }

  private followTraffic(at: Instant, speed: number, filter: string, facts: RunFacts): void {
    const stretch = Math.max(0.02, Math.min(60, speed));
    const { traffic } = this.frame;
    const isNear = traffic !== null && at >= traffic.from && at <= traffic.to - 0.3 * AFTER * stretch;
    const key = `${filter} ${stretch} ${Math.min(at + AFTER * stretch, facts.knownUntil) > (traffic?.to ?? 0)}`;
    if (isNear && key === this.askedTraffic) return;
    if (isNear && facts.knownUntil <= traffic.to && this.askedTraffic.startsWith(`${filter} `)) return;
    this.askedTraffic = key;
    this.asks.traffic({ run: this.run, from: instant(Math.max(0, at - BEFORE * stretch)), to: instant(Math.min(at + AFTER * stretch, facts.knownUntil)), filter, most: MOST_MESSAGES });
  }
}

export class Feed {
  private readonly streams = new Map<RunId, Stream>();
  private readonly desk: Pick<Desk, "ask">;
  private readonly changed: () => void;

  constructor(desk: Pick<Desk, "ask">, changed: () => void) {
    this.desk = desk;
    this.changed = changed;
  }

  frameOf(run: RunId | null): Frame {
    return (run === null ? undefined : this.streams.get(run)?.frame) ?? nothing;
  }

  /** Requests everything that the page now shows and that is missing. */
  follow(page: PageState): void {
    for (const run of [page.shown, page.beside]) {
      const facts = runOf(page, run);
      if (run === null || facts === undefined) continue;
      const stream = this.streams.get(run) ?? new Stream(run, this.desk, this.changed);
      this.streams.set(run, stream);
      stream.follow(page, facts);
    }
    for (const run of this.streams.keys()) if (runOf(page, run) === undefined) this.streams.delete(run);
  }
}
