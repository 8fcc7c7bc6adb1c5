/** Conformance vectors: what a member holds, what happens to it, and what it must then do. Written for other implementations; made by the engine, and held against it. */

import { membersOf, presets, type Claim, type Config, type Effect, type Event, type State } from "../../engine/index.ts";
import { aClaim, ack, aMember, aRecord, after, hears, nack, opened, ping, pingReq, pushPull, received, woke, type Circumstances } from "../builders.ts";

export type Record = { readonly id: string; readonly address: string; readonly status: string; readonly incarnation: number };

/** Times in microseconds from the member's birth. */
export type Vector = {
  readonly name: string;
  /** Where it is said. */
  readonly source: string;
  /** What differs from the configuration of all vectors. */
  readonly config: Partial<Config>;
  /** What the member holds; its first period ends after one period, and all it was told has been told. */
  readonly state: { readonly self: Record; readonly members: readonly Record[] };
  /** What happens to it, in order; the last is what is asked about. */
  readonly events: readonly Event[];
  /** What it wants done upon the last, in order, and what it holds then. */
  readonly expect: { readonly effects: readonly Effect[]; readonly members: readonly Record[] };
};

type Question = { readonly name: string; readonly source: string; readonly circumstances: Circumstances; readonly events: readonly Event[] };

const statuses = ["alive", "suspect", "dead", "left"] as const;
const orders = ["total", "memberlist", "final"] as const;
const held = { alive: { knows: ["b"] }, suspect: { suspects: ["b"] }, dead: { mourns: ["b"] }, left: { misses: ["b"] } } as const;

/** Who overrules whom, one claim after another, in each order of claims. */
const precedence: readonly Question[] = orders.flatMap((order) => statuses.flatMap((was) => statuses.flatMap((says) => [0, 1, 2].map((life): Question => ({
  name: `${order}: ${says}@${life} heard of one held ${was}@1`,
  source: "SWIM §4.2; docs/decisions/0002",
  circumstances: { ...held[was], config: { precedence: order } },
  events: [hears(10, aClaim("b", `${says}@${life}`, "z"))],
})))));

const speaking = (...claims: readonly Claim[]): Event => hears(10, ...claims);

const exchanges: readonly Question[] = [
  { name: "a ping is answered with its seq", source: "SWIM §3.1", circumstances: { knows: ["b"] }, events: [received(10, ping("b", "a", 7))] },
  { name: "a ping for somebody else is not", source: "memberlist rule 22", circumstances: { knows: ["b"] }, events: [received(10, ping("b", "x", 7))] },
  { name: "a period begins with a ping", source: "SWIM §3.1", circumstances: { knows: ["b"] }, events: [woke(1000)] },
  { name: "without an answer, a relay is asked", source: "SWIM §3.1", circumstances: { knows: ["b", "c"], config: { relays: 1 } }, events: [woke(1000), woke(1500)] },
  { name: "an ack ends the probe", source: "SWIM §3.1", circumstances: { knows: ["b"] }, events: [woke(1000), received(1100, ack(1))] },
  { name: "an ack with another seq does not", source: "SWIM §3.1", circumstances: { knows: ["b"] }, events: [woke(1000), received(1100, ack(9))] },
  { name: "a probe that failed raises a suspicion", source: "SWIM §4.2", circumstances: { knows: ["b"] }, events: [woke(1000), woke(1500), woke(2000)] },
  { name: "where there is no suspicion, it kills", source: "SWIM §3.1", circumstances: { knows: ["b"], config: { suspicion: "off" } }, events: [woke(1000), woke(1500), woke(2000)] },
  { name: "a suspicion that nobody refutes ends in a death", source: "SWIM §4.2", circumstances: { suspects: ["b"], config: { suspicionMult: 1 } }, events: [woke(1000)] },
  { name: "a suspicion of oneself is refuted", source: "SWIM §4.2", circumstances: { knows: ["b"] }, events: [speaking(aClaim("a", "suspect@1", "b"))] },
  { name: "a death of oneself is refuted", source: "memberlist rule 44", circumstances: { knows: ["b"], config: { precedence: "memberlist" } }, events: [speaking(aClaim("a", "dead@1", "b"))] },
  { name: "where death is final, it is obeyed", source: "SWIM §4.2", circumstances: { knows: ["b"], config: { precedence: "final" } }, events: [speaking(aClaim("a", "dead@1", "b"))] },
  { name: "what is older than one's own word is ignored", source: "SWIM §4.2", circumstances: { knows: ["b"], life: 3 }, events: [speaking(aClaim("a", "suspect@2", "b"))] },
  { name: "a relay pings in its own name", source: "SWIM §3.1", circumstances: { knows: ["b", "c"] }, events: [received(10, pingReq("b", "c", 5))] },
  { name: "and brings the ack back under the asker's seq", source: "SWIM §3.1", circumstances: { knows: ["b", "c"] }, events: [received(10, pingReq("b", "c", 5)), received(40, ack(1))] },
  { name: "or says that it waited in vain", source: "Lifeguard §IV-A", circumstances: { knows: ["b", "c"], config: { nackAfter: presets.swimlab.nackAfter } }, events: [received(10, pingReq("b", "c", 5, true)), woke(410)] },
  { name: "a nack that nobody waits for changes nothing", source: "Lifeguard §IV-A", circumstances: { knows: ["b"] }, events: [received(10, nack(3))] },
  { name: "news rides on an ack", source: "SWIM §4.1", circumstances: { knows: ["b", "c"] }, events: [hears(5, aClaim("c", "suspect@1", "z")), received(10, ping("b", "a", 7))] },
  { name: "a view is answered with a view, and learnt from", source: "memberlist rule 51", circumstances: { knows: ["b"] }, events: [opened(10, pushPull(false, aRecord("b"), aRecord("c")))] },
  { name: "somebody else's dead is at most a suspect", source: "memberlist rule 53", circumstances: { knows: ["b", "c"] }, events: [opened(10, pushPull(false, aRecord("b"), aRecord("c", { status: "dead" })))] },
  { name: "goodbye is said as one's own word", source: "memberlist rule 49", circumstances: { knows: ["b"] }, events: [{ kind: "asked-to-leave", now: 10_000 as Event["now"] }] },
];

const recordsOf = (state: State): readonly Record[] => membersOf(state.view)
  .map(({ id, address, status, incarnation }) => ({ id, address, status, incarnation }))
  .toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** What the engine answers. */
const answered = ({ name, source, circumstances, events }: Question): Vector => {
  const before = aMember("a", circumstances);
  const [state, effects] = after(before, ...events);
  const { id, address, status, incarnation } = before.self;
  return { name, source, config: circumstances.config ?? {}, state: { self: { id, address, status, incarnation }, members: recordsOf(before) }, events, expect: { effects: effects.map(plain), members: recordsOf(state) } };
};

/** Views become lists: what is replicated is in the records, and how a view is kept is everybody's own business. */
function plain(effect: Effect): Effect {
  return JSON.parse(JSON.stringify(effect, (key, value: unknown) => (key === "view" ? undefined : value))) as Effect;
}

export const vectors: readonly Vector[] = [...precedence, ...exchanges].map(answered);

/** The file. One vector a line, so that differences can be read. */
export const vectorsText = (config: Config): string => `{
"format": 1,
"about": "SWIM conformance vectors: given the configuration, the state and the events, an implementation must want these effects, in this order, and hold these members. See README.md.",
"config": ${JSON.stringify(config)},
"vectors": [
${vectors.map((vector) => JSON.stringify({ ...vector, events: vector.events.map((event) => JSON.parse(JSON.stringify(event, (key, value: unknown) => (key === "view" ? viewOf(value) : value))) as unknown) })).join(",\n")}
]
}
`;

const viewOf = (view: unknown): unknown => membersOf(view as State["view"]).map(({ id, address, status, incarnation }) => ({ id, address, status, incarnation }));
