/** Events and effects in words: what happened to a member, and what it asked for. Short, because a story has many lines. */

import {
  type Address, type Change, type Claim, claimed, type Datagram, type Effect, type Event, impossible, type PushPull, sizeOf, type State, subject,
} from "../engine/index.ts";

/** What people call whoever listens at an address. */
export type Names = (address: Address) => string;

/** `ping#12 from m01 [suspect m07@1]`: what happened. */
export function eventText(event: Event, names: Names): string {
  switch (event.kind) {
    case "received":          return `${nameOf(event.message)} from ${names(event.from)}${gossipText(event.message)}`;
    case "exchange-opened":   return `${pushPullText(event.message)} from ${names(event.from)}${viewText(event.message)}`;
    case "exchange-answered": return `push-pull back from ${names(event.from)}${viewText(event.message)}`;
    case "woke":              return "woke";
    case "asked-to-join":     return `asked to join through ${listed(event.seeds.map(names))}`;
    case "asked-to-leave":    return "asked to leave";
    case "asked-to-update":   return `asked to say something new of itself (${event.meta.length} bytes)`;
    default:                  return impossible(event);
  }
}

/** `born@1 at 10.0.0.4:7946, knows 15 others`: how a member began. */
export function birthText({ self, view }: State): string {
  const others = sizeOf(view) - 1;
  return `born@${self.incarnation} at ${self.address}, knows ${others === 0 ? "nobody" : others === 1 ? "1 other" : `${others} others`}`;
}

/** `ack#12 to m01, announces m07 suspected by m01`: what it asked for, in order. What is said to several in a row is said once. */
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

/** An effect, taken apart so that neighbours that differ in their middle only can be put together. */
function requestOf(effect: Effect, names: Names): { readonly opening: string; readonly part: string; readonly closing: string } {
  switch (effect.kind) {
    case "send":     return { opening: `${nameOf(effect.message)} to `, part: names(effect.to), closing: gossipText(effect.message) };
    case "exchange": return { opening: `${pushPullText(effect.message)} to `, part: names(effect.with), closing: viewText(effect.message) };
    case "answer":   return { opening: "push-pull back", part: viewText(effect.message), closing: "" };
    case "announce": return { opening: "announces ", part: changeText(effect.change), closing: "" };
    default:         return impossible(effect);
  }
}

const pushPullText = ({ join }: PushPull): string => (join ? "joining push-pull" : "push-pull");

const viewText = ({ view }: PushPull): string => (sizeOf(view) === 1 ? " (1 member)" : ` (${sizeOf(view)} members)`);

function nameOf(message: Datagram): string {
  switch (message.kind) {
    case "ping":
    case "ack":
    case "nack":     return `${message.kind}#${message.seq}`;
    case "ping-req": return `ping-req#${message.seq} for ${message.target}`;
    case "gossip":   return "gossip";
    default:         return impossible(message);
  }
}

const gossipText = ({ gossip }: Datagram): string => (gossip.length === 0 ? "" : ` [${listed(gossip.map(claimText))}]`);

const claimText = (claim: Claim): string => `${claim.kind} ${subject(claim)}@${claimed(claim)}`;

function changeText(change: Change): string {
  const { id, incarnation } = change.member;
  switch (change.kind) {
    case "joined":
    case "updated":
    case "cleared":
    case "left":
    case "forgotten": return `${id} ${change.kind}`;
    case "suspected": return `${id} suspected by ${change.by}`;
    case "failed":    return `${id} failed, says ${change.by}`;
    case "refuted":   return `${id}@${incarnation}, refuting ${change.by}`;
    case "departed":  return `${id} departed`;
    default:          return impossible(change);
  }
}

/** How many of a list are named. */
const NAMED = 6;

/** `a, b, c`, or the first few and how many more. */
export function listed(items: readonly string[]): string {
  if (items.length <= NAMED + 1) return items.join(", ");
  return `${items.slice(0, NAMED).join(", ")} and ${items.length - NAMED} more`;
}
