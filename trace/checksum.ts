/** The engine's `crc32`, but eight bytes at a time, because traces are long. Hosts with a faster one may pass it to a flight's writer. */

const POLYNOMIAL = 0xedb88320;

/** For each of eight places, the results of the 256 values of a byte there. Filled once, never changed. */
const TABLE: Int32Array = tables();

function tables(): Int32Array {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
    table[byte] = remainder;
  }
  // The same byte with one more zero byte after it.
  for (let at = 256; at < table.length; at++) {
    const before = table[at - 256] ?? 0;
    table[at] = (before >>> 8) ^ (table[before & 0xff] ?? 0);
  }
  return table;
}

/** The checksum of the bytes from `start` up to `end`: 32 bits, unsigned. The caller stays within the bytes, and every index within the tables. */
export function checksum(bytes: Uint8Array, start: number, end: number): number {
  let crc = -1;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const low = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    crc = TABLE[1792 + (low & 0xff)]! ^ TABLE[1536 + ((low >>> 8) & 0xff)]! ^ TABLE[1280 + ((low >>> 16) & 0xff)]! ^ TABLE[1024 + (low >>> 24)]! ^
      TABLE[768 + bytes[at + 4]!]! ^ TABLE[512 + bytes[at + 5]!]! ^ TABLE[256 + bytes[at + 6]!]! ^ TABLE[bytes[at + 7]!]!;
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
