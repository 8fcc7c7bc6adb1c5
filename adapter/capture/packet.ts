/** What is in a capture file: packets, in the order in which they were written down. */

/** One packet, as some link carried it. */
export type Packet = {
  /** When it was seen, in microseconds since 1970. */
  readonly at: number;
  /** What stands in front of it: a number of tcpdump's list of link types. */
  readonly link: number;
  /** What was written down of it: as much as the capture's snaplen allowed. */
  readonly bytes: Uint8Array;
  /** How long it was. */
  readonly length: number;
};

/** The packets; and when there are no more, why the file ends too early, null if it does not. */
export type Packets = Generator<Packet, string | null>;

export type OpenedCapture = { readonly ok: true; readonly packets: Packets } | { readonly ok: false; readonly why: string };

/** The longest that a packet may be that somebody captured: tcpdump's greatest snaplen, and room above it. What says it is longer is damaged. */
export const LONGEST_PACKET = 1_048_576;
