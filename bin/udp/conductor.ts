/** One run for real: members are started and find each other, the timeline happens to them by the clock, and their recordings are gathered. */

import { setTimeout as pause } from "node:timers/promises";
import { address, bytes, foldText, instant, ORIGIN, rawOf, start, type Address, type Event, type Instant, type Member, type MemberId } from "../../engine/index.ts";
import { marks, Script, type Rebirth, type Scenario } from "../../sim/index.ts";
import { exits, Stop } from "../../sim/cli/index.ts";
import { TraceWriter } from "../../trace/index.ts";
import { hindrancesOf } from "./hindrances.ts";
import { goFirst } from "./priority.ts";
import { lodgingApart, lodgingHere, type Lodging } from "./houses.ts";
import type { News, Order } from "./orders.ts";
import { strikesOn, type Strikes } from "./strikes.ts";

/** What a run is played with. */
export type Rehearsal = {
  readonly scenario: Scenario;
  readonly seed: string;
  /** 1: all members live in this process. */
  readonly processes: number;
  /** Where members' recordings go. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** How far it has come: from 0 to 1. */
  readonly reach: (share: number) => void;
};

/** How long members may take to start, in milliseconds. */
const PRELUDE = 120_000;
/** How often progress is told. */
const TELL_EVERY = 200;
/** How long recordings may take to be written at the end. */
const EPILOGUE = 60_000;

/** Plays it, and answers with what was done to whom and when, as a trace: lines of the timeline, and the marks. */
export async function conduct(rehearsal: Rehearsal): Promise<Uint8Array> {
  const goUsual = goFirst();
  const conductor = new Conductor(rehearsal);
  try {
    return await conductor.play();
  } finally {
    await conductor.end();
    goUsual();
  }
}

type Life = { count: number; address: Address | null; incarnation: number; isThere: boolean };

class Conductor {
  private readonly rehearsal: Rehearsal;
  private readonly origin = process.hrtime.bigint();
  private readonly script: Script;
  private readonly lives: readonly Life[];
  private readonly lodgings: readonly Lodging[];
  private readonly strikes: Strikes;
  private readonly isReplaced: boolean;
  private readonly houseOf: readonly Lodging[];
  private readonly deeds: Uint8Array[] = [];
  private readonly writer = new TraceWriter((piece) => void this.deeds.push(piece), { by: "conductor" });
  /** When the run began, by everybody's clock; null before. */
  private begunAt: Instant | null = null;
  private closed = 0;
  private broken: string | null = null;

  constructor(rehearsal: Rehearsal) {
    const { scenario, seed, processes } = rehearsal;
    this.rehearsal = rehearsal;
    this.lives = scenario.members.map(() => ({ count: 0, address: null, incarnation: 0, isThere: false }));
    this.script = new Script({
      scenario, seed, views: () => null,
      hands: {
        start: (member, rebirth) => this.start(member, rebirth),
        crash: (member) => this.strikes.crash(member),
        pause: (member) => this.strikes.pause(member),
        resume: (member) => this.strikes.resume(member),
        give: (member, event) => this.give(member, event),
        note: (kind, members) => this.note(kind, members),
        addressFor: (member) => this.lives[member]?.address ?? address(""),
      },
    });
    const opening: Order = { kind: "open", origin: this.origin, folder: rehearsal.folder, config: scenario.config };
    this.isReplaced = this.script.scenario.timeline.some(({ action }) => action.kind === "restart" || action.kind === "join");
    this.lodgings = Array.from({ length: processes }, (_, house) => {
      const members = scenario.members.flatMap((__, member) => (Math.floor((member * processes) / scenario.members.length) === house ? [member] : []));
      const hear = (news: News): void => this.hear(news);
      return processes === 1 ? lodgingHere(members, hear) : lodgingApart(members, opening, this.isReplaced, hear);
    });
    if (processes === 1) this.tellAll(opening);
    this.strikes = strikesOn(this.lodgings, this.script);
    this.houseOf = scenario.members.flatMap((_, member) => this.lodgings.find(({ members }) => members.includes(member)) ?? []);
  }

  async play(): Promise<Uint8Array> {
    await this.prelude();
    this.begin();
    const { scenario: { timeline, duration }, order } = this.script;
    for (const index of order) {
      const { at } = timeline[index] ?? { at: duration };
      if (at >= duration) continue;
      await this.until(at);
      this.happen(index);
    }
    await this.until(duration);
    this.tellAll({ kind: "close" });
    for (const { signals } of this.lodgings) signals?.go();
    const left = this.lodgings.length - (this.isReplaced ? 0 : this.strikes.killed());
    await this.waitFor(() => this.closed >= left, EPILOGUE, "members' recordings were not written");
    this.writer.end();
    return Buffer.concat(this.deeds);
  }

  /** Whatever happened: no process is left. */
  async end(): Promise<void> {
    await Promise.all(this.lodgings.map(({ end }) => end()));
  }

  /** Everybody gets an address; then all start at once, and where the scenario begins warm, each knows all others. */
  private async prelude(): Promise<void> {
    const { scenario } = this.rehearsal;
    const { present } = this.script;
    for (const member of present) this.houseOf[member]?.tell({ kind: "lodge", member });
    await this.waitFor(() => present.every((member) => this.lives[member]?.address != null), PRELUDE, "not all members got a socket");
    if (scenario.start === "warm") this.tellAll({ kind: "know", members: present.map((member) => this.recordOf(member)) });
    this.hinder();
    for (const member of present) this.start(member, undefined);
    await this.waitFor(() => present.every((member) => this.lives[member]?.isThere), PRELUDE, "not all members could be started");
  }

  /** What a member says of itself in its first life. */
  private recordOf(member: number): Member {
    const { config, members } = this.rehearsal.scenario;
    const { meta = bytes("") } = members[member] ?? {};
    return start({ config, id: this.script.idOf(member), address: this.script.addressFor(member), now: ORIGIN, seed: 0, meta, generation: 1 }).self;
  }

  private begin(): void {
    this.begunAt = this.clock();
    this.note(marks.origin, this.script.present.map((member) => this.script.idOf(member)));
    this.script.begin();
  }

  private happen(index: number): void {
    this.script.happen(index, this.moment());
    this.strikes.carryOut();
    const kind = this.script.scenario.timeline[index]?.action.kind;
    if (kind === "partition" || kind === "cut" || kind === "impair" || kind === "heal") this.hinder();
  }

  private start(member: number, rebirth: Rebirth | undefined): void {
    const { scenario } = this.rehearsal;
    const [life, place] = [this.lives[member], scenario.members[member]];
    if (life === undefined || place === undefined) return;
    const { incarnationsPerLife } = scenario.config;
    const generation = life.count === 0 || incarnationsPerLife === 0 ? 1 : Math.floor(life.incarnation / incarnationsPerLife) + 1;
    this.houseOf[member]?.tell({
      kind: "start",
      birth: {
        member, name: place.name, meta: rawOf(place.meta), life: ++life.count, generation,
        bind: life.count === 1 && this.begunAt === null ? null : rebirth?.address === "same" && life.address !== null ? life.address : "127.0.0.1:0",
        incarnation: rebirth?.incarnation === "kept" ? life.incarnation + 1 : null,
        seed: foldText(0, `${this.rehearsal.seed}/member ${member}`) >>> 0,
      },
    });
  }

  private give(member: number, event: Event): void {
    this.houseOf[member]?.tell({ kind: "give", member, event });
  }

  private hinder(): void {
    const addressOf = (other: number): string | undefined => this.lives[other]?.address ?? undefined;
    const hindered = this.lives.map((_, member) => [member, hindrancesOf(this.script, member, addressOf)] as const);
    for (const { members, tell } of this.lodgings) tell({ kind: "hinder", hindrances: hindered.filter(([member]) => members.includes(member)) });
  }

  private hear(news: News): void {
    switch (news.kind) {
      case "started":     return this.started(news);
      case "incarnation": return void ((this.lives[news.member] ?? noLife()).incarnation = news.incarnation);
      case "departed":    return this.departed(news.member);
      case "lodged":      return void ((this.lives[news.member] ?? noLife()).address = address(news.address));
      case "broke":       return void (this.broken ??= `${this.script.idOf(news.member)}: ${news.why}`);
      case "closed":      return void this.closed++;
    }
  }

  private started({ member, address: where, incarnation }: Extract<News, { kind: "started" }>): void {
    const life = this.lives[member] ?? noLife();
    const hasMoved = life.address !== where;
    Object.assign(life, { address: address(where), incarnation, isThere: true });
    if (hasMoved && this.begunAt !== null) this.hinder();
  }

  private departed(member: number): void {
    const { truth } = this.script;
    if (this.begunAt === null || !truth.isPresent(member) || this.closed > 0) return;
    this.note(marks.departed, [this.script.idOf(member)]);
    this.script.depart(member, this.moment());
  }

  private note(kind: string, members: readonly MemberId[]): void {
    this.writer.disrupted(this.clock(), kind, members);
  }

  private tellAll(order: Order): void {
    for (const { tell } of this.lodgings) tell(order);
  }

  private clock(): Instant {
    return instant(Number((process.hrtime.bigint() - this.origin) / 1_000n));
  }

  /** Since the run began. */
  private moment(): Instant {
    return instant(this.clock() - (this.begunAt ?? 0));
  }

  private async until(at: number): Promise<void> {
    const { scenario: { duration }, reach, signal } = this.rehearsal;
    for (let left = at - this.moment(); left > 0; left = at - this.moment()) {
      this.assertWhole();
      reach(this.moment() / duration);
      await pause(Math.min(TELL_EVERY, Math.ceil(left / 1_000)), undefined, { signal });
    }
    this.assertWhole();
  }

  private async waitFor(isThere: () => boolean, atMost: number, otherwise: string): Promise<void> {
    const late = performance.now() + atMost;
    while (!isThere()) {
      this.assertWhole();
      if (performance.now() > late) throw new Stop(exits.bug, `${otherwise} within ${atMost / 1_000} s`);
      await pause(5, undefined, { signal: this.rehearsal.signal });
    }
  }

  private assertWhole(): void {
    if (this.broken !== null) throw new Stop(exits.badData, `the run could not be played for real: ${this.broken}`);
  }
}

const noLife = (): Life => ({ count: 0, address: null, incarnation: 0, isThere: false });
