/** A capture file, whichever of the two formats it has. */

import type { OpenedCapture } from "./packet.ts";
import { isPcap, readPcap } from "./pcap.ts";
import { isPcapng, readPcapng } from "./pcapng.ts";
import { sourceOf } from "./source.ts";

/** Opens a capture file that comes in pieces. Of what is none it says why, in half a sentence. */
export function openCapture(pieces: Iterable<Uint8Array>): OpenedCapture {
  const source = sourceOf(pieces);
  const head = source.peek(4);
  if (head === undefined) return { ok: false, why: source.isSpent() ? "the file is empty" : "the file is too short to be a packet capture" };
  if (isPcap(head)) return readPcap(source);
  if (isPcapng(head)) return { ok: true, packets: readPcapng(source) };
  const isZipped = head[0] === 0x1f && head[1] === 0x8b;
  return { ok: false, why: isZipped ? "the file is compressed: unpack it with gunzip first" : "this is not a packet capture: neither pcap nor pcapng" };
}
