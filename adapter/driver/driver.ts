/** Drives one member: gives the engine its events, in order; carries out its effects; keeps one alarm. No protocol of its own. */

import {
  instant, nextWake, start, step,
  type Address, type Birth, type Change, type Datagram, type Effect, type Event, type ExchangeId, type Instant, type Member, type Request, type Answer,
  type SerfConfig, type SerfInput, type State,
} from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import type { Codec } from "../codec/codec.ts";
import type { ExchangeHearing, Exchanges } from "../exchange/exchange.ts";
import type { Transport } from "../transport/transport.ts";
import { Addresses } from "./addresses.ts";
import { Alarm } from "./alarm.ts";
import { Attachments, type Attaching } from "./attachments.ts";
import type { Clock } from "./clock.ts";
import { takeOver, type SettlesConflict } from "./conflict.ts";
import { countingStreams } from "./counted-codec.ts";
import { Counts } from "./counts.ts";
import { doorkeeperOf, type Doorkeeper, type Guests } from "./doorkeeper.ts";
import { OwnPings } from "./own-pings.ts";
import type { Report } from "./report.ts";
import { SerfLayer, wakeOf } from "./serf-layer.ts";
import { Troubles } from "./troubles.ts";

/** What a driver is made of. */
export type DriverParts = {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly codec: Codec;
  /** Makes the `Exchanges`, which carry streams. */
  readonly exchanges: (codec: Codec, hear: ExchangeHearing) => Exchanges;
  readonly birth: Omit<Birth, "now" | "address">;
  /** Serf's layer over the engine, or none. */
  readonly serf: SerfConfig | null;
  readonly guests?: Guests;
  readonly attaching?: Attaching;
  readonly settleConflict?: SettlesConflict;
  readonly recorder?: Recorder;
  readonly report: (report: Report) => void;
};

export class Driver {
  readonly counts = new Counts();
  readonly addresses = new Addresses();
  readonly troubles: Troubles;
  readonly exchanges: Exchanges;
  readonly serf: SerfLayer | null;
  state: State;
  private readonly parts: DriverParts;
  private readonly admit: Doorkeeper;
  private readonly attachments: Attachments;
  private readonly alarm: Alarm;
  private readonly ownPings = new OwnPings();
  /** Events that the engine has not processed yet. */
  private readonly waiting: Event[] = [];
  /** Reports that the member's own code has not got yet. */
  private readonly reports: Report[] = [];
  private phase: "idle" | "stepping" | "closed" = "idle";
  private isReporting = false;
  /** The member whose claim to another's name was last put to the application. */
  private settled: Member | null = null;

  constructor(parts: DriverParts, address: Address) {
    const { clock, codec, birth } = parts;
    this.parts = parts;
    this.troubles = new Troubles(clock, this.counts.others, (error) => {
      this.tell({ kind: "trouble", at: clock.now(), error });
      if (this.phase === "idle") this.report();
    });
    this.admit = doorkeeperOf(parts.guests ?? {}, this.counts, this.troubles);
    this.attachments = new Attachments(parts.attaching ?? {}, this.troubles);
    this.exchanges = parts.exchanges(countingStreams(codec, this.counts), this.hearing());
    this.alarm = new Alarm(clock, (due) => this.ring(due));
    const now = clock.now();
    this.state = start({ ...birth, address, now });
    this.serf = parts.serf === null ? null : new SerfLayer({ self: this.state.self, now, config: parts.serf }, (event) => this.happen(event), () => this.state.mail);
  }

  begin(): void {
    const now = this.parts.clock.now();
    this.troubles.survive("recorder", undefined, () => this.parts.recorder?.born?.(now, this.state.self.id, this.state));
    this.work();
  }

  /** Gives the engine an event. It has processed it when this returns, unless a step is under way: then it follows after that. */
  happen(event: Event): void {
    if (this.phase === "closed") return;
    this.waiting.push(event);
    if (this.phase === "idle") this.work();
  }

  /** Gives Serf's layer an input from the application. The events that this causes wait until the layer is done. */
  tellSerf(input: SerfInput): void {
    const { serf } = this;
    if (serf === null || this.phase === "closed") return;
    this.during(() => this.tell({ kind: "told", at: input.now, news: serf.tell(input) }));
  }

  packet(from: Address, packet: Uint8Array): void {
    if (this.phase === "closed") return;
    const decoded = this.parts.codec.decode(packet, from);
    if (!decoded.ok) return this.counts.drops.add(decoded.reason);
    this.counts.received.add(decoded.message.kind, packet.length);
    if (decoded.unread.length > 0) this.counts.others.add("unread", decoded.unread.length);
    this.happen({ kind: "received", now: this.parts.clock.now(), from, message: decoded.message });
  }

  undeliverable(to: Address): void {
    this.counts.others.add("undeliverable");
    this.happen({ kind: "undeliverable", now: this.parts.clock.now(), to });
  }

  /** Stops: nothing more is processed or reported. Idempotent. */
  async close(): Promise<void> {
    this.phase = "closed";
    this.alarm.stop();
    this.exchanges.close();
    await this.parts.transport.close();
  }

  get isClosed(): boolean {
    return this.phase === "closed";
  }

  private ring(due: Instant): void {
    const now = this.parts.clock.now();
    this.counts.rang(now, due, this.state.config.stallAfter);
    this.during(() => {
      if (this.serf !== null) this.tell({ kind: "told", at: now, news: this.serf.wake(now) });
      if (nextWake(this.state) <= now) this.waiting.push({ kind: "woke", now });
    });
  }

  /** Runs `part` as part of a step: the events that it causes wait. */
  private during(part: () => void): void {
    if (this.phase !== "idle") return part();
    this.work(part);
  }

  /** Runs `part`, if given, and then processes all waiting events. An exception in here is our own bug, and ends the member. */
  private work(part?: () => void): void {
    this.phase = "stepping";
    try {
      part?.();
      this.takeAll();
      const news = this.attachments.ask(this.state, this.parts.clock.now());
      if (news !== null) this.take(news);
      this.takeAll();
      if (!this.isClosed) this.phase = "idle";
    } catch (error) {
      this.breakDown(error);
    }
    if (!this.isClosed) this.alarm.set(instant(Math.min(nextWake(this.state), wakeOf(this.serf))));
    this.report();
  }

  private takeAll(): void {
    for (let event = this.waiting.shift(); event !== undefined; event = this.waiting.shift()) this.take(event);
  }

  private take(happened: Event): void {
    const event = this.admit(happened);
    const isView = happened.kind === "exchange-answered" && happened.message.kind === "push-pull";
    const { incompatible } = this.state.oddities;
    if (event !== null) this.step(event);
    if (isView) this.tell({ kind: "view-came", from: happened.from, isTaken: event !== null && this.state.oddities.incompatible === incompatible });
  }

  private step(event: Event): void {
    const { seq, self } = this.state;
    const [state, effects] = step(this.state, event);
    this.state = state;
    // The engine announces only changes of others; but Serf's layer needs our new meta, because queries are matched against our tags.
    if (state.self.meta !== self.meta) this.serf?.announced({ kind: "updated", member: state.self }, event.now);
    this.ownPings.stepped(event, seq, state.seq);
    this.counts.stepped(event, effects);
    this.record(event, effects);
    for (const effect of effects) this.carryOut(effect, event);
  }

  /** Like `troubles.survive`, but without a closure at every step. */
  private record(event: Event, effects: readonly Effect[]): void {
    const { state, parts: { recorder } } = this;
    try {
      this.troubles.heed("recorder", recorder?.stepped?.(event.now, state.self.id, event, effects, state));
    } catch (error) {
      this.troubles.note("recorder", error);
    }
  }

  private carryOut(effect: Effect, event: Event): void {
    switch (effect.kind) {
      case "send":
        return this.send(effect.to, effect.message);
      case "exchange":
        return this.exchanges.ask(effect.with, effect.message);
      case "answer":
        return this.exchanges.answer(effect.exchange, effect.message);
      case "announce":
        return this.announce(effect.change, event);
    }
  }

  private send(to: Address, message: Datagram): void {
    const peer = this.addresses.at(to, this.state);
    const packet = this.troubles.survive("codec", null, () => this.parts.codec.encode(message, peer?.versions[1] ?? null));
    if (packet === null) return;
    this.counts.sent.add(message.kind, packet.length);
    this.parts.transport.send(to, packet);
  }

  private announce(change: Change, event: Event): void {
    const { now: at } = event;
    this.addresses.heard(change);
    if (change.kind === "conflict") this.settle(change, at);
    this.tell({ kind: "changed", at, change, ping: this.ownPings.ended(change, event), news: this.serf?.announced(change, at) ?? [] });
  }

  private settle(change: Extract<Change, { kind: "conflict" }>, now: Instant): void {
    const { settleConflict } = this.parts;
    // The conflict that an answer leads to is not put to the application again: if the answer changed nothing, that would never end.
    if (settleConflict === undefined || change.other === this.settled) return;
    this.settled = change.other;
    const verdict = this.troubles.ask("hook settleConflict", "keep", () => settleConflict(change.member, change.other));
    if (verdict !== "keep" && verdict !== "replace") this.troubles.note("hook settleConflict", new TypeError("hook settleConflict returned neither \"keep\" nor \"replace\": that counted as \"keep\""));
    if (verdict === "replace") this.waiting.push(...takeOver(this.state, change, now));
  }

  private hearing(): ExchangeHearing {
    const { clock } = this.parts;
    return {
      opened: (from: Address, exchange: ExchangeId, message: Request) => this.happen({ kind: "exchange-opened", now: clock.now(), from, exchange, message }),
      answered: (from: Address, message: Answer) => this.happen({ kind: "exchange-answered", now: clock.now(), from, message }),
      failed: (to, why) => {
        this.counts.others.add("exchanges.failed");
        this.tell({ kind: "exchange-failed", to, why });
        if (this.phase === "idle") this.report();
      },
      dropped: (_from, reason) => {
        if (reason === "unread") this.counts.others.add(reason);
        else this.counts.drops.add(reason);
      },
    };
  }

  private tell(report: Report): void {
    this.reports.push(report);
  }

  /** Delivers the waiting reports, and those that are added meanwhile. */
  private report(): void {
    if (this.isReporting) return;
    this.isReporting = true;
    for (let report = this.reports.shift(); report !== undefined; report = this.reports.shift()) {
      try {
        this.parts.report(report);
      } catch {
        this.counts.others.add("troubles.report");
      }
    }
    this.isReporting = false;
  }

  /** Our own bug: stops the member, because one in an unknown state is worse than none. */
  private breakDown(error: unknown): void {
    this.tell({ kind: "broken", at: this.parts.clock.now(), error: error instanceof Error ? error : new Error(String(error)) });
    this.waiting.length = 0;
    void this.close().catch(() => {});
  }
}
