/** A stream with faults. */

import { setTimeout as pause } from "node:timers/promises";
import type { Address } from "../../engine/index.ts";
import { delayOf, hindranceOf, type Faults, type Way } from "./faults.ts";
import type { Connection } from "./transport.ts";

/** A lost leg of a stream is sent again after this many milliseconds, then twice as many, …; after RETRIES times it is given up. As in the simulator. */
const RETRANSMIT_AFTER = 200;
const RETRIES = 6;

/** Waits while the direction is blocked. Rejects when `signal` aborts. */
async function unblocked(faults: Faults, way: Way, peer: Address, signal: AbortSignal): Promise<void> {
  while (hindranceOf(faults.inForce(), way, peer, "streams")?.isBlocked === true) await faults.changed(signal);
}

/** One leg of a stream: what must arrive before the other side can go on. Waits for its delay, and for its retransmissions. */
export async function leg(faults: Faults, way: Way, peer: Address, signal: AbortSignal): Promise<void> {
  await unblocked(faults, way, peer, signal);
  const hindrance = hindranceOf(faults.inForce(), way, peer, "streams");
  if (hindrance === null) return;
  let wait = delayOf(hindrance, faults.draw);
  let losses = 0;
  while (losses <= RETRIES && hindrance.loss > 0 && faults.draw() < hindrance.loss) wait += RETRANSMIT_AFTER * 2 ** losses++;
  if (wait > 0) await pause(wait, undefined, { signal });
  if (losses > RETRIES) throw new Error("lost on its way, again and again");
}

/**
 * `isOurs`: did we open it? Loss and delay are applied at the opener, who knows the peer's address, and only once: to the first bytes each way, which are
 * a leg. The side that accepts a stream only holds it up while it is blocked. `whole` aborts when the transport closes.
 */
export function hindered(inner: Connection, faults: Faults, isOurs: boolean, whole: AbortSignal): Connection {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, whole]);
  const { peer } = inner;
  const passing = { out: isOurs, in: isOurs };
  let said: Promise<unknown> = Promise.resolve();

  function pass(way: Way): Promise<void> {
    const isLeg = passing[way];
    passing[way] = false;
    return isLeg ? leg(faults, way, peer, signal) : unblocked(faults, way, peer, signal);
  }

  /** Runs these actions one after the other. */
  function inTurn(what: () => Promise<void> | void): Promise<void> {
    const turn = said.then(() => pass("out")).then(what);
    said = turn.catch(() => undefined);
    return turn;
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of inner) {
      await pass("in");
      yield piece;
    }
    await pass("in");
  }

  return {
    peer,
    [Symbol.asyncIterator]: pieces,
    write: (bytes) => inTurn(() => inner.write(bytes)),
    end: () => void inTurn(inner.end).catch(() => undefined),
    destroy: () => {
      over.abort();
      inner.destroy();
    },
  };
}
