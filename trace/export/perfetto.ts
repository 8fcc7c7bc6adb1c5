/**
 * A run in the Trace Event Format, which Perfetto and chrome://tracing open ("Trace Event Format", Google 2016: JSON object format). Timestamps are the run's own
 * microseconds. Equal runs give equal bytes.
 *
 *     process 1            the group: counters of agreement and of what is believed; disruptions as instants
 *     process 2, 3, …      the members, in the order of their first births
 *       thread 1           steps: complete events of a microsecond, with event and effects in words
 *       async "probe"      a probe, from its ping to its answer or its failure
 *       async "suspicion"  from when a member is suspected until it is cleared, or declared dead
 *       async "existence"  while it is crashed, paused, blocked or leaving
 *     flows "message"      from the step that sends to the step that receives. A message that never came in gets an instant "lost" at the end of the file.
 */

import type { Change, Instant, MemberId } from "../../engine/index.ts";
import { changeText } from "../change-phrase.ts";
import { effectsText, eventText } from "../phrase.ts";
import type { About } from "../schema.ts";
import { type Sent, type Teller, Witness } from "./witness.ts";
import { isShown, isWithin, overlaps, type Window } from "./window.ts";
import { Beliefs } from "./beliefs.ts";

type Fields = Readonly<Record<string, unknown>>;

const GROUP = 1;
const pidOf = (who: number): number => who + 2;
const STEPS = 1;

/** A step takes no time, but a complete event without length would not be visible, and flows need one to begin and end in. */
const STEP = 1;

/** Writes a run piece by piece, as it is played. Call `end` when it is over. */
export class PerfettoRecorder {
  readonly witness: Witness;
  private readonly write: (text: string) => void;
  private readonly window: Window;
  private readonly named = new Set<number>();
  private readonly absent = new Map<number, { readonly existence: string; readonly since: Instant }>();
  private readonly beliefs: Beliefs;
  private until = 0 as Instant;
  private isFirst = true;

  constructor(write: (text: string) => void, about: About, window: Window, hasTruth = true) {
    this.write = write;
    this.window = window;
    this.witness = new Witness(this.teller(), hasTruth);
    this.beliefs = new Beliefs((who, about, since, until, outcome) => this.suspicion(who, about, since, until, outcome));
    const { source: _, ...rest } = about;
    write(`{"displayTimeUnit":"ms","otherData":${JSON.stringify(rest)},"traceEvents":[\n`);
    this.event({ ph: "M", name: "process_name", pid: GROUP, tid: 0, args: { name: "the group" } });
  }

  /** Writes what is still open, and closes the document. */
  end(): void {
    const lost = this.witness.finish();
    for (const message of lost) this.lost(message);
    this.beliefs.end(this.until);
    for (const who of [...this.absent.keys()]) this.back(who, this.until);
    this.write("\n]}\n");
  }

  private teller(): Teller {
    return {
      born: (who, id, at) => {
        this.reach(at);
        this.back(who, at);
        this.beliefs.forget(who, at);
        if (!this.named.has(who) && isShown(this.window, id)) this.name(who, id);
        this.named.add(who);
      },
      became: (who, existence, at) => {
        this.reach(at);
        this.back(who, at);
        if (existence === "crashed" || existence === "departed") this.beliefs.forget(who, at);
        if (existence !== "running") this.absent.set(who, { existence, since: at });
      },
      disrupted: (action, members, at) => {
        this.reach(at);
        if (isWithin(this.window, at)) this.event({ ph: "i", s: "g", name: action, cat: "disruption", pid: GROUP, tid: 0, ts: at, args: { members: members.join(" ") } });
      },
      stepped: (who, event, effects, at) => {
        this.reach(at);
        if (!this.isWanted(who, at)) return;
        const name = "message" in event ? event.message.kind : event.kind;
        const { names } = this.witness;
        this.event({ ph: "X", name, cat: "step", pid: pidOf(who), tid: STEPS, ts: at, dur: STEP, args: { what: eventText(event, names), asks: effectsText(effects, names) } });
      },
      sent: (message) => {
        if (this.isWanted(message.source, message.at) && this.isNamed(message.target)) this.flow("s", message, message.source, message.at);
      },
      arrived: (message) => {
        // An arrow whose beginning is outside the window gets no end either.
        if (message.arrivedAt !== null && this.isWanted(message.source, message.at) && this.isWanted(message.target, message.arrivedAt)) this.flow("f", message, message.target, message.arrivedAt);
      },
      probed: ({ who, target, from, until, outcome }) =>
        this.span(who, { cat: "probe", id: `probe ${this.witness.nameOf(who)}`, name: `probe ${target}`, args: { outcome } }, from, until),
      announced: (who, change, verdict, at) => {
        this.beliefs.announced(who, change, at);
        this.announced(who, change, verdict, at);
      },
      agreed: (agreeing, running, at) => {
        if (isWithin(this.window, at)) this.event({ ph: "C", name: "agreement", pid: GROUP, tid: 0, ts: at, args: { "members that agree": agreeing, "members that do not": running - agreeing } });
      },
    };
  }

  private announced(who: number, change: Change, verdict: string, at: Instant): void {
    if (isWithin(this.window, at) && this.beliefs.hasChanged()) {
      this.event({ ph: "C", name: "believed, by anybody of anybody", pid: GROUP, tid: 0, ts: at, args: { suspected: this.beliefs.suspected, dead: this.beliefs.dead } });
    }
    if (!this.isWanted(who, at) || change.kind !== "failed") return;
    this.event({ ph: "i", s: "t", name: `declares ${change.member.id} dead`, cat: "announcement", pid: pidOf(who), tid: STEPS, ts: at, args: { verdict, by: change.by, why: changeText(change, this.witness.names) } });
  }

  private suspicion(who: number, about: MemberId, since: Instant, until: Instant, outcome: string): void {
    this.span(who, { cat: "suspicion", id: `suspicion ${this.witness.nameOf(who)} ${about}`, name: `suspects ${about}`, args: { outcome } }, since, until);
  }

  private lost(message: Sent): void {
    if (!this.isWanted(message.source, message.at) || !this.isNamed(message.target)) return;
    this.event({ ph: "i", s: "t", name: `lost: ${message.kind} to ${this.witness.nameOf(message.target)}`, cat: "lost", pid: pidOf(message.source), tid: STEPS, ts: message.at });
  }

  private back(who: number, at: Instant): void {
    const absent = this.absent.get(who);
    if (absent === undefined) return;
    this.absent.delete(who);
    this.span(who, { cat: "existence", id: `existence ${this.witness.nameOf(who)}`, name: absent.existence, args: {} }, absent.since, at);
  }

  /** An async slice, cut to the window. Both ends are written at once: readers of the format sort by time. */
  private span(who: number, { args, ...fields }: Fields, since: Instant, until: Instant): void {
    const { window } = this;
    if (!this.isNamed(who) || !overlaps(window, since, until)) return;
    this.event({ ph: "b", ...fields, pid: pidOf(who), tid: STEPS, ts: Math.max(since, window.from), args });
    this.event({ ph: "e", ...fields, pid: pidOf(who), tid: STEPS, ts: Math.min(until, window.to) });
  }

  private flow(ph: "s" | "f", { id, kind }: Sent, who: number, at: Instant): void {
    this.event({ ph, ...(ph === "f" ? { bp: "e" } : {}), name: kind, cat: "message", id, pid: pidOf(who), tid: STEPS, ts: at });
  }

  private name(who: number, id: MemberId): void {
    this.event({ ph: "M", name: "process_name", pid: pidOf(who), tid: 0, args: { name: id } });
    this.event({ ph: "M", name: "process_sort_index", pid: pidOf(who), tid: 0, args: { sort_index: pidOf(who) } });
    this.event({ ph: "M", name: "thread_name", pid: pidOf(who), tid: STEPS, args: { name: "steps" } });
  }

  private reach(at: Instant): void {
    if (at > this.until) this.until = at;
  }

  private isNamed(who: number): boolean {
    return isShown(this.window, this.witness.nameOf(who));
  }

  private isWanted(who: number, at: Instant): boolean {
    return isWithin(this.window, at) && this.isNamed(who);
  }

  private event(fields: Fields): void {
    this.write(`${this.isFirst ? "" : ",\n"}${JSON.stringify(fields)}`);
    this.isFirst = false;
  }
}
