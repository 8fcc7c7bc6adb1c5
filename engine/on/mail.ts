/**
 * What a member does with user messages.
 *
 * Where broadcasts are relayed, a user message begins with one byte: `b` for a broadcast, followed by its signature, or `d` for a message to us
 * alone. Elsewhere it is as the application wrote it, because memberlist has no such byte.
 */

import type { Address, Bytes, Instant } from "../words/units.ts";
import { bytes } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import type { Priority } from "../messages/event.ts";
import { roomAtBest } from "../rules/dissemination.ts";
import { isHeard, signed, unsigned, withHeard } from "../words/authors.ts";
import { posted, sizeOfBroadcast, type Mail } from "../rules/mail.ts";
import type { State, Step } from "../state.ts";
import { both, noEffects } from "../state.ts";
import { withMail, withOddity } from "../with.ts";
import { COMPOUND_HEAD } from "../wire/size.ts";
import { sizeOf } from "../view/index.ts";
import { announce, announcement } from "./announcing.ts";
import { mailOf, sending } from "./speech.ts";

const BROADCAST = "b";
const DIRECT = "d";

/** Processes the user messages of a datagram. */
export function hearMail(state: State, payloads: readonly Bytes[], from: Address, now: Instant): Step {
  let current = state;
  let effects = noEffects;
  for (const payload of payloads) {
    const [next, more] = hearUserMessage(current, payload, from, now);
    current = next;
    effects = both(effects, more);
  }
  return [current, effects];
}

/** Announces a user message. With `broadcastRelay`, a broadcast is announced only the first time, and relayed. */
export function hearUserMessage(state: State, written: Bytes, from: Address, now: Instant): Step {
  const { config, mail } = state;
  if (config.broadcastRelay === "off") return [state, announce({ kind: "message", payload: written, from })];
  const body = bytes(written.slice(1));
  if (written[0] !== BROADCAST) return [state, announce({ kind: "message", payload: body, from })];
  const read = unsigned(body);
  if (read === undefined) return [withOddity(state, "unheard"), noEffects];
  const [signature, payload] = read;
  if (signature.author === mail.mark) return [state, noEffects];
  const authors = withHeard(mail.authors, signature, now);
  if (authors === undefined) return [withOddity(state, "unheard"), noEffects];
  const known = authors === mail.authors ? mail : { ...mail, authors };
  if (isHeard(mail.authors, signature)) return [known === mail ? state : withMail(state, known), noEffects];
  const news = announce({ kind: "message", payload, from });
  // Streams, and datagrams larger than ours, may bring what is too long for us to relay.
  if (!isTellable(state, written)) return [withMail(state, known), news];
  const [told, effects] = post(state, known, written, "", "normal");
  return [told, both(news, effects)];
}

/** Our application broadcasts a payload. */
export function onAskedToBroadcast(state: State, payload: Bytes, key: string, priority: Priority): Step {
  const { config, mail } = state;
  const said = config.broadcastRelay === "on" ? mail.said + 1 : mail.said;
  const written = said === mail.said ? payload : bytes(BROADCAST + signed({ author: mail.mark, number: said }, payload));
  if (!isTellable(state, written)) return [withOddity(state, "oversized"), noEffects];
  return post(state, { ...mail, said }, written, key, priority);
}

/** Queues a broadcast, and announces those that were dropped for it. */
function post(state: State, mail: Mail, written: Bytes, key: string, priority: Priority): Step {
  const { config, view } = state;
  const [next, untold] = posted(mail, written, key, priority, config.tellOrder, sizeOf(view));
  const asSaid = (payload: Bytes): Bytes => (config.broadcastRelay === "on" ? unsigned(bytes(payload.slice(1)))?.[1] ?? payload : payload);
  return [withMail(state, next), untold.length === 0 ? noEffects : untold.map((payload) => announcement({ kind: "untold", payload: asSaid(payload) }))];
}

/** Our application sends one member a message. Only a stream carries more than a datagram. */
export function onAskedToSend(state: State, to: Address, payload: Bytes, over: "datagram" | "stream"): Step {
  const written = state.config.broadcastRelay === "on" ? bytes(DIRECT + payload) : payload;
  if (over === "stream") return [state, [{ kind: "exchange", with: to, message: { kind: "user", payload: written } }]];
  if (sizeOfBroadcast(written) > state.config.datagramBudget - COMPOUND_HEAD) return [withOddity(state, "oversized"), noEffects];
  const effects: readonly Effect[] = [sending(to, mailOf(written))];
  return [state, effects];
}

/** Does it fit on any datagram at all? */
const isTellable = ({ config }: State, payload: Bytes): boolean => sizeOfBroadcast(payload) <= roomAtBest(config.datagramBudget);
