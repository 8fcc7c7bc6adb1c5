/** All details of a message: its content, its size, its encoding, its cause and its effects. */

import { type Claim, claimed, type Effect, encode, instant, type Message, sizeOf, sizeOfMessage, subject } from "../../engine/index.ts";
import type { MessageDetail } from "../model/detail.ts";
import { effectOfMessage, lineOfMessage, type MessageId } from "../model/run.ts";
import { messageKinds, wordIn } from "../model/words.ts";
import { bytePartsOf } from "./byte-parts.ts";
import { sendsOf } from "./fact.ts";
import { NONE } from "./lines.ts";
import { wordOfMessage } from "./message-key.ts";
import type { Place } from "./place.ts";
import { rowAt, rowsAt, stepAt } from "./rows.ts";

/** Longer messages are not shown byte by byte. */
const LONGEST = 65_536;

export function messageDetail(place: Place, id: MessageId): MessageDetail | null {
  const { chronicle } = place;
  const { lines, messages, roster } = chronicle;
  const line = lineOfMessage(id);
  const step = stepAt(place, line);
  const effect = step?.effects[effectOfMessage(id)];
  if (step === undefined || effect === undefined || effect.kind === "announce" || step.line.kind !== "stepped") return null;
  const at = sendsOf(chronicle, line).find((place) => messages.effect.at(place) === effectOfMessage(id));
  const arrivals = at === undefined ? [] : arrivalsOf(place, at);
  const { message } = effect;
  const size = sizeOfMessage(message);
  const target = at === undefined ? NONE : messages.target.at(at);
  return {
    id,
    kind: at === undefined ? wordOfMessage(message, effect.kind !== "send") : wordIn(messageKinds, messages.kind.at(at)),
    source: roster.numberOf(step.line.who) ?? -1,
    target: target === NONE ? -1 : target,
    sentAt: step.line.at,
    arrivals: arrivals.map((number) => ({ at: instant(lines.at.at(number)), line: number })),
    cause: rowAt(place, line),
    effects: rowsAt(place, arrivals),
    fields: fieldsOf(message, effect, place),
    claims: "gossip" in message ? message.gossip.map((claim) => claimOf(claim, place)) : [],
    ...(size > LONGEST ? { bytes: null, parts: [] } : bytesOf(message)),
    size,
  };
}

function bytesOf(message: Message): Pick<MessageDetail, "bytes" | "parts"> {
  const bytes = encode(message);
  return { bytes, parts: bytePartsOf(bytes) };
}

/** The lines at which it arrived. */
export function arrivalsOf({ chronicle: { messages } }: Place, at: number): readonly number[] {
  const first = messages.arrivesIn.at(at);
  return first === NONE ? [] : [first, ...(messages.twins.get(at) ?? [])];
}

function claimOf(claim: Claim, { chronicle: { roster } }: Place): MessageDetail["claims"][number] {
  const about = roster.numberOf(subject(claim)) ?? -1;
  const from = claim.kind === "alive" ? claim.member.id : claim.from;
  return {
    says: claim.kind, about, incarnation: claimed(claim), from: roster.numberOf(from) ?? -1,
    text: `${subject(claim)} is ${claim.kind} in incarnation ${claimed(claim)}${claim.kind === "alive" ? "" : `, says ${from}`}`,
  };
}

type Field = readonly [name: string, value: string];

function fieldsOf(message: Message, effect: Exclude<Effect, { kind: "announce" }>, { chronicle: { roster } }: Place): readonly Field[] {
  const over: Field = ["over", effect.kind === "send" ? "a datagram" : effect.kind === "exchange" ? "a stream that the sender opened" : "the stream that the other side opened"];
  const words: readonly Field[] = "userMessages" in message && message.userMessages.length > 0 ? [["user messages", `${message.userMessages.length}`]] : [];
  switch (message.kind) {
    case "ping":      return [over, ["seq", `${message.seq}`], ["target", message.target], ["source", `${message.source} at ${message.sourceAddress}`], ...words];
    case "ack":       return [over, ["seq", `${message.seq}`], ...(message.payload === "" ? [] : [["payload", `${message.payload.length} bytes`] as const]), ...words];
    case "ping-req":  return [over, ["seq", `${message.seq}`], ["target", `${message.target} at ${message.targetAddress}`], ["source", `${message.source} at ${message.sourceAddress}`], ["wants a nack", message.wantsNack ? "yes" : "no"], ...words];
    case "nack":      return [over, ["seq", `${message.seq}`], ...words];
    case "gossip":    return [over, ...words];
    case "push-pull": return [over, ["join", message.join ? "yes" : "no"], ["members in the view", `${sizeOf(message.view)}`]];
    case "compare":   return [over, ["depth", `${message.depth}`], ["digests", `${message.digests.length}`]];
    case "patch":     return [over, ["depth", `${message.depth}`], ["parts", `${message.parts.length}`], ["members", `${sizeOf(message.view)}`]];
    case "user":      return [over, ["payload", `${message.payload.length} bytes`], ["to", effect.kind === "exchange" ? roster.names(effect.with) : ""]];
  }
}
