/** Corrects packets' times where a capture's clock was set back or a single time is damaged, and puts the packets of several captures in one order. */

import type { Packet } from "./packet.ts";

/** Microseconds. Packets of several processors are written down a little out of order; what goes back by more is no disorder. */
const DISORDER = 1_000_000;

/**
 * The same packets, by a clock that goes on. Where the capture's was set back, time goes on from where it was. A single packet whose moment is far from those of both
 * its neighbours, which are near each other, is given that of the one before. A leap ahead that lasts cannot be told from a time in which nothing was captured.
 */
export function* inTime(packets: Iterable<Packet>): Generator<Packet> {
  /** The latest moment so far by the capture's clock, and by how much that has been set back. */
  let clock: number | null = null;
  let setBack = 0;
  for (const [packet, next] of withNext(packets)) {
    clock ??= packet.at;
    if (isStray(packet.at, clock, next?.at)) {
      yield { ...packet, at: clock + setBack };
      continue;
    }
    if (packet.at < clock - DISORDER) {
      setBack += clock - packet.at;
      clock = packet.at;
    }
    yield setBack === 0 ? packet : { ...packet, at: packet.at + setBack };
    clock = Math.max(clock, packet.at);
  }
}

/** The packets of several captures in order of time; those of each capture stay in their own order. */
export function* merged(captures: readonly Iterator<Packet, unknown>[]): Generator<Packet> {
  const heads = captures.map((rest) => ({ rest, packet: nextOf(rest) }));
  for (;;) {
    let first: (typeof heads)[number] | undefined;
    for (const head of heads) if (head.packet !== undefined && (first?.packet === undefined || head.packet.at < first.packet.at)) first = head;
    if (first?.packet === undefined) return;
    yield first.packet;
    first.packet = nextOf(first.rest);
  }
}

function nextOf(rest: Iterator<Packet, unknown>): Packet | undefined {
  const next = rest.next();
  return next.done === true ? undefined : next.value;
}

/** Far from the clock's moment, while the next one is not? */
function isStray(at: number, clock: number, next: number | undefined): boolean {
  if (next === undefined || next < clock - DISORDER) return false;
  return at < clock - DISORDER || (at > clock + DISORDER && next < at - DISORDER);
}

function* withNext(packets: Iterable<Packet>): Generator<readonly [packet: Packet, next: Packet | undefined]> {
  let held: Packet | undefined;
  for (const packet of packets) {
    if (held !== undefined) yield [held, packet];
    held = packet;
  }
  if (held !== undefined) yield [held, undefined];
}
