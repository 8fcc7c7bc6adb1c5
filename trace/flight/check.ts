/**
 * The running check of a flight: the same idea as a run's (`../check.ts`), at a third of its price, because it is made while a real member waits. What
 * happened is not folded in: it stands in the file, under a checksum. What came of it is.
 */

import { type Address, type Effect, type Event, foldText, mix, nextWake, type State } from "../../engine/index.ts";

/** Odd, so that nothing is lost by multiplying; and their bits are well mixed. */
const ONE = 0x9e3779b1;
const OTHER = 0x85ebca6b;
const HIGH = 1 / 4_294_967_296;

/**
 * The check after one more step: what was wanted, by kind, size and whom it is for, and of the state all that changes and that the next step may depend on. Two
 * chains side by side, which processors do at once, mixed in the end. The next deadline is looked up only where one was just met: it is dear, and shows then.
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

/** A number for what is wanted: a datagram's is its size. No datagram is so small as the others'. */
function weightOf(effect: Effect): number {
  switch (effect.kind) {
    case "send":     return effect.size;
    case "exchange": return 1;
    case "answer":   return 2;
    case "announce": return 3;
  }
}

/** A number for whom it is for, and what of. Datagrams are wanted at nearly every step, so theirs is a sketch; the rest is seldom, and looked at whole. */
function contentOf(effect: Effect): number {
  switch (effect.kind) {
    case "send":     return Math.imul(sketchOf(effect.to), ONE) + sketchOfKind(effect.message.kind);
    case "exchange": return foldText(sketchOfKind(effect.message.kind), effect.with);
    case "answer":   return Math.imul(effect.exchange, ONE) + sketchOfKind(effect.message.kind);
    case "announce": return foldText(foldText(0, effect.change.kind), "member" in effect.change ? effect.change.member.id : "");
  }
}

/** An address by its length and four of its characters: where those of one network differ, in their ports and in the ends of their hosts. */
function sketchOf(address: Address): number {
  const { length } = address;
  const [port, host] = [address.charCodeAt(length - 1) ^ (address.charCodeAt(length - 2) << 8), address.charCodeAt(length - 6) ^ (address.charCodeAt(length - 7) << 8)];
  return length ^ (port << 16) ^ host;
}

/** Messages' kinds differ in their lengths, or in their second letters. */
const sketchOfKind = (kind: string): number => kind.length + (kind.charCodeAt(1) << 8);
