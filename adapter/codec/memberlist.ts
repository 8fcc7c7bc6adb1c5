/** memberlist's wire format: the engine's messages, with the keys, label, checksum and compression of a group. */

import type { Codec } from "./codec.ts";
import { dialectOf, type MemberlistCodecOptions } from "./dialect.ts";
import { decodePacket, encodePacket, overheadOf } from "./memberlist-packet.ts";
import { decodeStreamIn, encodeRefusalIn, encodeStreamIn, streamOverheadOf } from "./memberlist-stream.ts";
import { replaysOf } from "./replays.ts";

/** A codec for one member, not for several, because it remembers the encrypted packets and streams that came in. Throws a `MemberError` if its options are wrong. */
export function memberlistCodec(options: MemberlistCodecOptions = {}): Codec {
  const dialect = dialectOf(options);
  // A separate memory for each: neither can be replayed as the other, because their authenticated data differ; and streams, which are few, are remembered for much longer.
  const [packets, streams] = [replaysOf(), replaysOf()];
  return {
    overhead: overheadOf(dialect, options.keyring !== undefined),
    streamOverhead: streamOverheadOf(dialect),
    encode: (message, version) => encodePacket(dialect, message, version),
    decode: (packet, from) => decodePacket(dialect, packets, packet, from),
    encodeStream: (message, side) => encodeStreamIn(dialect, message, side),
    encodeRefusal: (why) => encodeRefusalIn(dialect, why),
    decodeStream: (bytes, from, side, seen) => decodeStreamIn(dialect, streams, { bytes, from, side, seen }),
  };
}
