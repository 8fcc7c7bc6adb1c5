/**
 * What is set aside for what a stranger sends: `node --expose-gc --no-concurrent-array-buffer-sweeping --import tsx space.ts SEED RUNS` prints a line of JSON for
 * each kind of input (`Weighed`). A process of its own, because only there is what is held, once all else was swept, what reading left.
 */

import { getHeapStatistics } from "node:v8";
import fc from "fast-check";
import { memberlistCodec } from "../../../adapter/codec/memberlist.ts";
import { address } from "../../../engine/index.ts";
import { hexOf } from "../../engine/wire/captures.ts";
import { inputs, type Input } from "./inputs.ts";

/** What the codec and the engine's wire promise: so many bytes for each that came in or was unpacked, and a few for an answer that says nothing. */
const MOST = { datagram: 32, stream: 40 } as const;
const BESIDES = 512;

export type Weighed = {
  readonly kind: string;
  readonly runs: number;
  /** The most that was held for a byte of input, `BESIDES` left out: at the end, and at any of the moments that were looked at. */
  readonly most: { readonly datagram: number; readonly stream: number };
  /** The first input that took more than is promised: how much, and how it begins, in hexadecimal digits. */
  readonly broken?: string;
};

const codec = memberlistCodec();
const SOMEWHERE = address("192.0.2.1:7946");
const readers = {
  datagram: (bytes: Uint8Array): unknown => codec.decode(bytes, SOMEWHERE),
  stream: (bytes: Uint8Array): unknown => codec.decodeStream(bytes, SOMEWHERE, "answerer"),
};

const sweep = (): void => globalThis.gc?.();
/** On the heap and beside it. */
const held = (): number => getHeapStatistics().used_heap_size + process.memoryUsage().arrayBuffers;

/** Called again and again while something is read: there the heap is looked at. */
let moment: () => void = () => {};
for (const [owner, name] of [[Math, "imul"], [Math, "min"], [Math, "max"], [String, "fromCharCode"]] as const) {
  const its: (...args: readonly number[]) => unknown = Reflect.get(owner, name);
  Reflect.set(owner, name, (...args: readonly number[]) => {
    moment();
    return its(...args);
  });
}

/** What its answers hold, each, for as many as make it plain beside what else moves on a heap. */
function keeps(read: () => unknown, copies: number): number {
  const answers: unknown[] = Array.from({ length: copies }, () => null);
  sweep();
  const before = held();
  for (let k = 0; k < copies; k++) answers[k] = read();
  sweep();
  return (held() - before) / answers.length;
}

/** The most that is held at some moments on the way. */
function reaches(read: () => unknown, looks: number): number {
  let passed = 0;
  moment = () => { passed++; };
  read();
  const every = Math.max(1, Math.ceil(passed / looks));
  let [peak, isLooking, countdown] = [0, false, every];
  sweep();
  const before = held();
  moment = () => {
    if (isLooking || --countdown > 0) return;
    isLooking = true;
    sweep();
    peak = Math.max(peak, held() - before);
    [isLooking, countdown] = [false, every];
  };
  read();
  moment = () => {};
  return peak;
}

/** What moves on a heap besides, in bytes: compiled code comes and goes. An input so long is looked at on the way; of a shorter one so many are held that this is little beside them. */
const UNREST = 32_768;

/** The factor for one input. The least of three, since whatever else moves only adds; but one that is enough is enough. */
function factorOf(way: "datagram" | "stream", { bytes, unpacked }: Input): number {
  const base = bytes.length + unpacked;
  const read = (): unknown => readers[way](bytes);
  const once = (): number => {
    const kept = (keeps(read, Math.ceil(2 * UNREST / (bytes.length + 64))) - BESIDES) / base;
    return base < UNREST ? kept : Math.max(kept, (reaches(read, 4) - UNREST) / base);
  };
  let factor = once();
  for (let again = 2; again > 0 && factor > MOST[way]; again--) factor = Math.min(factor, once());
  return factor;
}

const [seed = 1, runs = 100] = process.argv.slice(2).map(Number);
for (const [kind, input] of Object.entries(inputs)) {
  const most = { datagram: 0, stream: 0 };
  const told = fc.check(fc.property(input, (one) => {
    for (const way of ["datagram", "stream"] as const) {
      const factor = factorOf(way, one);
      most[way] = Math.max(most[way], factor);
      if (factor > MOST[way]) throw new Error(`${way}: ${factor.toFixed(1)} times`);
    }
  }), { seed, numRuns: runs, endOnFailure: true });
  const broken = told.counterexample?.[0];
  const weighed: Weighed = { kind, runs: told.numRuns, most, ...(broken !== undefined && { broken: `${String(told.errorInstance)}, for ${broken.bytes.length} bytes: ${hexOf(broken.bytes).slice(0, 400)}` }) };
  process.stdout.write(`${JSON.stringify(weighed)}\n`);
}
