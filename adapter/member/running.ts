/** A running member: the implementation of the API. */

import { encodeSerf, find, isLiving, memberId, type Bytes, type Coordinate, type Instant, type Member, type State } from "../../engine/index.ts";
import type { Keyring } from "../codec/keyring.ts";
import type { Clock } from "../driver/clock.ts";
import type { Driver } from "../driver/driver.ts";
import type { AskedPing } from "../driver/own-pings.ts";
import type { Report } from "../driver/report.ts";
import { MemberError } from "../error.ts";
import type { Transport } from "../transport/transport.ts";
import { checkBroadcasting, checkSending, checkTelling, checkWaiting, metaIn, nameIn, payloadOf } from "./arguments.ts";
import { coordinateIn, distanceIn } from "./coordinates.ts";
import { assertFits, longestBroadcast, longestOnStream, longestWord } from "./fits.ts";
import { emitError, hear, speakingOf, type Hearing } from "./hearing.ts";
import { Joining } from "./joining.ts";
import { Joins } from "./joins.ts";
import { keysOf } from "./keys.ts";
import { Listeners } from "./listeners.ts";
import type { Answers, Asking, Enough, Keys, MemberEvent, MemberEvents, Peer, Stats, SwimMember, Waiting } from "./member.ts";
import type { MemberOptions, TagRecord } from "./options.ts";
import { peerOf, peersIn } from "./peers.ts";
import { Pings } from "./pings.ts";
import type { Ruled } from "./queries.ts";
import { Questions } from "./questions.ts";
import { Reach } from "./reach.ts";
import type { Resolve } from "./resolve.ts";
import { metaOfTags } from "./settings.ts";
import { statsOf } from "./stats.ts";
import { Waits } from "./waits.ts";

/** The parts of a running member. */
export type RunningParts = {
  readonly clock: Clock;
  readonly resolve: Resolve;
  readonly keyring: Keyring | undefined;
  readonly ruled: Ruled;
  readonly hooks: NonNullable<MemberOptions["hooks"]>;
  /** The most bytes of a message on a stream, without the codec's overhead. */
  readonly streamRoom: number;
  /** Only for statistics. */
  readonly transport: Pick<Transport, "counts" | "receiveBuffer">;
  /** Closes the recorder, and releases the caller's signal, after the driver is closed. */
  readonly close: () => Promise<void>;
};

export class RunningMember implements SwimMember {
  readonly keys: Keys;
  private readonly parts: RunningParts;
  private readonly driver: Driver;
  private readonly listeners: Listeners;
  private readonly waits: Waits;
  private readonly joining: Joining;
  private readonly pings = new Pings();
  private readonly questions: Questions;
  private readonly hearing: Hearing;
  /** The farewell is sent: there is no way back. */
  private isLeaving = false;
  private stopping: Promise<void> | undefined;

  constructor(driver: Driver, parts: RunningParts) {
    this.driver = driver;
    this.parts = parts;
    this.keys = keysOf(parts.keyring);
    this.waits = new Waits(parts.clock);
    this.listeners = new Listeners((work) => driver.troubles.ask<unknown>("listener", undefined, work));
    this.questions = new Questions(driver, this.waits, parts.clock);
    const { pings, questions, listeners, waits } = this;
    const joins = new Joins();
    this.joining = new Joining({
      driver, joins, waits, clock: parts.clock, resolve: parts.resolve, assertRuns: () => this.assertRuns(), failed: (error) => emitError(listeners, this.now(), error),
    });
    this.hearing = { joins, pings, questions, listeners, ruled: parts.ruled, clock: parts.clock, hooks: parts.hooks, reach: new Reach(), departed: () => this.departed(), broken: () => this.stopInPassing() };
  }

  /** Handles a report of the driver. */
  hear(report: Report): void {
    if (report.kind === "changed" && report.change.kind === "joined") this.joining.met();
    if (this.stopping === undefined || report.kind === "broken") hear(this.driver, this.hearing, report);
  }

  get name(): string { return this.state.self.id; }
  get address(): string { return this.state.self.address; }
  get self(): Peer { return this.peer(this.state.self); }
  get health(): number { return this.state.health; }
  get readiness(): SwimMember["readiness"] {
    if (this.isLeaving || this.stopping !== undefined || this.state.phase.kind !== "member") return "leaving";
    return this.joining.isPending ? "joining" : "ready";
  }
  get state(): State { return this.driver.state; }

  // Arrow functions, which need no `this`: `process.once("SIGTERM", member.stop)`.
  readonly members = (which: "living" | "all" = "living"): readonly Peer[] => peersIn(this.state, which, speakingOf(this.driver).statusOf);

  readonly find = (name: string): Peer | undefined => {
    const member = typeof name === "string" ? find(this.state.view, memberId(name)) : undefined;
    return member === undefined ? undefined : this.peer(member);
  };

  readonly distance = (to: string, from: string = this.name): number | undefined => distanceIn(this.driver.serf?.state, to, from);

  readonly coordinate = (name: string = this.name): Coordinate | undefined => coordinateIn(this.driver.serf?.state, name);

  readonly stats = (): Stats => statsOf(this.driver, this.parts.transport, this.listeners.waiting);

  readonly on = <K extends keyof MemberEvents>(kind: K, heard: (event: MemberEvents[K]) => void): (() => void) => this.listeners.on(kind, heard);

  readonly once = <K extends keyof MemberEvents>(kind: K, signal?: AbortSignal): Promise<MemberEvents[K]> => this.listeners.once(kind, signal);

  [Symbol.asyncIterator](): AsyncIterator<MemberEvent> {
    return this.listeners.iterate();
  }

  readonly join = (seeds: readonly string[], waiting: Waiting & Enough = {}): Promise<number> => this.joining.join(seeds, waiting);

  /** Joins the seeds from the options, in the background. */
  joinInPassing(seeds: NonNullable<MemberOptions["seeds"]>): void {
    this.joining.inPassing(seeds);
  }

  readonly leave = async (waiting: Waiting = {}): Promise<void> => {
    checkWaiting("leave", waiting);
    if (!this.isLeaving) this.assertRuns();
    else if (this.stopping !== undefined) return this.stopping;
    const { serf, state } = this.driver;
    const usual = (state.config.lingerFor + (serf?.state.config.leaveAfter ?? 0)) / 1_000 + 500;
    const wait = this.waits.start<void>("leaving", waiting, usual, (late) => late.settle());
    this.sayGoodbye();
    // If the member stops meanwhile, as it does when it departs, leaving has succeeded.
    await wait.promise.catch((error: unknown) => { if (!(error instanceof MemberError) || error.code !== "stopped") throw error; });
    await this.stop();
  };

  /** Only once, however many calls of `leave` wait for it. */
  private sayGoodbye(): void {
    if (this.isLeaving) return;
    this.isLeaving = true;
    if (this.driver.serf === null) this.driver.happen({ kind: "asked-to-leave", now: this.now() });
    else this.driver.tellSerf({ kind: "asked-to-leave", now: this.now() });
  }

  private departed(): void {
    if (!this.isLeaving) emitError(this.listeners, this.now(), new MemberError("stopped", "the group holds us dead, and death is final here (config.precedence)"));
    this.stopInPassing();
  }

  /** Stops in the background: if the transport cannot be closed, that is an `error` event. */
  stopInPassing(): void {
    this.stop().catch((error: unknown) => emitError(this.listeners, this.now(), asError(error, "transport")));
  }

  readonly stop = (): Promise<void> => {
    this.stopping ??= this.end();
    return this.stopping;
  };

  private async end(): Promise<void> {
    const stopped = new MemberError("stopped", `${this.name} has stopped`);
    this.joining.stop();
    this.waits.failAll(stopped);
    this.listeners.end(stopped);
    try {
      await this.driver.close();
    } finally {
      await this.parts.close().catch((error: unknown) => this.closedBadly(error));
    }
  }

  /** A recorder that fails while closing is counted and reported like any other. */
  private closedBadly(error: unknown): void {
    this.driver.troubles.note("recorder", error);
    emitError(this.listeners, this.now(), asError(error, "recorder"));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  readonly send = (to: string, payload: Uint8Array | string, options: { readonly reliable?: boolean } = {}): void => {
    this.assertNoSerf("send");
    checkSending(options);
    const { address } = this.living(to);
    const said = payloadOf(payload);
    const { config } = this.state;
    const { reliable = false } = options;
    assertFits("a word", said, reliable ? longestOnStream(config, this.parts.streamRoom) : longestWord(config));
    this.driver.happen({ kind: "asked-to-send", now: this.now(), to: address, payload: said, over: reliable ? "stream" : "datagram" });
  };

  readonly broadcast = (payload: Uint8Array | string, options: Parameters<SwimMember["broadcast"]>[1] = {}): void => {
    this.assertNoSerf("broadcast");
    checkBroadcasting(options);
    const said = payloadOf(payload);
    assertFits("a broadcast", said, longestBroadcast(this.state.config));
    const { key = "", priority = "normal" } = options;
    this.driver.happen({ kind: "asked-to-broadcast", now: this.now(), payload: said, key, priority });
  };

  readonly ping = async (name: string, waiting: Waiting = {}): Promise<number> => {
    this.assertRuns();
    checkWaiting("ping", waiting);
    const { id, address } = this.living(name);
    // Without a deadline, because the engine gives up by itself.
    const wait = this.waits.start<number>(`pinging ${name}`, waiting, Infinity);
    const asked: AskedPing = { kind: "asked-to-ping", now: this.now(), to: address, target: id };
    this.pings.begin(asked, wait);
    this.driver.happen(asked);
    return wait.promise;
  };

  readonly updateMeta = (meta: Uint8Array): void => this.update(() => metaIn(meta));

  readonly updateTags = (tags: TagRecord): void => this.update(() => metaOfTags(tags, this.driver.serf !== null));

  readonly event = (name: string, payload: Uint8Array | string = "", options: { readonly coalesce?: boolean } = {}): void => {
    this.assertRuns();
    const { serf } = this.driver;
    if (serf === null) throw new MemberError("bad-option", "user events need Serf's layer: create the member with the preset serf, or with `serf: true`");
    checkTelling(name, options);
    const { config, clocks } = serf.state;
    const said = payloadOf(payload);
    const { coalesce = false } = options;
    assertFits("a user event", encodeSerf({ kind: "user-event", ltime: clocks.events, name, payload: said, coalesce }), config.userEventLimit);
    this.driver.tellSerf({ kind: "asked-to-tell", now: this.now(), name, payload: said, coalesce });
  };

  readonly query = async (name: string, payload: Uint8Array | string = "", asking: Asking = {}): Promise<Answers> => {
    this.assertRuns();
    return this.questions.ask(name, payload, asking);
  };

  private update(given: () => Bytes): void {
    this.assertRuns();
    const meta = given();
    assertFits("the meta", meta, this.state.config.metaLimit);
    this.driver.happen({ kind: "asked-to-update", now: this.now(), meta });
  }

  private living(name: string): Member {
    const member = find(this.state.view, nameIn(name));
    if (member === undefined || !isLiving(member.status)) {
      throw new MemberError("no-such-member", `${JSON.stringify(name)} is ${member === undefined ? "not a member that we know" : "gone"}`);
    }
    return member;
  }

  private peer(member: Member): Peer {
    return peerOf(member, speakingOf(this.driver).statusOf);
  }

  private now(): Instant {
    return this.parts.clock.now();
  }

  private assertRuns(): void {
    if (this.stopping !== undefined) throw new MemberError("stopped", `${this.name} has stopped`);
    if (this.state.phase.kind !== "member") throw new MemberError("stopped", `${this.name} has left`);
  }

  private assertNoSerf(what: string): void {
    this.assertRuns();
    if (this.driver.serf !== null) throw new MemberError("bad-option", `under Serf's layer there is no ${what}: Serf agents understand only user events (\`event\`)`);
  }
}

const asError = (error: unknown, culprit: string): Error => (error instanceof Error ? error : new Error(`${culprit} threw ${String(error)}`));
