/** memberlist's `err`: the answer on a stream to a caller that we cannot decrypt. */

/** The type, then a map of one field. */
const HEAD = [13, 0x81, 0xa5, ...Buffer.from("Error")];
/** The head of a raw string with a length of two bytes. */
const RAW_16 = 0xda;
/** One sentence is enough for a stranger. */
const LONGEST = 255;

export function complaint(why: string): Uint8Array {
  const text = Buffer.from(why.slice(0, LONGEST));
  return Buffer.concat([Uint8Array.of(...HEAD, RAW_16, text.length >> 8, text.length & 0xff), text]);
}
