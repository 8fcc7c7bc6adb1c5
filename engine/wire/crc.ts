/**
 * CRC-32 of IEEE 802.3, as in Ethernet, zip and Go's `crc32.ChecksumIEEE`: memberlist may put it before a datagram, and traces use it.
 * Detects every single flipped bit and every burst of up to 32 bits.
 */

const POLYNOMIAL = 0xedb88320;

/** Each byte after 8, 16, 24 and 32 steps of the shift register, so that four bytes are processed at once. Filled once, never changed. */
const TABLES: Uint32Array = new Uint32Array(4 * 256);
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  TABLES[byte] = remainder;
}
for (let place = 256; place < TABLES.length; place++) {
  const before = TABLES[place - 256]!;
  TABLES[place] = (before >>> 8) ^ TABLES[before & 0xff]!;
}

/** The checksum of the bytes from `start` up to `end`: 32 bits, unsigned. */
export function crc32(bytes: Uint8Array, start: number, end: number = bytes.length): number {
  let crc = 0xffffffff;
  let at = start;
  // No index is out of range: the tables have an entry for each value, and the caller stays within the bytes.
  for (; at + 4 <= end; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc = TABLES[768 + (crc & 0xff)]! ^ TABLES[512 + ((crc >>> 8) & 0xff)]! ^ TABLES[256 + ((crc >>> 16) & 0xff)]! ^ TABLES[crc >>> 24]!;
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ TABLES[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
