/** Events and effects in words. Short, because a story has many lines. */

import { type Effect, type Event, impossible, sizeOf, type State } from "../engine/index.ts";
import { changeText } from "./change-phrase.ts";
import { bringsText, listed, nameOf, ridesText, streamName, wordsOf, type Names } from "./message-phrase.ts";

/** `ping#12 from m01 [suspect m07@1]`: an event. */
export function eventText(event: Event, names: Names): string {
  switch (event.kind) {
    case "received":           return `${nameOf(event.message)} from ${names(event.from)}${ridesText(event.message)}`;
    case "exchange-opened":    return `${streamName(event.message)} from ${names(event.from)}${bringsText(event.message)}`;
    case "exchange-answered":  return `${streamName(event.message)} back from ${names(event.from)}${bringsText(event.message)}`;
    case "woke":               return "woke";
    case "woke-mute":          return "woke, mute";
    case "undeliverable":      return `nothing can be sent to ${names(event.to)}`;
    case "asked-to-join":      return `asked to join through ${listed(event.seeds.map(names))}`;
    case "asked-to-leave":     return "asked to leave";
    case "asked-to-update":    return `asked to say something new of itself (${event.meta.length} bytes)`;
    case "asked-to-send":      return `asked to send ${names(event.to)} ${wordsOf(event.payload)} ${event.over === "stream" ? "over a stream" : "in a datagram"}`;
    case "asked-to-broadcast": return `asked to broadcast ${wordsOf(event.payload)}${event.key === "" ? "" : ` for ${event.key}`} (${event.priority})`;
    case "asked-to-ping":      return `asked to ping ${event.target} at ${names(event.to)}`;
    case "asked-to-attach":    return `asked to add ${wordsOf(event.toAcks)} to acks, ${wordsOf(event.toViews)} to views`;
    default:                   return impossible(event);
  }
}

/** `born@1 at 10.0.0.4:7946, knows 15 others`: how a member began. */
export function birthText({ self, view }: State): string {
  const others = sizeOf(view) - 1;
  return `born@${self.incarnation} at ${self.address}, knows ${others === 0 ? "nobody" : others === 1 ? "1 other" : `${others} others`}`;
}

/** `ack#12 to m01, announces m07 suspected by m01`: effects in order. Consecutive equal messages to several members are combined. */
export function effectsText(effects: readonly Effect[], names: Names): string {
  const runs: { readonly opening: string; readonly parts: string[]; readonly closing: string }[] = [];
  for (const effect of effects) {
    const { opening, part, closing } = requestOf(effect, names);
    const last = runs.at(-1);
    if (last !== undefined && last.opening === opening && last.closing === closing) last.parts.push(part);
    else runs.push({ opening, parts: [part], closing });
  }
  return runs.map(({ opening, parts, closing }) => `${opening}${listed(parts)}${closing}`).join(", ");
}

/** An effect in three parts, so that consecutive ones that differ only in the middle can be combined. */
function requestOf(effect: Effect, names: Names): { readonly opening: string; readonly part: string; readonly closing: string } {
  switch (effect.kind) {
    case "send":     return { opening: `${nameOf(effect.message)} to `, part: names(effect.to), closing: ridesText(effect.message) };
    case "exchange": return { opening: `${streamName(effect.message)} to `, part: names(effect.with), closing: bringsText(effect.message) };
    case "answer":   return { opening: `${streamName(effect.message)} back`, part: bringsText(effect.message), closing: "" };
    case "announce": return { opening: "announces ", part: changeText(effect.change, names), closing: "" };
    default:         return impossible(effect);
  }
}
