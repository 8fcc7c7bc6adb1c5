/** Tells a recorder what a capture tells: a run of observers, one for each member that spoke. */

import { exchangeId, type Address, type Event } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import { Cast } from "./cast.ts";
import type { Census } from "./census.ts";
import type { Saying } from "./saying.ts";
import { speakerOf, type Spoken } from "./speaker.ts";

/** So many streams back an answer still finds who asked. */
const MOST_STREAMS = 4_096;

export function retellCapture(sayings: Iterable<Saying>, census: Census, recorder: Recorder): void {
  const cast = new Cast(census, recorder);
  const callers = new Map<number, Address>();
  for (const saying of sayings) {
    cast.goOn(saying.at);
    if (saying.kind === "unread") continue;
    const speaker = speakerOf(saying, census.directory);
    if (speaker !== null) cast.speak(speaker, saying);
    const from = speaker ?? saying.from;
    if (saying.kind === "stream" && saying.side === "caller") remember(callers, saying.stream, from);
    const hearer = saying.kind === "stream" && saying.side === "answerer" ? callers.get(saying.stream) : saying.to;
    if (hearer !== undefined && hearer !== from) cast.hear(hearer, eventOf(saying, from));
  }
}

/** What happened to whoever heard it. */
function eventOf(saying: Spoken, from: Address): Event {
  const { at: now } = saying;
  if (saying.kind === "datagram") return { kind: "received", now, from, message: saying.message };
  const { message, stream } = saying;
  const isAnswer = message.kind === "push-pull" || message.kind === "patch" || message.kind === "ack";
  if (saying.side === "answerer" && isAnswer) return { kind: "exchange-answered", now, from, message };
  return message.kind === "ack" ? { kind: "exchange-answered", now, from, message } : { kind: "exchange-opened", now, from, exchange: exchangeId(stream), message };
}

function remember(callers: Map<number, Address>, stream: number, caller: Address): void {
  callers.set(stream, caller);
  if (callers.size > MOST_STREAMS) for (const oldest of callers.keys()) return void callers.delete(oldest);
}
