/** Capture files, from their bytes to what they tell. They are gone through three times, so that no more of them is in memory than what is not whole yet. */

import { instant, type Address } from "../../engine/index.ts";
import type { Recorder } from "../../trace/index.ts";
import { takeCensus, type Census } from "./census.ts";
import { codecsWith, type Secrets } from "./codecs.ts";
import { openCapture } from "./file.ts";
import { findMembers, portOf, type Found } from "./find.ts";
import { listen, type Extent } from "./listen.ts";
import type { Packet, Packets } from "./packet.ts";
import { retellCapture } from "./retell.ts";
import type { Saying } from "./saying.ts";
import { inTime, merged } from "./time.ts";

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
  /** Which files, by their numbers, end too early, and why: what comes before is all there. */
  readonly missing: readonly { readonly file: number; readonly why: string }[];
  /** Goes through it once more, and tells what it tells: see `retell.ts`. */
  readonly tell: (recorder: Recorder) => void;
};

/** `file`: the number of the one that can't be read. */
export type ReadCapture = { readonly ok: true; readonly capture: Capture } | { readonly ok: false; readonly file: number; readonly why: string };

/** Returns a file's bytes, from the beginning each time. */
export type CaptureFile = () => Iterable<Uint8Array>;

/** Reads one or more capture files, in any order, as one capture. Throws a `MemberError` if a key is invalid. */
export function readCapture(files: readonly CaptureFile[], options: CaptureOptions): ReadCapture {
  const endings: Ending[] = [];
  for (const [file, read] of files.entries()) {
    const opened = openCapture(read());
    if (!opened.ok) return { ok: false, file, why: opened.why };
    endings.push({ packets: 0, missing: null });
  }
  const found = findMembers(packetsOf(files, endings), codecsWith(options), options.ports);
  const packets = endings.reduce((sum, ending) => sum + ending.packets, 0);
  if (packets === 0) return { ok: false, file: 0, why: endings[0]?.missing ?? "the capture has no packets" };
  const isMember = (address: Address): boolean => found.addresses.has(address) || found.ports.has(portOf(address));
  const extent: Extent = { began: null, until: instant(0) };
  // Codecs remember what they have heard, to know it again: each time needs its own.
  const sayings = (): Iterable<Saying> => listen(packetsOf(files), { isMember, codecs: codecsWith(options), isOpen: options.ports.length > 0 }, extent);
  const census = takeCensus(sayings(), found, extent);
  const missing = endings.flatMap(({ missing: why }, file) => (why === null ? [] : [{ file, why }]));
  return { ok: true, capture: { began: extent.began ?? 0, packets, found, census, missing, tell: (recorder) => retellCapture(sayings(), census, recorder) } };
}

/** How many packets a file has, and why it ends too early, if it does. */
type Ending = { packets: number; missing: string | null };

/** The packets of all files in one order of time. */
function packetsOf(files: readonly CaptureFile[], endings: readonly Ending[] = []): Iterable<Packet> {
  return merged(files.map((read, file) => {
    const opened = openCapture(read());
    return inTime(opened.ok ? counted(opened.packets, endings[file]) : []);
  }));
}

function* counted(packets: Packets, ending: Ending = { packets: 0, missing: null }): Generator<Packet> {
  for (;;) {
    const next = packets.next();
    if (next.done === true) {
      ending.missing = next.value;
      return;
    }
    ending.packets++;
    yield next.value;
  }
}
