/** What lies between the members when nothing is wrong: `network:`. */

import { z } from "zod";
import { harmful } from "./harm.ts";
import { latency } from "./latency.ts";
import { room } from "./room.ts";
import { filter } from "./selector.ts";
import { choice, length, list, mapping, share, someLength, text, yesNo } from "./words.ts";

export type { WrittenLatency } from "./latency.ts";

const behaviour = {
  latency: latency.describe("How long a datagram is under way, one way. Uniform from 0.5ms to 1.5ms unless given.").optional(),
  loss: share.describe("The chance that a datagram is lost.").optional(),
  duplicate: share.describe("The chance that a datagram arrives twice.").optional(),
  ...harmful,
};

const fromTo = <Cell extends z.ZodType>(cell: Cell): z.ZodRecord<z.ZodString, z.ZodRecord<z.ZodString, Cell>> =>
  z.record(z.string(), z.record(z.string(), cell, "write to whom: { us: 45ms }"), "write from whom to whom: { eu: { us: 45ms } }");

/** From each value of a tag to each other. */
const zones = mapping({
  by: text.describe("The tag that says where a member stands: zone."),
  latency: fromTo(latency.describe("How long a datagram is under way from here to there.")).describe("From where to where, directed: { eu: { us: 45ms }, us: { eu: 60ms } }. What is left out is as everywhere.").optional(),
  loss: fromTo(share.describe("The chance that a datagram from here to there is lost.")).describe("The same for loss: { eu: { us: 1% } }.").optional(),
});

export const link = mapping({
  from: filter.describe("Who sends."),
  to: filter.describe("Who receives."),
  ...behaviour,
  bothWays: yesNo.describe("Does it hold for the way back as well? No unless given.").optional(),
});

export const network = mapping({
  ...behaviour,
  links: list(link).describe("Exceptions by direction: the first that fits decides, and inherits the keys that it leaves out, each as a whole.").optional(),
  zones: zones.describe("Latency and loss from zone to zone, as a matrix. Where links has an exception that fits, that decides.").optional(),
  streamDeadline: someLength.describe("How long the opener of a stream waits for the answer. 10s unless given, like memberlist's TCPTimeout.").optional(),
  retransmitAfter: someLength.describe("How long a lost segment of a stream waits to be sent again, doubled with each further loss. 200ms unless given.").optional(),
  catchUp: length.describe("How long a member that was paused or blocked takes over each datagram that piled up meanwhile. Streams wait for none of them. 0 unless given: all of them at once.").optional(),
  catchUpAlarms: choice(["on-time", "in-turn", "by-chance"]).describe("Do its alarms ring on time meanwhile (the default), or wait behind what piled up? One that was overdue when it went on rings at once; by-chance, every other time it waits as well.").optional(),
  receiveBuffer: room.describe("How much may wait at a member that does not take it in at once; what is beyond is lost, and counted. Any amount unless given.").optional(),
}).describe("What lies between the members when nothing is wrong.");

export type WrittenNetwork = z.output<typeof network>;
