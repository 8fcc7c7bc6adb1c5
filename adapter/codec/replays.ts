/** Remembers the nonces of recent encrypted packets or streams, to recognise one that comes again: a duplicate by the network, or a replay attack. */

export type Replays = {
  readonly has: (nonce: string) => boolean;
  /** Call this only for what one of our keys decrypted: otherwise a stranger could fill the memory. */
  readonly remember: (nonce: string) => void;
};

/** A nonce is remembered for at least this many others, and at most twice as many: so memory is bounded. */
export const REMEMBERED = 4096;

/** Two sets: when the younger is full, the older is dropped. So no clock is needed, and no search for entries that are too old. */
export function replaysOf(remembered: number = REMEMBERED): Replays {
  let older: ReadonlySet<string> = new Set();
  let younger = new Set<string>();
  return {
    has: (nonce) => younger.has(nonce) || older.has(nonce),
    remember: (nonce) => {
      if (younger.size === remembered) {
        older = younger;
        younger = new Set();
      }
      younger.add(nonce);
    },
  };
}
