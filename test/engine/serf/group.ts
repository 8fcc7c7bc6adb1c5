/** A few members with Serf's layer over the engine, and a driver for each as the README of `engine/serf` describes it. Everything takes a millisecond. */

import {
  bytes, exchangeId, instant, memberId, nextSerfWake, nextWake, presets, serfStep, start, startSerf, step, NEVER,
  type Address, type Effect, type Event, type ExchangeId, type Instant, type SerfInput, type SerfOutput, type SerfState, type State,
} from "../../../engine/index.ts";
import { at, ms } from "../../builders.ts";
import { texts } from "./builders.ts";

type Post = { readonly at: Instant; readonly to: Address; readonly event: Event };
type Driven = { state: State; serf: SerfState; readonly heard: string[] };

/** They begin alone at the origin. */
export type Group = { now: Instant; readonly members: Map<Address, Driven>; posts: readonly Post[]; readonly callers: Map<ExchangeId, Address> };

export function aGroup(...names: readonly string[]): Group {
  const group: Group = { now: ms(0), members: new Map(), posts: [], callers: new Map() };
  names.forEach((name, seed) => {
    const state = start({ config: presets.serf, id: memberId(name), address: at(name), now: ms(0), seed, versions: [1, 5, 2, 2, 5, 5] });
    group.members.set(at(name), { state, serf: startSerf({ self: state.self, now: ms(0) }), heard: [] });
  });
  return group;
}

/** What the application of a member has heard since we last asked. */
export function heardBy(group: Group, name: string): readonly string[] {
  return group.members.get(at(name))?.heard.splice(0) ?? [];
}

export const serfOf = (group: Group, name: string): SerfState | undefined => group.members.get(at(name))?.serf;

/** It is gone without a word. */
export const crash = (group: Group, name: string): void => void group.members.delete(at(name));

/** Its application asks for something. */
export function ask(group: Group, name: string, what: (now: Instant) => SerfInput): void {
  tell(group, at(name), what(group.now));
}
export function join(group: Group, name: string, seed: string, oldEvents: "heard" | "ignored" = "heard"): void {
  ask(group, name, (now) => ({ kind: "asked-to-join", now, oldEvents }));
  happen(group, at(name), { kind: "asked-to-join", now: group.now, seeds: [at(seed)] });
}

/** Lets so many seconds pass. */
export function pass(group: Group, length: number): void {
  const end = ms(group.now / 1_000 + length * 1_000);
  for (;;) {
    const alarms = [...group.members].map(([where, { state, serf }]) => ({ where, at: instant(Math.min(nextWake(state), nextSerfWake(serf))) }));
    const alarm = alarms.reduce((one, other) => (other.at < one.at ? other : one), { where: at("z"), at: NEVER });
    const post = group.posts.reduce<Post | undefined>((one, other) => (one !== undefined && one.at <= other.at ? one : other), undefined);
    if (Math.min(alarm.at, post?.at ?? NEVER) > end) break;
    if (post !== undefined && post.at <= alarm.at) {
      group.posts = group.posts.filter((other) => other !== post);
      group.now = post.at;
      happen(group, post.to, post.event);
    } else {
      group.now = alarm.at;
      wake(group, alarm.where);
    }
  }
  group.now = end;
}

function wake(group: Group, where: Address): void {
  happen(group, where, { kind: "woke", now: group.now });
  tell(group, where, { kind: "woke", now: group.now });
}

function happen(group: Group, where: Address, event: Event): void {
  const driven = group.members.get(where);
  if (driven === undefined) return;
  const [state, effects] = step(driven.state, event);
  driven.state = state;
  for (const effect of effects) carryOut(group, where, effect);
}

function tell(group: Group, where: Address, input: SerfInput): void {
  const driven = group.members.get(where);
  if (driven === undefined) return;
  const [serf, outputs] = serfStep(driven.serf, input);
  driven.serf = serf;
  driven.heard.push(...texts(outputs.filter(({ kind }) => kind === "announce")));
  for (const output of outputs) carryOutOf(group, where, output);
}

function carryOut(group: Group, where: Address, effect: Effect): void {
  const now = ms(group.now / 1_000 + 1);
  const post = (to: Address, event: Event): void => void (group.posts = [...group.posts, { at: now, to, event }]);
  switch (effect.kind) {
    case "send":
      return post(effect.to, { kind: "received", now, from: where, message: effect.message });
    case "exchange": {
      const exchange = exchangeId(group.callers.size);
      group.callers.set(exchange, where);
      return post(effect.with, { kind: "exchange-opened", now, from: where, exchange, message: effect.message });
    }
    case "answer":
      return post(group.callers.get(effect.exchange) ?? where, { kind: "exchange-answered", now, from: where, message: effect.message });
    case "announce":
      return tell(group, where, { kind: "announced", now: group.now, change: effect.change });
  }
}

function carryOutOf(group: Group, where: Address, output: SerfOutput): void {
  const now = group.now;
  switch (output.kind) {
    case "broadcast":
      return happen(group, where, { kind: "asked-to-broadcast", now, payload: output.payload, key: "", priority: output.priority });
    case "attach":
      return happen(group, where, { kind: "asked-to-attach", now, toAcks: bytes(""), toViews: output.userState });
    case "send":
      return happen(group, where, { kind: "asked-to-send", now, to: output.to, payload: output.payload, over: "datagram" });
    case "leave":
      return happen(group, where, { kind: "asked-to-leave", now });
    case "announce":
      return;
  }
}
