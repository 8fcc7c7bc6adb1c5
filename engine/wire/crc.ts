/**
 * CRC-32 of IEEE 802.3, as in Ethernet, zip and Go's `crc32.ChecksumIEEE`: what memberlist may put before a datagram, and what guards a trace.
 * Finds every flipped bit and every burst of up to 32.
 */

const POLYNOMIAL = 0xedb88320;

/** What eight steps of the shift register make of each byte. Filled once, never changed. */
const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  return remainder;
});

/** The checksum of the bytes from `start` up to `end`: 32 bits, unsigned. */
export function crc32(bytes: Uint8Array, start: number, end: number = bytes.length): number {
  let crc = 0xffffffff;
  // The table has an entry for each of the 256 values that the index can take, and the caller stays within the bytes.
  for (let at = start; at < end; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
