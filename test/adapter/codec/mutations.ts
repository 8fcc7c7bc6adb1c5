/** Real packets, spoiled in every way that a network or a stranger can: a hundred thousand of them a second, each known by its seed and its number. */

/** A small generator of our own: fast-check's shrinks, which nobody needs among a million cases that are named by their number. */
export function chanceOf(seed: number): (below: number) => number {
  let x = Math.imul(seed | 1, 0x9e3779b1) | 1;
  return (below) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % below;
  };
}

type Chance = ReturnType<typeof chanceOf>;
const pick = (chance: Chance, from: readonly Uint8Array[]): Uint8Array => from[chance(from.length)] ?? new Uint8Array();

/** Numbers at which lengths begin to lie. */
const EDGES = [0x00, 0x7f, 0x80, 0x8f, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc6, 0xc9, 0xcf, 0xd3, 0xd9, 0xda, 0xdb, 0xdd, 0xde, 0xdf, 0xff];

/** One of these packets, with something wrong with it; now and then nothing but noise. */
export function spoiled(chance: Chance, real: readonly Uint8Array[]): Uint8Array {
  const packet = pick(chance, real).slice();
  const at = packet.length === 0 ? 0 : chance(packet.length);
  switch (chance(8)) {
    case 0:
      return packet.slice(0, at);
    case 1:
    case 2:
      packet[at] = (packet[at] ?? 0) ^ (1 << chance(8));
      return packet;
    case 3:
      packet[at] = EDGES[chance(EDGES.length)] ?? 0;
      return packet;
    case 4:
      // A length of 2³² − 1, or nearly.
      packet.set([0xdb, 0xff, 0xff, 0xff, chance(256)].slice(0, packet.length - at), at);
      return packet;
    case 5: {
      const other = pick(chance, real);
      const spliced = new Uint8Array(packet.length);
      spliced.set(packet.subarray(0, at));
      spliced.set(other.subarray(Math.min(at, other.length), packet.length), at);
      return spliced;
    }
    case 6:
      for (let k = 1 + chance(6); k > 0; k--) packet[chance(packet.length || 1)] = chance(256);
      return packet;
    default:
      return noise(chance, 1 + chance(120));
  }
}

/** Noise behind a type that is known, most of the time. */
export function noise(chance: Chance, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = chance(256);
  if (chance(4) > 0) bytes[0] = chance(14);
  if (chance(2) > 0 && length > 1) bytes[1] = 0x80 | chance(8);
  return bytes;
}
