/** Harms, partitions and clogs, converted back to what could have been written. */

import type { Bursts, Harms, Late } from "./harm.ts";
import type { Action } from "./model.ts";
import { showLength } from "./quantity.ts";
import { showRate, showSize } from "./size.ts";
import { latencyOf, share } from "./spell-words.ts";
import type { Written, WrittenValue } from "./write.ts";

/** The keys of a link or an impairment. */
export function harmsText({ bursts, pipe, corrupt, reorder, replay, lossOf }: Harms = {}): Written {
  const late = (word: "by" | "after", { share: of, by }: Late): Written => ({ share: share(of), [word]: latencyOf(by) });
  return {
    ...(bursts === undefined ? {} : { bursts: burstsText(bursts) }),
    ...(pipe === undefined ? {} : { pipe: {
      ...(pipe.rate === null ? {} : { bandwidth: showRate(pipe.rate) }), ...(pipe.queue === null ? {} : { queue: showSize(pipe.queue) }),
      ...(pipe.mtu === null ? {} : { mtu: showSize(pipe.mtu) }), shared: pipe.shared,
    } }),
    ...(corrupt === undefined ? {} : { corrupt: { share: share(corrupt.share), bits: corrupt.bits, crc: corrupt.crc ? "on" : "off" } }),
    ...(reorder === undefined ? {} : { reorder: late("by", reorder) }),
    ...(replay === undefined ? {} : { replay: late("after", replay) }),
    ...(lossOf === undefined ? {} : { lossOf: Object.fromEntries(Object.entries(lossOf).map(([kind, of]) => [kind, share(of)])) }),
  };
}

/** By packet with the usual p and r; by time with the lengths of bad and good stretches. */
function burstsText(bursts: Bursts): Written {
  const [h, k] = [share(bursts.lossInBad), share(bursts.lossInGood)];
  if (bursts.kind === "by-packet") return { p: share(bursts.p), r: share(bursts.r), "1-h": h, "1-k": k, shared: bursts.shared };
  return { bad: showLength(bursts.bad), good: showLength(bursts.good), "1-h": h, "1-k": k, shared: bursts.shared };
}

/** `partition:`; undefined for the sides of an earlier one, which can't be written. */
export function partitionText({ shape, crossing, way }: Action & { readonly kind: "partition" }, sides: readonly WrittenValue[]): WrittenValue | undefined {
  if (shape === undefined && crossing === undefined && way === undefined) return sides;
  if (shape?.kind === "same") return undefined;
  return {
    ...shapeText(shape, sides), ...(way === undefined ? {} : { direction: way }),
    ...(crossing === undefined ? {} : crossing.kind === "jam" ? { mode: "jam" } : { mode: "slow", delay: latencyOf(crossing.by) }),
  };
}

function shapeText(shape: Exclude<(Action & { readonly kind: "partition" })["shape"], { readonly kind: "same" }>, sides: readonly WrittenValue[]): Written {
  switch (shape?.kind) {
    case undefined: return { sides };
    case "ways":    return { ways: shape.count };
    case "isolate": return { isolate: sides[0] ?? 0 };
    case "ring":    return { ring: true };
    case "bridge":  return { bridge: sides[0] ?? 0 };
    case "tag":     return { by: shape.tag };
  }
}

/** A clog, or a swizzle; the selectors are converted already. */
export const clogText = ({ capacity }: Action & { readonly kind: "clog" }, from: WrittenValue, to: WrittenValue): Written =>
  ({ from, to, ...(capacity === null ? {} : { capacity: showSize(capacity) }) });

export const swizzleText = ({ clogFor, holdFor, unclogFor }: Action & { readonly kind: "swizzle" }, members: WrittenValue): Written =>
  ({ members, clogFor: showLength(clogFor), holdFor: showLength(holdFor), unclogFor: showLength(unclogFor) });
