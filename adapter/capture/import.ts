/** A capture file, from its bytes to what it tells. It is gone through three times, so that no more of it is in memory than what is not whole yet. */

import type { Address } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import { takeCensus, type Census } from "./census.ts";
import { codecsWith, type Secrets } from "./codecs.ts";
import { openCapture } from "./file.ts";
import { findMembers, portOf, type Found } from "./find.ts";
import { listen, type Origin } from "./listen.ts";
import type { Packet, Packets } from "./packet.ts";
import { retellCapture } from "./retell.ts";
import type { Saying } from "./saying.ts";
import { inTime } from "./time.ts";

export type CaptureOptions = Secrets & {
  /** Only what goes to or comes from these ports; none: the usual ones, and wherever memberlist is spoken without doubt. */
  readonly ports: readonly number[];
};

/** A capture that was understood as far as it can be. */
export type Capture = {
  /** When its first packet was seen, in microseconds since 1970. */
  readonly began: number;
  readonly packets: number;
  readonly found: Found;
  readonly census: Census;
  /** Why the file ends too early, if it does: what comes before is all there. */
  readonly missing: string | null;
  /** Goes through it once more, and tells what it tells: see `retell.ts`. */
  readonly tell: (recorder: Recorder) => void;
};

export type ReadCapture = { readonly ok: true; readonly capture: Capture } | { readonly ok: false; readonly why: string };

/** `read` hands out the file's bytes, from the beginning each time. Throws a `MemberError` if a key is none. */
export function readCapture(read: () => Iterable<Uint8Array>, options: CaptureOptions): ReadCapture {
  const opened = openCapture(read());
  if (!opened.ok) return opened;
  const end: Ending = { packets: 0, missing: null };
  const found = findMembers(inTime(counted(opened.packets, end)), codecsWith(options), options.ports);
  if (end.packets === 0) return { ok: false, why: end.missing ?? "the capture has no packets" };
  const isMember = (address: Address): boolean => found.addresses.has(address) || found.ports.has(portOf(address));
  const origin: Origin = { began: null };
  // Codecs remember what they have heard, to know it again: each time needs its own.
  const sayings = (): Iterable<Saying> => listen(packetsOf(read), { isMember, codecs: codecsWith(options) }, origin);
  const census = takeCensus(sayings(), found);
  const { packets, missing } = end;
  return { ok: true, capture: { began: origin.began ?? 0, packets, found, census, missing, tell: (recorder) => retellCapture(sayings(), census, recorder) } };
}

type Ending = { packets: number; missing: string | null };

function* counted(packets: Packets, end: Ending): Generator<Packet> {
  for (;;) {
    const next = packets.next();
    if (next.done === true) {
      end.missing = next.value;
      return;
    }
    end.packets++;
    yield next.value;
  }
}

function* packetsOf(read: () => Iterable<Uint8Array>): Generator<Packet> {
  const opened = openCapture(read());
  if (opened.ok) yield* inTime(opened.packets);
}
