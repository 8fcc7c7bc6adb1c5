/** Both ends of a stream in memory. What one end writes the other reads, in order, a while later. */

import type { Address } from "../../engine/index.ts";
import type { Connection } from "./transport.ts";

/** Calls `arrive` later, after the network's delay. */
export type Carry = (arrive: () => void) => void;

/** What one end can read: pieces, then the end or an error. */
class Inbox {
  private pieces: Uint8Array[] = [];
  private outcome: "open" | "ended" | "broken" = "open";
  private wake: (() => void) | undefined;

  /** False if it is no longer read. */
  put(piece: Uint8Array): boolean {
    if (this.outcome !== "open") return false;
    this.pieces.push(piece);
    this.wake?.();
    return true;
  }

  finish(outcome: "ended" | "broken"): void {
    if (this.outcome === "open") this.outcome = outcome;
    this.wake?.();
  }

  /** Its own end destroyed the stream. */
  abandon(): void {
    this.pieces = [];
    this.outcome = "broken";
    this.wake?.();
  }

  async *read(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const piece = this.pieces.shift();
      if (piece !== undefined) yield piece;
      else if (this.outcome === "broken") throw new Error("the stream broke");
      else if (this.outcome === "ended") return;
      else await new Promise<void>((resolve) => { this.wake = resolve; });
    }
  }
}

/** `whenOver` is called, once or twice, when the stream is over. */
export function connectionPair(from: Address, to: Address, carry: Carry, whenOver: () => void): readonly [caller: Connection, answerer: Connection] {
  const [atCaller, atAnswerer] = [new Inbox(), new Inbox()];
  let open = 2;
  const oneIsDone = (): void => { if (--open === 0) whenOver(); };
  return [connection(to, atCaller, atAnswerer, carry, oneIsDone, whenOver), connection(from, atAnswerer, atCaller, carry, oneIsDone, whenOver)];
}

function connection(peer: Address, own: Inbox, theirs: Inbox, carry: Carry, whenDone: () => void, whenDestroyed: () => void): Connection {
  const lane = inOrder(carry);
  let saying: "anything" | "nothing-more" | "destroyed" = "anything";
  return {
    peer,
    write: (bytes) => new Promise((resolve, reject) => {
      if (saying !== "anything") return reject(new Error("the stream is over"));
      const piece = new Uint8Array(bytes);
      lane(() => (saying !== "destroyed" && theirs.put(piece) ? resolve() : reject(new Error("the stream broke"))));
    }),
    end: () => {
      if (saying !== "anything") return;
      saying = "nothing-more";
      lane(() => theirs.finish("ended"));
      whenDone();
    },
    destroy: () => {
      if (saying === "destroyed") return;
      saying = "destroyed";
      own.abandon();
      lane(() => theirs.finish("broken"));
      whenDestroyed();
    },
    [Symbol.asyncIterator]: () => own.read(),
  };
}

/** Keeps the order: what is sent later arrives later, whatever the delays. */
function inOrder(carry: Carry): Carry {
  const waiting: (() => void)[] = [];
  return (arrive) => {
    waiting.push(arrive);
    carry(() => waiting.shift()?.());
  };
}
