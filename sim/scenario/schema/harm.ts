/** What a network does to packets besides delay and independent loss: the keys that links and `impair` share. */

import { z } from "zod";
import { ratePattern, readRate, readSize, sizePattern } from "../size.ts";
import type { Reading } from "../quantity.ts";
import { latency } from "./latency.ts";
import { choice, mapping, onOff, readLengthOr, share, someLength, whole } from "./words.ts";

const told = (reading: Reading<unknown>): string => (reading.ok ? "" : reading.why);

const reading = (read: (written: unknown) => Reading<number>) => (written: unknown, context: z.core.$RefinementCtx): number => {
  const answer = read(written);
  if (answer.ok) return answer.value;
  context.addIssue(answer.why);
  return z.NEVER;
};

/** A size in bytes. */
export const size = z
  .union([z.string().meta({ pattern: sizePattern, examples: ["64kB", "1MiB"] }), z.number().meta({ minimum: 1 })], { error: (issue) => told(readSize(issue.input)) })
  .transform(reading(readSize))
  .meta({ id: "size", description: "A size: a whole number of bytes, or a number and a unit (B, kB, MB, GB, KiB, MiB, GiB)." });

/** A rate in bytes a second. */
const rate = z
  .string({ error: (issue) => told(readRate(issue.input)) })
  .meta({ pattern: ratePattern, examples: ["100kB/s", "1Mbit/s"] })
  .transform(reading(readRate))
  .meta({ id: "rate", description: "A rate: a number and a unit (B/s, kB/s, MB/s, GB/s, KiB/s, MiB/s, GiB/s, bit/s, kbit/s, Mbit/s, Gbit/s)." });

const shared = choice(["pair", "sender", "receiver", "all"]);

const meanLength = z
  .union([whole(1, 1_000_000).transform((packets) => ({ packets })), someLength.transform((time) => ({ time }))], { error: (issue) => readLengthOr(issue.input, "4 for packets, or a length such as 400ms") });

/** Three spellings of the same channel; exactly one must be used. */
export const burstSpellings = [["loss", "meanLength"], ["p", "r"], ["bad", "good"]] as const;

const bursts = mapping({
  loss: share.describe("The friendlier spelling: the share of all packets that is lost, beside meanLength.").optional(),
  meanLength: meanLength.describe("How long a bad stretch is on average: so many packets (4), or a length of time (400ms), beside loss.").optional(),
  p: share.describe("The chance that the channel turns bad before a packet, if it was good (netem's p).").optional(),
  r: share.describe("The chance that it turns good, if it was bad: a bad stretch is 1/r packets long on average. Without it, 1 − p: no memory.").optional(),
  bad: someLength.describe("By time instead of by packet: how long a bad stretch lasts on average; both are exponential.").optional(),
  good: someLength.describe("How long a good stretch lasts on average.").optional(),
  "1-h": share.describe("The chance that a packet is lost in a bad stretch. By default 100%.").optional(),
  "1-k": share.describe("The chance that a packet is lost in a good one. By default 0%.").optional(),
  shared: shared.describe("What turns bad together: each pair in each direction by itself (the default), all that a sender sends, all that a receiver gets, or all affected packets.").optional(),
}).meta({ id: "bursts", description: "Losses in bursts: Gilbert's and Elliott's channel." });

const pipe = mapping({
  bandwidth: rate.describe("How fast it is: packets pass one after another, including IP and UDP headers (28 bytes).").optional(),
  queue: size.describe("How much can wait in it, including the packet in transmission; more is lost. By default unlimited. Needs bandwidth.").optional(),
  mtu: size.describe("The largest packet, including headers (28 bytes); a larger datagram is lost.").optional(),
  shared: shared.describe("Who shares it: each pair in each direction has its own (the default), each sender, each receiver, or all affected members share one.").optional(),
}).meta({ id: "pipe", description: "Bandwidth, a queue and an MTU." });

const corrupt = z.union([share, mapping({
  share: share.describe("The share of all datagrams that is corrupted."),
  bits: whole(1, 64).describe("How many bits of each are flipped. By default 1.").optional(),
  crc: onOff.describe("Do members write a checksum, as memberlist does from protocol 5 on (on, the default), or none?").optional(),
})], "write a share such as 1%, or { share: 1%, bits: 3, crc: off }").meta({ id: "corrupt", description: "Flipped bits." });

const lossOf = mapping({
  ping: share.describe("Pings in datagrams.").optional(),
  ack: share.describe("Acks in datagrams.").optional(),
  "ping-req": share.describe("Requests to relays.").optional(),
  nack: share.describe("Nacks.").optional(),
  gossip: share.describe("Gossip between probes, and user messages in datagrams.").optional(),
  stream: share.describe("Segments of streams, which are sent again.").optional(),
}).meta({ id: "lossOf", description: "Loss by kind of message." });

/** The keys, all optional. */
export const harmful = {
  bursts: bursts.describe("Losses in bursts: Gilbert's and Elliott's channel, as { loss: 3%, meanLength: 4 } or in the field's terms, { p: 1%, r: 25%, 1-h: 100%, 1-k: 0% }.").optional(),
  pipe: pipe.describe("Bandwidth, a queue whose tail is dropped, and an MTU: { bandwidth: 100kB/s, queue: 16kB, mtu: 1280 }.").optional(),
  corrupt: corrupt.describe("Flipped bits, through the real codec: a share, or { share, bits, crc }. What can still be decoded is received.").optional(),
  reorder: mapping({ share: share.describe("The share of all datagrams that is held back."), by: latency.describe("For how long; datagrams sent meanwhile overtake it.") })
    .describe("Datagrams that are overtaken by later ones: { share: 10%, by: 50ms }.")
    .optional(),
  replay: mapping({ share: share.describe("The share of all datagrams that arrives a second time."), after: latency.describe("How long after the first.") })
    .describe("Datagrams that arrive a second time, much later: { share: 1%, after: 30s }.")
    .optional(),
  lossOf: lossOf.describe("Loss by kind of message: { ack: 30%, gossip: 50% }.").optional(),
};

export type WrittenHarms = { readonly [Key in keyof typeof harmful]?: z.output<(typeof harmful)[Key]> };
