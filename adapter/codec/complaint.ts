/** memberlist's `err`: what to say on a stream to a caller that can't be read. */

/** The type, then a map of one field. */
const HEAD = [13, 0x81, 0xa5, ...Buffer.from("Error")];
/** A raw string whose length stands in two bytes. */
const RAW_16 = 0xda;
/** A sentence, not more: who can't be read is a stranger. */
const LONGEST = 255;

export function complaint(why: string): Uint8Array {
  const text = Buffer.from(why.slice(0, LONGEST));
  return Buffer.concat([Uint8Array.of(...HEAD, RAW_16, text.length >> 8, text.length & 0xff), text]);
}
