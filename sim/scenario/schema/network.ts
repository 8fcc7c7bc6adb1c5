/** The network between members without faults: `network:`. */

import { z } from "zod";
import { harmful } from "./harm.ts";
import { latency } from "./latency.ts";
import { room } from "./room.ts";
import { filter } from "./selector.ts";
import { choice, length, list, mapping, share, someLength, text, yesNo } from "./words.ts";

export type { WrittenLatency } from "./latency.ts";

const behaviour = {
  latency: latency.describe("The one-way latency of a datagram. By default uniform from 0.5ms to 1.5ms.").optional(),
  loss: share.describe("The chance that a datagram is lost.").optional(),
  duplicate: share.describe("The chance that a datagram arrives twice.").optional(),
  ...harmful,
};

const fromTo = <Cell extends z.ZodType>(cell: Cell): z.ZodRecord<z.ZodString, z.ZodRecord<z.ZodString, Cell>> =>
  z.record(z.string(), z.record(z.string(), cell, "write the destination: { us: 45ms }"), "write source and destination: { eu: { us: 45ms } }");

/** From each value of a tag to each other value. */
const zones = mapping({
  by: text.describe("The tag whose value is a member's zone: zone."),
  latency: fromTo(latency.describe("The latency of a datagram from zone to zone.")).describe("From zone to zone, directed: { eu: { us: 45ms }, us: { eu: 60ms } }. What is left out is as everywhere.").optional(),
  loss: fromTo(share.describe("The chance that a datagram from zone to zone is lost.")).describe("The same for loss: { eu: { us: 1% } }.").optional(),
});

export const link = mapping({
  from: filter.describe("Who sends."),
  to: filter.describe("Who receives."),
  ...behaviour,
  bothWays: yesNo.describe("Does it apply to the way back as well? By default no.").optional(),
});

export const network = mapping({
  ...behaviour,
  links: list(link).describe("Exceptions by direction: the first that matches applies, and inherits the keys that it leaves out, each as a whole.").optional(),
  zones: zones.describe("Latency and loss from zone to zone, as a matrix. A matching exception in links comes first.").optional(),
  streamDeadline: someLength.describe("How long the opener of a stream waits for the answer. By default 10s, like memberlist's TCPTimeout.").optional(),
  retransmitAfter: someLength.describe("How long until a lost segment of a stream is sent again, doubled with each further loss. By default 200ms.").optional(),
  catchUp: length.describe("How long a member that was paused or blocked takes for each datagram that piled up meanwhile. Streams wait for none of them. By default 0: all at once.").optional(),
  catchUpAlarms: choice(["on-time", "in-turn", "by-chance"]).describe("Do its alarms go off on time meanwhile (the default), or wait behind what piled up? One that was overdue when the member went on goes off at once; with by-chance, it waits every other time.").optional(),
  receiveBuffer: room.describe("How much may wait at a member that does not read it at once; more is lost, and counted. By default unlimited.").optional(),
}).describe("What lies between the members when nothing is wrong.");

export type WrittenNetwork = z.output<typeof network>;
