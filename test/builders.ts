/** Builders: members, claims, messages, events and small worlds, in few words. No test has other helpers that it shares with another folder. */

import {
  address, bytes, exchangeId, find, incarnation, instant, memberId, micros, milliseconds, NEVER, noUserMessages, presets, seconds, seqNo, sizeOfMessage, start, step, viewOf,
  type Accusation, type Ack, type Address, type AliveClaim, type Answer, type Change, type Claim, type Config, type Datagram, type Effect, type Event, type Instant,
  type Member, type MemberId, type Nack, type Ping, type PingReq, type PushPull, type Request, type State, type Status, type Step,
} from "../engine/index.ts";
import { noRumours } from "../engine/rules/dissemination.ts";
import type { Action, Disruption, Filter, Latency, Place, Scenario } from "../sim/scenario/model.ts";

/** A moment, in milliseconds since the origin: tests speak in no other unit. */
export const ms = (point: number): Instant => instant(point * 1000);

/** Member `a` listens at 10.0.0.1, `b` at 10.0.0.2; `m7` at 10.1.0.7. */
export function at(name: string): Address {
  const number = Number(name.slice(1));
  return address(name.length === 1 ? `10.0.0.${name.charCodeAt(0) - 96}:7946` : `10.1.${number >> 8}.${number & 255}:7946`);
}

/**
 * SWIM with suspicion, and nothing besides that a test did not ask for: no health, no nacks, no confirmations, no gossip between probes, no exchanges of
 * views; every first period begins at the origin.
 */
export const aConfig = (changes: Partial<Config> = {}): Config => ({ ...plain, ...changes });

const plain: Config = {
  ...presets.swimlab, stagger: "none", nackAfter: seconds(0), streamPing: "off", healthMax: 0, suspicionMaxMult: 1, confirmations: 0, buddy: "off", incarnationsPerLife: 0,
  gossipEvery: seconds(0), syncEvery: seconds(0), syncScale: "constant", correction: "off", syncWith: "whole", reconnectEvery: seconds(0), reclaimAfter: seconds(0), stallAfter: seconds(0),
};

type Traits = { readonly status?: Status; readonly life?: number; readonly meta?: string };

export function aRecord(name: string, { status = "alive", life = 1, meta = "" }: Traits = {}): Member {
  return { id: memberId(name), address: at(name), meta: bytes(meta), versions: [1, 5, 2, 0, 0, 0], incarnation: incarnation(life), status };
}

/** `aClaim("b", "suspect@2")`: suspect, dead and left in the words of `from`, alive in the member's own. */
export function aClaim(about: string, standing: string, from = about): Claim {
  const [kind, life] = standing.split("@");
  if (kind === "alive") return alive(about, Number(life));
  if (kind === "suspect" || kind === "dead" || kind === "left") return accusation(kind, about, from, Number(life));
  throw new RangeError(`no claim: ${standing}`);
}

export const alive = (about: string, life = 1, meta = ""): AliveClaim => ({ kind: "alive", member: aRecord(about, { life, meta }) });
export const suspect = (about: string, from: string, life = 1): Accusation => accusation("suspect", about, from, life);
export const dead = (about: string, from: string, life = 1): Accusation => accusation("dead", about, from, life);
export const left = (about: string, life = 1): Accusation => accusation("left", about, about, life);

const accusation = (kind: Accusation["kind"], about: string, from: string, life: number): Accusation =>
  ({ kind, about: memberId(about), incarnation: incarnation(life), from: memberId(from) });

export type Circumstances = {
  /** Whom it knows, alive. */
  readonly knows?: readonly string[];
  /** Whom it suspects since the origin, holds dead, or holds departed; all this was told already. */
  readonly suspects?: readonly string[];
  readonly mourns?: readonly string[];
  readonly misses?: readonly string[];
  readonly config?: Partial<Config>;
  readonly life?: number;
  readonly meta?: string;
  readonly seed?: number;
};

/** A member born at the origin; its first period ends at 1000 ms. */
export function aMember(name: string, circumstances: Circumstances = {}): State {
  const { knows = [], suspects = [], mourns = [], misses = [], config = {}, life = 1, meta = "", seed = 1 } = circumstances;
  const others = [...knows, ...suspects, ...mourns, ...misses].map((other) => aRecord(other));
  const born = start({
    config: aConfig(config), id: memberId(name), address: at(name), now: ms(0), seed, meta: bytes(meta), incarnation: life, view: viewOf(others),
  });
  const news = [...suspects.map((other) => suspect(other, "z")), ...mourns.map((other) => dead(other, "z")), ...misses.map((other) => left(other))];
  const taught = stateAfter(born, hears(0, ...news));
  return { ...taught, rumours: noRumours, gossip: { ...taught.gossip, at: NEVER } };
}

export const ping = (from: string, to: string, seq = 1, ...gossip: readonly Claim[]): Ping =>
  ({ kind: "ping", seq: seqNo(seq), target: memberId(to), source: memberId(from), sourceAddress: at(from), gossip, userMessages: noUserMessages });
export const ack = (seq = 1, ...gossip: readonly Claim[]): Ack => ({ kind: "ack", seq: seqNo(seq), payload: bytes(""), gossip, userMessages: noUserMessages });
export const nack = (seq = 1, ...gossip: readonly Claim[]): Nack => ({ kind: "nack", seq: seqNo(seq), gossip, userMessages: noUserMessages });
export const pingReq = (from: string, about: string, seq = 1, wantsNack = false): PingReq => ({
  kind: "ping-req", seq: seqNo(seq), target: memberId(about), targetAddress: at(about), source: memberId(from), sourceAddress: at(from), wantsNack, gossip: [], userMessages: noUserMessages,
});
export const pushPull = (join: boolean, ...records: readonly Member[]): PushPull => ({ kind: "push-pull", join, view: viewOf(records), userState: bytes("") });

export const woke = (now: number): Event => ({ kind: "woke", now: ms(now) });
/** Where a datagram comes from decides nothing in the engine, so these all come from one place. */
export const received = (now: number, message: Datagram): Event => ({ kind: "received", now: ms(now), from: at("y"), message });
export const hears = (now: number, ...gossip: readonly Claim[]): Event => received(now, { kind: "gossip", gossip, userMessages: noUserMessages });
/** A stream that a peer opened to us, and what came back on one of ours. */
export const opened = (now: number, message: Request): Event => ({ kind: "exchange-opened", now: ms(now), from: at("y"), exchange: exchangeId(5), message });
export const answered = (now: number, message: Answer): Event => ({ kind: "exchange-answered", now: ms(now), from: at("y"), message });

/** What becomes of a member to whom these things happen in turn, and what it wants done in the end. */
export function after(state: State, ...events: readonly Event[]): Step {
  let last: Step = [state, []];
  for (const event of events) last = step(last[0], event);
  return last;
}
export const stateAfter = (state: State, ...events: readonly Event[]): State => after(state, ...events)[0];
/** What it wants done upon the last of these. */
export const effectsAfter = (state: State, ...events: readonly Event[]): readonly Effect[] => after(state, ...events)[1];
/** What it announces upon the last of these: `"suspected b@1"`. */
export const newsAfter = (state: State, ...events: readonly Event[]): readonly string[] => news(effectsAfter(state, ...events));

export const news = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === "announce" ? [changeText(effect.change)] : []));
function changeText(change: Change): string {
  if ("member" in change) return `${change.kind} ${change.member.id}@${change.member.incarnation}`;
  return "target" in change ? `${change.kind} ${change.target}` : change.kind;
}

export const send = (to: string, message: Datagram): Effect => ({ kind: "send", to: at(to), message, size: sizeOfMessage(message) });
/** The datagrams among these, as "ping -> b". */
export const sendings = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === "send" ? [`${effect.message.kind} -> ${effect.to}`] : []));

export const idsOf = (members: readonly Member[]): readonly MemberId[] => members.map(({ id }) => id);
/** What a member holds of another: `"suspect@1"`, or undefined. */
export function heldBy(state: State, name: string): string | undefined {
  const held = find(state.view, memberId(name));
  return held === undefined ? undefined : `${held.status}@${held.incarnation}`;
}

export type Setting = {
  readonly members: number | readonly string[];
  /** Members who are not there at the origin. */
  readonly absent?: readonly string[];
  readonly config?: Partial<Config>;
  readonly lasts: number;
  readonly seed?: string;
  readonly start?: Scenario["start"];
  readonly latency?: Latency;
  readonly loss?: number;
  readonly timeline?: readonly Disruption[];
};

/** A world of members `m0`, `m1`, …, or of these names. It lasts so many seconds; every packet takes a millisecond, unless said otherwise. */
export function aScenario(setting: Setting): Scenario {
  const { members, absent = [], config = {}, lasts, seed = "1", start = "warm", latency, loss = 0, timeline = [] } = setting;
  const names = typeof members === "number" ? Array.from({ length: members }, (_, number) => `m${number}`) : members;
  const places = names.map((name, number): Place => ({ name, tags: {}, meta: bytes(""), present: !absent.includes(name), seed: number === 0 }));
  return {
    name: "a test", about: "", seed, runs: 1, duration: seconds(lasts), start, members: places, preset: "swimlab", config: { ...presets.swimlab, ...config },
    network: {
      link: { latency: latency ?? { kind: "constant", of: milliseconds(1) }, loss, duplicate: 0 }, links: [],
      streamDeadline: seconds(10), retransmitAfter: milliseconds(200), catchUp: micros(0),
    },
    timeline, expectations: [],
  };
}

/** Something that happens so many seconds after the origin. */
export const atSecond = (second: number, action: Action): Disruption => ({ at: instant(second * 1_000_000), entry: 0, action });
export const named = (...names: readonly string[]): Filter => ({ kind: "names", names });
export const uniform = (min: number, max: number): Latency => ({ kind: "uniform", min: micros(min * 1000), max: micros(max * 1000) });
