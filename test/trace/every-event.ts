/** Every kind of event, with every kind of message that can be in it. */

import {
  address, bytes, exchangeId, incarnation, instant, memberId, seqNo, viewOf, type Answer, type Claim, type Datagram, type Event, type Member, type Request,
} from "../../engine/index.ts";

export const [now, m01, m02, m03] = [instant(1_500_000), memberId("m01"), memberId("m02"), memberId("m03")];
export const [a, b] = [address("10.0.0.1:7946"), address("[fd00::1]:7946")];
export const word = bytes("\u0000\u00ff, a word");
const member: Member = { id: m03, address: b, meta: bytes("rack=\u00e9"), versions: [1, 5, 2, 0, 0, 0], incarnation: incarnation(65_537), status: "alive" };
const gossip: readonly Claim[] = [{ kind: "alive", member }, { kind: "suspect", about: m02, incarnation: incarnation(1), from: m01 }];
const carries = { gossip, userMessages: [word, bytes("")] };
const asked = { seq: seqNo(4_294_967_295), target: m02, source: m01, sourceAddress: a };
const view = viewOf([member]);

const datagrams: readonly Datagram[] = [
  { kind: "ping", ...asked, ...carries },
  { kind: "ack", seq: seqNo(1), payload: word, ...carries },
  { kind: "ping-req", ...asked, targetAddress: b, wantsNack: true, ...carries },
  { kind: "nack", seq: seqNo(2), ...carries },
  { kind: "gossip", ...carries },
  { kind: "gossip", gossip: [], userMessages: [] },
];
const requests: readonly Request[] = [
  { kind: "push-pull", join: true, view, userState: word },
  { kind: "compare", depth: 1, digests: [{ high: -1, low: 7 }, { high: 0, low: 0 }] },
  { kind: "patch", depth: 2, parts: [0, 1023], view },
  { kind: "ping", ...asked, gossip: [], userMessages: [] },
  { kind: "user", payload: word },
];
const answers: readonly Answer[] = [
  { kind: "push-pull", join: false, view, userState: bytes("") },
  { kind: "patch", depth: 1, parts: [], view },
  { kind: "ack", seq: seqNo(9), payload: word, gossip: [], userMessages: [] },
];
export const events: readonly Event[] = [
  ...datagrams.map((message): Event => ({ kind: "received", now, from: b, message })),
  ...requests.map((message): Event => ({ kind: "exchange-opened", now, from: a, exchange: exchangeId(3), message })),
  ...answers.map((message): Event => ({ kind: "exchange-answered", now, from: a, message })),
  { kind: "woke", now },
  { kind: "woke-mute", now },
  { kind: "undeliverable", now, to: b },
  { kind: "asked-to-join", now, seeds: [a, b] },
  { kind: "asked-to-leave", now },
  { kind: "asked-to-update", now, meta: word },
  { kind: "asked-to-send", now, to: b, payload: word, over: "stream" },
  { kind: "asked-to-send", now, to: b, payload: word, over: "datagram" },
  { kind: "asked-to-broadcast", now, payload: word, key: "coordinate", priority: "bulk" },
  { kind: "asked-to-ping", now, to: a, target: m02 },
  { kind: "asked-to-attach", now, toAcks: word, toViews: bytes("") },
];
