/** Small operations that are done millions of times, each under a name: `measure-micro.ts` times them. Each prepares its input, and returns the work. */

import {
  type Accusation, bytes, type Claim, decode, differencesWithin, digestsOf, encode, type Event, exchangeId, find, firstRank, incarnation, instant, livingAt, type Member, memberId, nextLiving,
  nextWake, NEVER, noGossip, noRumours, noUserMessages, type Ping, presets, put, type Rumours, seconds, seqNo, spread, start, startWalk, type State, step, tell, type View, viewOf,
} from "../engine/index.ts";
import { depthFor } from "../engine/rules/anti-entropy.ts";
import { addressOf } from "../sim/world/address.ts";
import { Queue } from "../sim/world/queue.ts";

/** Repeats the operation, and returns something that depends on all of it, so that no compiler removes it. */
export type Work = (times: number) => number;

export type Micro = {
  readonly name: string;
  /** Nanoseconds per operation, where the calibration loop takes `CALIBRATION` milliseconds: about twice the measured value, because such small times vary by half. */
  readonly budget: number;
  readonly make: () => Work;
};

const GROUP = 1024;
const nameOf = (member: number): Member["id"] => memberId(`m${member}`);

const recordOf = (member: number): Member => ({
  id: nameOf(member), address: addressOf(member), meta: bytes(""), versions: VERSIONS, incarnation: incarnation(1), status: "alive",
});
const VERSIONS: Member["versions"] = [1, 5, 2, 0, 0, 0];

const groupOf = (members: number): View => viewOf(Array.from({ length: members }, (_, member) => recordOf(member)));

const suspectOf = (member: number): Accusation => ({ kind: "suspect", about: nameOf(member), incarnation: incarnation(1), from: nameOf(0) });

const settled = (members = GROUP): State => start({ config: presets.swimlab, id: nameOf(0), address: addressOf(0), now: instant(0), seed: 1, view: groupOf(members) });

const pingOf = (gossip: readonly Claim[]): Ping =>
  ({ kind: "ping", seq: seqNo(7), target: nameOf(0), source: nameOf(1), sourceAddress: addressOf(1), gossip, userMessages: noUserMessages });

/** The same step repeatedly: states are immutable. */
const stepping = (state: State, event: Event): Work => (times) => {
  let effects = 0;
  for (let time = 0; time < times; time++) effects += step(state, event)[1].length;
  return effects;
};

const received = (message: Extract<Event, { kind: "received" }>["message"]): Event => ({ kind: "received", now: instant(500_000), from: addressOf(1), message });

const someClaims = Array.from({ length: 10 }, (_, k) => suspectOf(k + 10));
const copies = someClaims.map((claim) => ({ ...claim }));

function informed(): State {
  return step(settled(), received({ kind: "gossip", gossip: someClaims, userMessages: noUserMessages }))[0];
}

/** A member that suspects one other, with no earlier deadline. */
function suspecting(): State {
  const state = start({ config: { ...presets.swimlab, periodEvery: seconds(1_000), gossipEvery: seconds(1_000), syncEvery: seconds(0), reconnectEvery: seconds(0) }, id: nameOf(0), address: addressOf(0), now: instant(0), seed: 1, view: groupOf(GROUP) });
  return step(state, received({ kind: "gossip", gossip: [suspectOf(5)], userMessages: noUserMessages }))[0];
}

function probing(): State {
  const state = settled();
  return step(state, { kind: "woke", now: nextWake(state) })[0];
}

const steps: readonly Micro[] = [
  { name: "step: a period ends, a probe begins", budget: 340, make: () => { const state = settled(); return stepping(state, { kind: "woke", now: nextWake(state) }); } },
  { name: "step: a ping comes in", budget: 67, make: () => stepping(settled(), received(pingOf(noGossip))) },
  { name: "step: the ack comes in", budget: 48, make: () => { const state = probing(); return stepping(state, received({ kind: "ack", seq: state.seq, payload: bytes(""), gossip: noGossip, userMessages: noUserMessages })); } },
  { name: "step: ten claims come in, all known", budget: 2_100, make: () => stepping(informed(), received({ kind: "gossip", gossip: copies, userMessages: noUserMessages })) },
  { name: "step: ten claims are told to three others", budget: 650, make: () => { const state = informed(); return stepping(state, { kind: "woke", now: state.gossip.at }); } },
  { name: "step: a ping for another is asked for", budget: 300, make: () => stepping(settled(), received({ ...pingOf(noGossip), kind: "ping-req", target: nameOf(9), targetAddress: addressOf(9), wantsNack: true })) },
  { name: "step: a suspicion ends, and was not refuted", budget: 3_300, make: () => { const state = suspecting(); return stepping(state, { kind: "woke", now: firstRank(state.suspicions, NEVER) as Event["now"] }); } },
  { name: "step: a suspicion comes in, and is news", budget: 2_660, make: () => stepping(settled(), received({ kind: "gossip", gossip: [suspectOf(5)], userMessages: noUserMessages })) },
];

/** What a member gets on a stream. */
const opened = (message: Extract<Event, { kind: "exchange-opened" }>["message"]): Event => ({ kind: "exchange-opened", now: instant(500_000), from: addressOf(1), exchange: exchangeId(1), message });
const compared = (view: View): Event => opened({ kind: "compare", depth: depthFor(view.size), digests: digestsOf(view, depthFor(view.size)) });

const exchangeSizes = [
  { members: 1_000, equal: 190, other: 660, part: 5_100, met: 172_000 },
  { members: 10_000, equal: 4_500, other: 24_300, part: 9_200, met: 2_060_000 },
  { members: 100_000, equal: 4_500, other: 21_000, part: 12_500, met: null },
] as const;

/** Whole views and parts of them: extra cost here is paid many times in a storm (docs/scale.md). */
const exchanges: readonly Micro[] = exchangeSizes.flatMap(({ members, equal, other, part, met }): readonly Micro[] => [
  { name: `a group of ${members}: a comparison comes in, and all agree`, budget: equal, make: () => { const state = settled(members); return stepping(state, compared(state.view)); } },
  { name: `a group of ${members}: a comparison comes in, and one differs`, budget: other, make: () => { const state = settled(members); return stepping(state, compared(put(state.view, { ...recordOf(7), incarnation: incarnation(2) }))); } },
  {
    name: `a group of ${members}: ten records are looked up`, budget: part, make: () => {
      const [view, ten] = [groupOf(members), viewOf(Array.from({ length: 10 }, (_, k): Member => ({ ...recordOf(k * 97), incarnation: incarnation(2) })))];
      return (times) => { let found = 0; for (let time = 0; time < times; time++) found += differencesWithin(view, ten).length; return found; };
    },
  },
  // With a hundred thousand members this takes a tenth of a second, and cannot be repeated often enough for a figure.
  ...(met === null ? [] : [{ name: `a group of ${members}: a newcomer meets it`, budget: met, make: () => stepping(newcomer(), { kind: "exchange-answered", now: instant(500_000), from: addressOf(1), message: { kind: "push-pull", join: true, view: groupOf(members), userState: bytes("") } }) }]),
]);

/** It has asked a seed to let it in. */
function newcomer(): State {
  const alone = start({ config: presets.swimlab, id: memberId("new"), address: addressOf(2_000_000), now: instant(0), seed: 1 });
  return step(alone, { kind: "asked-to-join", now: instant(0), seeds: [addressOf(1)] })[0];
}

/** Records of a thousand members, or more, several of each: so many that no recently created leaf is reused. */
const RECORDS = 8_000;

/** No logarithmic scale: large views are limited by memory access. */
const viewSizes = [
  { members: 1_000, budgets: { find: 75, put: 1_100, next: 320, byNumber: 107 } },
  { members: 10_000, budgets: { find: 126, put: 3_000, next: 740, byNumber: 480 } },
  { members: 100_000, budgets: { find: 395, put: 5_700, next: 1_400, byNumber: 2_300 } },
  { members: 1_000_000, budgets: { find: 2_400, put: 11_000, next: 1_770, byNumber: 4_300 } },
] as const;

const views: readonly Micro[] = viewSizes.flatMap(({ members, budgets }): readonly Micro[] => [
  {
    name: `view of ${members}: find`, budget: budgets.find, make: () => {
      const [view, ids] = [groupOf(members), Array.from({ length: 1_000 }, (_, k) => nameOf((k * 7_919) % members))];
      return (times) => { let found = 0; for (let time = 0; time < times; time++) found += find(view, ids[time % 1_000]!)!.incarnation; return found; };
    },
  },
  {
    name: `view of ${members}: put`, budget: budgets.put, make: () => {
      const [view, records] = [groupOf(members), Array.from({ length: RECORDS }, (_, k): Member => ({ ...recordOf((k * 7_919) % members), status: "suspect", incarnation: incarnation(Math.floor(k / 1_000)) }))];
      return (times) => { let size = 0; for (let time = 0; time < times; time++) size += put(view, records[time % RECORDS]!).size; return size; };
    },
  },
  {
    name: `view of ${members}: the next of a pass`, budget: budgets.next, make: () => {
      const view = groupOf(members);
      let walk = startWalk(1);
      return (times) => { let seen = 0; for (let time = 0; time < times; time++) { const [member, next] = nextLiving(view, walk); walk = member === undefined ? startWalk(time) : next; seen++; } return seen; };
    },
  },
  {
    name: `view of ${members}: one of the living, by number`, budget: budgets.byNumber, make: () => {
      const view = groupOf(members);
      return (times) => { let sum = 0; for (let time = 0; time < times; time++) sum += livingAt(view, (time * 7_919) % members).incarnation; return sum; };
    },
  },
]);

const codec: readonly Micro[] = [
  { name: "encode a ping with ten claims", budget: 2_150, make: () => { const ping = pingOf(someClaims); return (times) => { let size = 0; for (let time = 0; time < times; time++) size += encode(ping).length; return size; }; } },
  { name: "decode a ping with ten claims", budget: 2_900, make: () => { const wire = encode(pingOf(someClaims)); return (times) => { let good = 0; for (let time = 0; time < times; time++) good += decode(wire).ok ? 1 : 0; return good; }; } },
];

/** A list of this many waiting rumours: the work hears another, or tells a datagram's worth. */
const waiting = (rumours: number): Rumours => Array.from({ length: rumours }, (_, k) => suspectOf(k + 10)).reduce((all, claim) => spread(all, claim, "longest"), noRumours);

/** All ten fit into one datagram, so the waiting list itself is sent. */
const rumoursWaiting = [
  { rumours: 10, spreads: 205, tells: 9 },
  { rumours: 100, spreads: 550, tells: 576 },
  { rumours: 1_000, spreads: 1_410, tells: 650 },
  { rumours: 10_000, spreads: 4_200, tells: 2_500 },
] as const;

const queues: readonly Micro[] = [
  ...rumoursWaiting.flatMap(({ rumours, spreads, tells }): readonly Micro[] => [
    { name: `${rumours} rumours wait: one more`, budget: spreads, make: () => { const all = waiting(rumours); const claim = suspectOf(1); return (times) => { let size = 0; for (let time = 0; time < times; time++) size += spread(all, claim, "longest").length; return size; }; } },
    { name: `${rumours} rumours wait: a datagram of them is told`, budget: tells, make: () => { const all = waiting(rumours); return (times) => { let told = 0; for (let time = 0; time < times; time++) told += tell(all, "longest", 1_360, 100, 254).items.length; return told; }; } },
  ]),
  ...[1_000, 100_000].map((happenings): Micro => ({
    name: `${happenings} happenings wait: one happens, one is added`, budget: happenings === 1_000 ? 78 : 216, make: () => {
      const queue = new Queue();
      let dice = 1;
      const throwDice = (): number => (dice = (Math.imul(dice, 1_103_515_245) + 12_345) >>> 0) % 1_000_000;
      for (let k = 0; k < happenings; k++) queue.push(instant(throwDice()), k);
      return (times) => { let sum = 0; for (let time = 0; time < times; time++) { const at = queue.firstAt; sum += queue.pop(); queue.push(instant(at + throwDice()), time); } return sum; };
    },
  })),
];

export const micros: readonly Micro[] = [...steps, ...exchanges, ...views, ...codec, ...queues];
