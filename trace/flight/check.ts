/**
 * The running check of a flight: like a run's (`../check.ts`), at a third of the cost, because it is computed while a real member waits. Events
 * are not included, because the file has them under a checksum; only their results are.
 */

import { type Address, type Effect, type Event, foldText, mix, nextWake, type State } from "../../engine/index.ts";

/** Odd multipliers, so that multiplication loses nothing, with well mixed bits. */
const ONE = 0x9e3779b1;
const OTHER = 0x85ebca6b;
const HIGH = 1 / 4_294_967_296;

/**
 * The check after one more step: the effects, by kind, size and recipient, and everything in the state that changes and that later steps depend on. Two
 * chains side by side, which processors compute in parallel, mixed in the end. The next deadline is included only after an alarm, because computing it is expensive.
 */
export function flightCheckAfter(check: number, event: Event, effects: readonly Effect[], state: State): number {
  const { view, rng } = state;
  let one = Math.imul(check ^ view.high, ONE) + view.low;
  let other = Math.imul(rng.s0 ^ state.rumours.bytes, OTHER) + rng.s1;
  one = Math.imul(one ^ state.seq, ONE) + state.health;
  if (event.kind === "woke") {
    const wake = nextWake(state);
    other = Math.imul(other ^ wake, OTHER) + Math.floor(wake * HIGH);
  }
  for (const effect of effects) one = Math.imul(one ^ weightOf(effect), ONE) + contentOf(effect);
  return mix(one ^ Math.imul(other, ONE));
}

/** A number for an effect: a datagram's size, or a number smaller than any datagram. */
function weightOf(effect: Effect): number {
  switch (effect.kind) {
    case "send":     return effect.size;
    case "exchange": return 1;
    case "answer":   return 2;
    case "announce": return 3;
  }
}

/** A number for its recipient and content. Nearly every step sends datagrams, so theirs is a sketch; the others are rare, and hashed in full. */
function contentOf(effect: Effect): number {
  switch (effect.kind) {
    case "send":     return Math.imul(sketchOf(effect.to), ONE) + sketchOfKind(effect.message.kind);
    case "exchange": return foldText(sketchOfKind(effect.message.kind), effect.with);
    case "answer":   return Math.imul(effect.exchange, ONE) + sketchOfKind(effect.message.kind);
    case "announce": return foldText(foldText(0, effect.change.kind), "member" in effect.change ? effect.change.member.id : "");
  }
}

/** A sketch of an address: its length and four characters, at the ends of port and host, where addresses of one network differ. */
function sketchOf(address: Address): number {
  const { length } = address;
  const [port, host] = [address.charCodeAt(length - 1) ^ (address.charCodeAt(length - 2) << 8), address.charCodeAt(length - 6) ^ (address.charCodeAt(length - 7) << 8)];
  return length ^ (port << 16) ^ host;
}

/** A sketch of a kind of message: all kinds differ in their length or their second letter. */
const sketchOfKind = (kind: string): number => kind.length + (kind.charCodeAt(1) << 8);
