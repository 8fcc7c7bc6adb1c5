/** Milder faults: a link or a line of the timeline without one of its harms, or with a weaker one. */

import type { Written, WrittenValue } from "../scenario/write.ts";
import { readShare } from "../scenario/quantity.ts";
import { isMapping, linesOf } from "./cast.ts";

/** Keys that a line can do without: harms, the treatment of crossing packets, limits. */
const spare: ReadonlySet<string> = new Set([
  "loss", "duplicate", "delay", "bursts", "pipe", "corrupt", "reorder", "replay", "lossOf", "direction", "mode", "capacity", "flap", "shared", "queue", "mtu", "bits", "crc", "zones",
  "ping", "ack", "ping-req", "nack", "gossip", "stream",
]);

/** All scenarios with one such key removed, or one value halved: the greater steps first. */
export function milder(written: Written): readonly Written[] {
  const lines = linesOf(written);
  const ofLines = lines.flatMap((line, place) => changes(line).map((changed): Written => ({ ...written, timeline: lines.with(place, changed) })));
  const network = written["network"];
  return [...ofLines, ...(isMapping(network) ? changes(network).map((changed): Written => ({ ...written, network: changed })) : [])];
}

/** All mappings that differ from this one in one harm, here or deeper inside. */
function changes(mapping: Written): readonly Written[] {
  return Object.entries(mapping).flatMap(([key, value]): readonly Written[] => [
    // A slow partition without a delay is invalid: both are removed together.
    ...(spare.has(key) ? [without(mapping, key === "mode" ? [key, "delay"] : [key])] : []),
    ...halved(value).map((half): Written => ({ ...mapping, [key]: half })),
    ...(isMapping(value) ? changes(value).map((inner): Written => ({ ...mapping, [key]: inner })) : []),
  ]);
}

const without = (mapping: Written, keys: readonly string[]): Written => Object.fromEntries(Object.entries(mapping).filter(([key]) => !keys.includes(key)));

/** Half of a percentage, rounded to a whole one; 1% or less is left as it is. */
function halved(value: WrittenValue): readonly WrittenValue[] {
  const share = typeof value === "string" && value.endsWith("%") ? readShare(value) : null;
  if (share === null || !share.ok || share.value < 0.02) return [];
  return [`${Math.round(share.value * 50)}%`];
}
