/** Whatever may happen to a member: events in any order, from peers who may be mistaken, late, or lying. */

import fc from "fast-check";
import {
  bytes, exchangeId, incarnation, instant, memberId, seconds, seqNo, viewOf,
  type Claim, type Config, type Datagram, type Event, type Member, type PushPull,
} from "../../engine/index.ts";
import { aConfig, aRecord, at } from "../builders.ts";

/** Member `a` is the one under test; it begins by knowing b, c and d. */
const names = ["a", "b", "c", "d", "e", "f"] as const;
const aName = fc.constantFrom(...names);
const aLife = fc.oneof({ weight: 20, arbitrary: fc.nat({ max: 4 }) }, { weight: 1, arbitrary: fc.constantFrom(4_294_967_295, 4_294_967_296) });
const aMeta = fc.oneof({ weight: 8, arbitrary: fc.constantFrom("", "x") }, { weight: 1, arbitrary: fc.constantFrom("y".repeat(300), "z".repeat(2_000)) });

const anySaying: fc.Arbitrary<Member> = fc.record({ name: aName, life: aLife, meta: aMeta, where: fc.option(aName) })
  .map(({ name, life, meta, where }) => ({ ...aRecord(name, { life, meta }), address: at(where ?? name) }));

const aClaim: fc.Arbitrary<Claim> = fc.oneof(
  anySaying.map((member): Claim => ({ kind: "alive", member })),
  fc.record({ kind: fc.constantFrom("suspect", "dead", "left"), about: aName.map(memberId), incarnation: aLife.map(incarnation), from: aName.map(memberId) }),
);
const gossip = fc.array(aClaim, { maxLength: 4 });

const seq = fc.oneof(fc.nat({ max: 12 }), fc.constant(4_294_967_295)).map(seqNo);
const someone = { target: aName.map(memberId), source: aName.map(memberId), sourceAddress: aName.map(at) };
const aDatagram: fc.Arbitrary<Datagram> = fc.oneof(
  fc.record({ kind: fc.constant("ping"), seq, gossip, ...someone }),
  fc.record({ kind: fc.constant("ack"), seq, gossip }),
  fc.record({ kind: fc.constant("nack"), seq, gossip }),
  fc.record({ kind: fc.constant("ping-req"), seq, gossip, targetAddress: aName.map(at), wantsNack: fc.boolean(), ...someone }),
  fc.record({ kind: fc.constant("gossip"), gossip }),
);

const aPushPull: fc.Arbitrary<PushPull> = fc
  .record({ join: fc.boolean(), members: fc.array(fc.tuple(anySaying, fc.constantFrom("alive", "suspect", "dead", "left")), { maxLength: 5 }) })
  .map(({ join, members }) => ({ kind: "push-pull", join, view: viewOf(members.map(([member, status]) => ({ ...member, status }))) }));

/** Something that happens so many microseconds after what happened before. */
export type Surprise = { readonly wait: number; readonly what: (now: Event["now"]) => Event };

const aWait = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 700_000 }) }, { weight: 1, arbitrary: fc.nat({ max: 8_000_000 }) }, { weight: 1, arbitrary: fc.constant(0) },
);
const aSurprise = <T>(weight: number, of: fc.Arbitrary<T>, what: (now: Event["now"], of: T) => Event): fc.WeightedArbitrary<Surprise> =>
  ({ weight, arbitrary: fc.tuple(aWait, of).map(([wait, drawn]) => ({ wait, what: (now) => what(now, drawn) })) });

const surprises = fc.array(fc.oneof(
  aSurprise(6, fc.tuple(aName, aDatagram), (now, [from, message]) => ({ kind: "received", now, from: at(from), message })),
  aSurprise(8, fc.constant(null), (now) => ({ kind: "woke", now })),
  aSurprise(1, fc.tuple(aName, aPushPull), (now, [from, message]) => ({ kind: "exchange-opened", now, from: at(from), exchange: exchangeId(1), message })),
  aSurprise(1, fc.tuple(aName, aPushPull), (now, [from, message]) => ({ kind: "exchange-answered", now, from: at(from), message })),
  aSurprise(1, fc.array(aName, { maxLength: 3 }), (now, seeds) => ({ kind: "asked-to-join", now, seeds: seeds.map(at) })),
  aSurprise(1, aMeta, (now, meta) => ({ kind: "asked-to-update", now, meta: bytes(meta) })),
  { weight: 1, arbitrary: fc.record({ wait: aWait, what: fc.constant((now: Event["now"]): Event => ({ kind: "asked-to-leave", now })) }) },
), { minLength: 1, maxLength: 60 });

/** A story: what happens to a member, in order of time. */
export const someEvents: fc.Arbitrary<readonly Event[]> = surprises.map((story) => {
  let now = 0;
  return story.map(({ wait, what }) => what(instant(now += wait)));
});

/** Configurations that bring out every branch: deadlines that come soon, limits that are soon reached. */
export const anyConfig: fc.Arbitrary<Config> = fc.record({
  suspicion: fc.constantFrom("on", "off"),
  death: fc.constantFrom("by-incarnation", "final"),
  dissemination: fc.constantFrom("piggyback", "multicast"),
  scale: fc.constantFrom("ln", "log10"),
  stagger: fc.constantFrom("random", "none"),
  relays: fc.constantFrom(0, 1, 3),
  errandsLimit: fc.constantFrom(1, 1024),
  claimsLimit: fc.constantFrom(1, 6, 254),
  datagramBudget: fc.constantFrom(250, 1400),
  suspicionMult: fc.constantFrom(1, 4),
  forgetAfter: fc.constantFrom(2, 3_600).map(seconds),
  syncEvery: fc.constantFrom(0, 3).map(seconds),
  reconnectEvery: fc.constantFrom(0, 2).map(seconds),
}).map(aConfig);
