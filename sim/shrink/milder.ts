/** Milder faults: what a link or a line of the timeline does besides, without one of its harms, or with less of it. */

import type { Written, WrittenValue } from "../scenario/write.ts";
import { readShare } from "../scenario/quantity.ts";
import { isMapping, linesOf } from "./cast.ts";

/** What a line may be without: harms, what becomes of what crosses, limits. */
const spare: ReadonlySet<string> = new Set([
  "loss", "duplicate", "delay", "bursts", "pipe", "corrupt", "reorder", "replay", "lossOf", "direction", "mode", "capacity", "flap", "shared", "queue", "mtu", "bits", "crc", "zones",
  "ping", "ack", "ping-req", "nack", "gossip", "stream",
]);

/** The scenario with one thing less, or half of one, for each that there is: the greater steps first. */
export function milder(written: Written): readonly Written[] {
  const lines = linesOf(written);
  const ofLines = lines.flatMap((line, place) => changes(line).map((changed): Written => ({ ...written, timeline: lines.with(place, changed) })));
  const network = written["network"];
  return [...ofLines, ...(isMapping(network) ? changes(network).map((changed): Written => ({ ...written, network: changed })) : [])];
}

/** Each mapping that differs from this one in one harm, here or further in. */
function changes(mapping: Written): readonly Written[] {
  return Object.entries(mapping).flatMap(([key, value]): readonly Written[] => [
    // Slow without a delay is nothing: they go together.
    ...(spare.has(key) ? [without(mapping, key === "mode" ? [key, "delay"] : [key])] : []),
    ...halved(value).map((half): Written => ({ ...mapping, [key]: half })),
    ...(isMapping(value) ? changes(value).map((inner): Written => ({ ...mapping, [key]: inner })) : []),
  ]);
}

const without = (mapping: Written, keys: readonly string[]): Written => Object.fromEntries(Object.entries(mapping).filter(([key]) => !keys.includes(key)));

/** Half of a percentage, to a whole one; what is 1% or less is left. */
function halved(value: WrittenValue): readonly WrittenValue[] {
  const share = typeof value === "string" && value.endsWith("%") ? readShare(value) : null;
  if (share === null || !share.ok || share.value < 0.02) return [];
  return [`${Math.round(share.value * 50)}%`];
}
