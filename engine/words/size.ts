/** Encoded lengths in msgpack, as Go's memberlist writes it: integers unsigned and as short as possible, text and bytes both as raw strings. */

/** An unsigned integer: one byte below 128, else one byte of type and one, two, four or eight of value. */
export const uintSize = (value: number): number => (value < 128 ? 1 : value < 256 ? 2 : value < 65_536 ? 3 : value < 4_294_967_296 ? 5 : 9);

/** A raw string of this many bytes: one byte of head below 32, three below 65,536, else five. (Never the one-byte length of newer msgpack: old peers can't read it.) */
export const rawSize = (length: number): number => length + (length < 32 ? 1 : length < 65_536 ? 3 : 5);

/** A text, in UTF-8. */
export const textSize = (text: string): number => rawSize(utf8Length(text));

/** How many bytes a text takes in UTF-8. A lone surrogate counts as U+FFFD, three bytes, as encoders write it. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) { length += 2; i++; }
    else length += 2;
  }
  return length;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The IP address in an address: four raw bytes, or sixteen. */
export const hostSize = (address: string): number => (address.charCodeAt(0) === 0x5b ? rawSize(16) : rawSize(4));

/** The port in an address. (Written by hand, because it runs for each datagram sent, and `lastIndexOf` alone takes longer than all the rest.) */
export function portSize(address: string): number {
  let digits = 1;
  while (digits < 4 && address.charCodeAt(address.length - 1 - digits) !== 0x3a) digits++;
  return digits === 4 ? 3 : uintSize(Number(address.slice(-digits)));
}
