/**
 * What a member does with the words of applications.
 *
 * Where broadcasts are relayed, a user message begins with one byte that says whether it is one (`b`) or meant for us alone (`d`); elsewhere it is as
 * the application wrote it, because memberlist has no such byte.
 */

import type { Address, Bytes } from "../words/units.ts";
import { bytes } from "../words/units.ts";
import type { Effect } from "../messages/effect.ts";
import type { Priority } from "../messages/event.ts";
import { roomAtBest } from "../rules/dissemination.ts";
import { isKnown, posted, remembered, sizeOfBroadcast, type Mail } from "../rules/mail.ts";
import type { State, Step } from "../state.ts";
import { both, noEffects } from "../state.ts";
import { withMail, withOddity } from "../with.ts";
import { COMPOUND_HEAD } from "../wire/size.ts";
import { sizeOf } from "../view/index.ts";
import { announce, announcement } from "./claims.ts";
import { mailOf, sending } from "./speech.ts";

const BROADCAST = "b";
const DIRECT = "d";

/** Hears what rode on a datagram. */
export function hearMail(state: State, payloads: readonly Bytes[], from: Address): Step {
  let current = state;
  let effects = noEffects;
  for (const payload of payloads) {
    const [next, more] = hearOne(current, payload, from);
    current = next;
    effects = both(effects, more);
  }
  return [current, effects];
}

/** Announces it; a broadcast that is new to us is also told on, where that is our business. */
export function hearOne(state: State, written: Bytes, from: Address): Step {
  const { config, mail } = state;
  if (config.broadcastRelay === "off") return [state, announce({ kind: "message", payload: written, from })];
  const payload = bytes(written.slice(1));
  if (written[0] !== BROADCAST) return [state, announce({ kind: "message", payload, from })];
  if (isKnown(mail, written)) return [state, noEffects];
  const known = remembered(mail, written);
  const news = announce({ kind: "message", payload, from });
  // Streams and larger datagrams than ours bring what we could never tell on.
  if (!isTellable(state, written)) return [withMail(state, known), news];
  const [told, effects] = post(state, known, written, "", "normal");
  return [told, both(news, effects)];
}

/** Our application wants everybody to hear this. */
export function onAskedToBroadcast(state: State, payload: Bytes, key: string, priority: Priority): Step {
  const { config, mail } = state;
  const isOurBusiness = config.broadcastRelay === "on";
  const written = isOurBusiness ? bytes(BROADCAST + payload) : payload;
  if (!isTellable(state, written)) return [withOddity(state, "oversized"), noEffects];
  return post(state, isOurBusiness ? remembered(mail, written) : mail, written, key, priority);
}

/** Takes it up to be told, and says what was given up for it. */
function post(state: State, mail: Mail, written: Bytes, key: string, priority: Priority): Step {
  const { config, view } = state;
  const [next, untold] = posted(mail, written, key, priority, config.tellOrder, sizeOf(view));
  const asSaid = (payload: Bytes): Bytes => (config.broadcastRelay === "on" ? bytes(payload.slice(1)) : payload);
  return [withMail(state, next), untold.length === 0 ? noEffects : untold.map((payload) => announcement({ kind: "untold", payload: asSaid(payload) }))];
}

/** Our application wants one member to hear this. Only streams carry more than a datagram. */
export function onAskedToSend(state: State, to: Address, payload: Bytes, over: "datagram" | "stream"): Step {
  const written = state.config.broadcastRelay === "on" ? bytes(DIRECT + payload) : payload;
  if (over === "stream") return [state, [{ kind: "exchange", with: to, message: { kind: "user", payload: written } }]];
  if (sizeOfBroadcast(written) > state.config.datagramBudget - COMPOUND_HEAD) return [withOddity(state, "oversized"), noEffects];
  const effects: readonly Effect[] = [sending(to, mailOf(written))];
  return [state, effects];
}

/** Will it ride on something, some day? */
const isTellable = ({ config }: State, payload: Bytes): boolean => sizeOfBroadcast(payload) <= roomAtBest(config.datagramBudget);
