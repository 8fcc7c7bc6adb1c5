/** A file's bytes, which come in pieces, taken as they are needed: no more of it is in memory than one piece and one packet. */

export type Source = {
  /** The next bytes, without taking them; undefined if fewer are left. */
  readonly peek: (count: number) => Uint8Array | undefined;
  /** The next bytes; undefined, and nothing taken, if fewer are left. They stay as they are: nothing is written into them later. */
  readonly take: (count: number) => Uint8Array | undefined;
  /** Passes over the next bytes, however many; false if fewer are left. None of them is kept. */
  readonly pass: (count: number) => boolean;
  /** Have all been taken? */
  readonly isSpent: () => boolean;
  /** How many have been taken. */
  readonly taken: () => number;
};

export function sourceOf(pieces: Iterable<Uint8Array>): Source {
  const rest = pieces[Symbol.iterator]();
  let held = new Uint8Array();
  let taken = 0;
  const peek = (count: number): Uint8Array | undefined => {
    while (held.length < count) {
      const next = rest.next();
      if (next.done === true) return undefined;
      held = held.length === 0 ? Uint8Array.from(next.value) : joined(held, next.value);
    }
    return held.subarray(0, count);
  };
  return {
    peek,
    take: (count) => {
      const bytes = peek(count);
      if (bytes === undefined) return undefined;
      held = held.subarray(count);
      taken += count;
      return bytes;
    },
    pass: (count) => {
      let left = count;
      while (left > held.length) {
        left -= held.length;
        const next = rest.next();
        held = next.done === true ? new Uint8Array() : Uint8Array.from(next.value);
        if (next.done === true) return false;
      }
      held = held.subarray(left);
      taken += count;
      return true;
    },
    isSpent: () => peek(1) === undefined,
    taken: () => taken,
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
