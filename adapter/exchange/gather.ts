/** Joins the pieces of a stream: each byte is copied twice at most, however small the pieces are. */

export type Gathered = {
  readonly add: (piece: Uint8Array) => void;
  /** All bytes so far. Valid until the next `add`. */
  readonly bytes: () => Uint8Array;
};

/** A message that comes in one piece is not copied at all. */
export function gather(): Gathered {
  let room: Uint8Array = new Uint8Array();
  let length = 0;
  return {
    add: (piece) => {
      if (length === 0) {
        room = piece;
      } else {
        if (length + piece.length > room.length) room = larger(room.subarray(0, length), length + piece.length);
        room.set(piece, length);
      }
      length += piece.length;
    },
    bytes: () => room.subarray(0, length),
  };
}

function larger(bytes: Uint8Array, atLeast: number): Uint8Array {
  const room = new Uint8Array(Math.max(2 * bytes.length, atLeast));
  room.set(bytes);
  return room;
}
