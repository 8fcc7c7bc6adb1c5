/** Whatever may happen to a member: events in any order, from peers who may be mistaken, late, or lying. */

import fc from "fast-check";
import {
  bytes, digestsOf, exchangeId, incarnation, instant, memberId, milliseconds, presets, seconds, seqNo, viewOf,
  type Answer, type Claim, type Config, type Datagram, type Event, type Member, type PresetName, type PushPull, type Request, type Versions,
} from "../../engine/index.ts";
import { aConfig, aRecord, at } from "../builders.ts";

/** Member `a` is the one under test; it begins by knowing b, c and d. */
const names = ["a", "b", "c", "d", "e", "f"] as const;
const aName = fc.constantFrom(...names);
const aLife = fc.oneof({ weight: 20, arbitrary: fc.nat({ max: 4 }) }, { weight: 1, arbitrary: fc.constantFrom(65_536, 4_294_967_295, 4_294_967_296) });
const aMeta = fc.oneof({ weight: 8, arbitrary: fc.constantFrom("", "x") }, { weight: 1, arbitrary: fc.constantFrom("y".repeat(300), "z".repeat(2_000)) });

const someVersions = fc.oneof<fc.MaybeWeightedArbitrary<Versions>[]>(
  { weight: 20, arbitrary: fc.constant<Versions>([1, 5, 2, 0, 0, 0]) },
  { weight: 1, arbitrary: fc.constantFrom<Versions>([1, 5, 2, 2, 5, 5], [3, 5, 4, 0, 0, 0], [0, 0, 0, 0, 0, 0], [5, 1, 2, 0, 0, 0], [1, 2, 2, 0, 0, 0]) },
);
const anySaying: fc.Arbitrary<Member> = fc.record({ name: aName, life: aLife, meta: aMeta, where: fc.option(aName), versions: someVersions })
  .map(({ name, life, meta, where, versions }) => ({ ...aRecord(name, { life, meta }), address: at(where ?? name), versions }));

const aClaim: fc.Arbitrary<Claim> = fc.oneof(
  anySaying.map((member): Claim => ({ kind: "alive", member })),
  fc.record({ kind: fc.constantFrom("suspect", "dead", "left"), about: aName.map(memberId), incarnation: aLife.map(incarnation), from: aName.map(memberId) }),
);
const aPayload = fc.constantFrom("", "b", "bone", "btwo", "done", "x".repeat(240)).map(bytes);
const carries = { gossip: fc.array(aClaim, { maxLength: 4 }), userMessages: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(aPayload, { maxLength: 2 }) }) };

/** Mostly those that a young member uses, so that answers have their questions. */
const seq = fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 4 }) }, { weight: 1, arbitrary: fc.nat({ max: 12 }) }, { weight: 1, arbitrary: fc.constant(4_294_967_295) }).map(seqNo);
const someone = { target: aName.map(memberId), source: aName.map(memberId), sourceAddress: aName.map(at) };
const aPing = fc.record({ kind: fc.constant("ping" as const), seq, ...carries, ...someone });
const anAck = fc.record({ kind: fc.constant("ack" as const), seq, payload: aPayload, ...carries });
const aDatagram: fc.Arbitrary<Datagram> = fc.oneof(
  aPing,
  anAck,
  fc.record({ kind: fc.constant("nack"), seq, ...carries }),
  fc.record({ kind: fc.constant("ping-req"), seq, targetAddress: aName.map(at), wantsNack: fc.boolean(), ...carries, ...someone }),
  fc.record({ kind: fc.constant("gossip"), ...carries }),
);

const aView = fc.array(fc.tuple(anySaying, fc.constantFrom("alive", "suspect", "dead", "left")), { maxLength: 5 })
  .map((members) => viewOf(members.map(([member, status]) => ({ ...member, status }))));
const aPushPull: fc.Arbitrary<PushPull> = fc.record({ kind: fc.constant("push-pull"), join: fc.boolean(), view: aView, userState: aPayload });
const aPatch = fc.record({ kind: fc.constant("patch" as const), depth: fc.constant(1), parts: fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 6 }), view: aView });
const aRequest: fc.Arbitrary<Request> = fc.oneof(
  { weight: 3, arbitrary: aPushPull },
  { weight: 2, arbitrary: aView.map((view): Request => ({ kind: "compare", depth: 1, digests: digestsOf(view, 1) })) },
  { weight: 1, arbitrary: aPatch },
  { weight: 1, arbitrary: aPing },
  { weight: 1, arbitrary: aPayload.map((payload): Request => ({ kind: "user", payload })) },
);
const anAnswer: fc.Arbitrary<Answer> = fc.oneof({ weight: 2, arbitrary: aPushPull }, { weight: 1, arbitrary: aPatch }, { weight: 1, arbitrary: anAck });

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
  aSurprise(1, fc.constant(null), (now) => ({ kind: "woke-mute", now })),
  aSurprise(1, aName, (now, to) => ({ kind: "undeliverable", now, to: at(to) })),
  aSurprise(2, fc.tuple(aName, aRequest), (now, [from, message]) => ({ kind: "exchange-opened", now, from: at(from), exchange: exchangeId(1), message })),
  aSurprise(2, fc.tuple(aName, anAnswer), (now, [from, message]) => ({ kind: "exchange-answered", now, from: at(from), message })),
  aSurprise(1, fc.tuple(aName, aPayload, fc.constantFrom("datagram" as const, "stream" as const)), (now, [to, payload, over]) =>
    ({ kind: "asked-to-send", now, to: at(to), payload, over })),
  aSurprise(1, fc.tuple(aPayload, fc.constantFrom("", "k"), fc.constantFrom("urgent" as const, "normal" as const, "bulk" as const)), (now, [payload, key, priority]) =>
    ({ kind: "asked-to-broadcast", now, payload, key, priority })),
  aSurprise(1, aName, (now, target) => ({ kind: "asked-to-ping", now, to: at(target), target: memberId(target) })),
  aSurprise(1, fc.tuple(aPayload, aPayload), (now, [toAcks, toViews]) => ({ kind: "asked-to-attach", now, toAcks, toViews })),
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
  precedence: fc.constantFrom("total", "memberlist", "final"),
  incarnationsPerLife: fc.constantFrom(0, 65_536),
  renewal: fc.constantFrom("on", "off"),
  dissemination: fc.constantFrom("piggyback", "multicast"),
  gossipEvery: fc.constantFrom(0, 200).map(milliseconds),
  gossipToDeadFor: fc.constantFrom(0, 2).map(seconds),
  scale: fc.constantFrom("ln", "log10"),
  stagger: fc.constantFrom("random", "none"),
  relays: fc.constantFrom(0, 1, 3),
  nackAfter: fc.constantFrom(0, 400, 500).map(milliseconds),
  streamPing: fc.constantFrom("on", "off"),
  healthMax: fc.constantFrom(0, 2, 8),
  healthStretches: fc.constantFrom("period", "probe"),
  healthPenalty: fc.constantFrom("failure", "missing-nacks"),
  suspicionMaxMult: fc.constantFrom(1, 6),
  confirmations: fc.constantFrom(0, 1, 3),
  buddy: fc.constantFrom("off", "own-pings", "every-ping", "every-answer"),
  errandsLimit: fc.constantFrom(1, 1024),
  claimsLimit: fc.constantFrom(1, 6, 253),
  datagramBudget: fc.constantFrom(300, 1400),
  tellOrder: fc.constantFrom("newest", "longest"),
  hearFirst: fc.constantFrom("news", "answer"),
  broadcastShare: fc.constantFrom(0, 100),
  broadcastRelay: fc.constantFrom("on", "off"),
  suspicionMult: fc.constantFrom(1, 4),
  forgetAfter: fc.constantFrom(2, 3_600).map(seconds),
  forgetWhen: fc.constantFrom("due", "pass-ends"),
  reclaimAfter: fc.constantFrom(0, 1).map(seconds),
  flapLimit: fc.constantFrom(0, 1, 1),
  flapFor: fc.constantFrom(3, 60).map(seconds),
  stallAfter: fc.constantFrom(0, 250).map(milliseconds),
  syncEvery: fc.constantFrom(0, 3).map(seconds),
  correction: fc.constantFrom("on", "off"),
  syncWith: fc.constantFrom("whole", "difference"),
  strangers: fc.constantFrom("adopt", "ignore"),
  versionCheck: fc.constantFrom("on", "off"),
  joinAgainAfter: fc.constantFrom(0, 5).map(seconds),
  newcomerTells: fc.constantFrom("on", "off"),
  reconnectEvery: fc.constantFrom(0, 2).map(seconds),
  roundTrips: fc.constantFrom("announced", "silent"),
}).map(aConfig);

/** The configurations that have a name. */
export const aPreset: fc.Arbitrary<Config> = fc.constantFrom(...(Object.keys(presets) as PresetName[])).map((name) => presets[name]);
