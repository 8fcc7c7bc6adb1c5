/** The encrypted packets, or streams, of late, by their nonces, to know one that comes again: a network's duplicate, or somebody's replay. */

export type Replays = {
  readonly has: (nonce: string) => boolean;
  /** Only what one of our keys opened, or a stranger could fill it up. */
  readonly remember: (nonce: string) => void;
};

/** So many back at least, and twice as many at most, one is known again: memory is bounded, whatever comes in. */
export const REMEMBERED = 4096;

/** Two generations: when the younger is full, the older is forgotten. No clock is needed, and nothing is ever searched for what is too old. */
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
