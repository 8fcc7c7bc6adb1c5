/** What happens, and when: `timeline:`. */

import type { z } from "zod";
import { harmful } from "./harm.ts";
import { latency } from "./latency.ts";
import { besideFaults, memberFaultNames, memberFaults } from "./member-faults.ts";
import { selector } from "./selector.ts";
import { clog, flap, partition, swizzle } from "./split.ts";
import { choice, length, list, mapping, share, someLength, text, whole, yesNo } from "./words.ts";

/** All actions. An entry of the timeline has exactly one of these keys. */
export const actionNames = [
  "crash", "restart", "pause", "resume", "block", "unblock", "join", "leave", "partition", "cut", "impair", "clog", "swizzle", "heal", "update", "broadcast", "send",
  ...memberFaultNames,
] as const;
export type ActionName = (typeof actionNames)[number];

const impair = mapping({
  members: selector.describe("Members whose packets are impaired; instead of from and to.").optional(),
  direction: choice(["in", "out", "both"]).describe("With members: what they receive, what they send, or both (the default).").optional(),
  from: selector.describe("Members whose packets to `to` are impaired.").optional(),
  to: selector.describe("To which members.").optional(),
  loss: share.describe("The chance that a datagram is lost, in addition to the link's loss.").optional(),
  delay: latency.describe("The additional latency.").optional(),
  duplicate: share.describe("The chance that it arrives twice, in addition to the link's duplication.").optional(),
  ...harmful,
});

const payload = text.describe("The payload, as text (UTF-8). {n} is replaced by the number of the broadcast in the run.");

const broadcast = mapping({
  members: selector.describe("The sender or senders."),
  payload,
  priority: choice(["urgent", "normal", "bulk"]).describe("By default normal. A broadcast waits while a more urgent one does.").optional(),
});

const send = mapping({
  from: selector.describe("The sender or senders."),
  to: selector.describe("The receivers: each gets it from each sender."),
  payload: text.describe("The payload, as text (UTF-8)."),
  over: choice(["datagram", "stream"]).describe("In a datagram, best effort (the default), or over a stream.").optional(),
});

const when = {
  at: length.describe("When, from the origin."),
  every: someLength.describe("Repeated at this interval. Needs until or times.").optional(),
  until: length.describe("With every: until before this time.").optional(),
  times: whole(1, 100_000).describe("With every: this many times in all.").optional(),
  for: someLength.describe("How long it lasts: then crashed and departed members restart, paused and blocked ones go on, a partition, cut, impairment or clog heals, and slowness, a clock's other rate or churn ends.").optional(),
  added: yesNo.describe("Was it added to a timeline whose other entries should draw the same members as without it? By default no.").optional(),
  flap: flap.describe("With partition, cut, impair or clog and for: meanwhile it comes and goes, { on: 5s, off: { exponential: { mean: 3s } } }.").optional(),
  again: choice(["anew", "same"]).describe("With every: are members drawn anew each time (the default), or are they the same as the first time?").optional(),
};

const what = {
  crash: selector.describe("Their processes end without a word.").optional(),
  restart: selector.describe("Crashed or departed processes start again and join.").optional(),
  pause: selector.describe("Their processes stand still; what arrives waits for them.").optional(),
  resume: selector.describe("Paused processes go on.").optional(),
  block: selector.describe("Their processes block right before sending and right after receiving; nothing is lost, and their deadlines go on.").optional(),
  unblock: selector.describe("Blocked processes go on.").optional(),
  join: selector.describe("Members that were not present join through the seeds.").optional(),
  leave: selector.describe("They say goodbye, linger, and stop.").optional(),
  partition: partition.describe("Nothing passes between one side and another: [50%, rest], or { ways: 3 }, { isolate: 2 }, { ring: yes }, { bridge: 1 }, { by: zone }; or what crosses is late, or waits.").optional(),
  cut: mapping({ from: selector.describe("Members whose packets are lost."), to: selector.describe("To which members.") })
    .describe("Nothing passes from these to those.")
    .optional(),
  impair: impair.describe("Packets are impaired in addition to what the link does to them.").optional(),
  clog: clog.describe("What these send to those waits until this ends, and then arrives all at once.").optional(),
  swizzle: swizzle.describe("One after another these members' links are clogged, and then opened in another order. It ends by itself.").optional(),
  heal: choice(["all"]).describe("Ends all partitions, cuts, impairments and clogs.").optional(),
  update: mapping({ members: selector.describe("Who."), meta: text.describe("The new meta, as text.") })
    .describe("They change their meta.")
    .optional(),
  broadcast: broadcast.describe("Their applications broadcast a user message.").optional(),
  send: send.describe("Their applications send a user message to some others.").optional(),
  ...memberFaults,
} satisfies Record<ActionName, z.ZodType>;

export const entry = mapping({
  ...when,
  ...what,
  ...besideFaults,
  incarnation: choice(["kept", "lost"]).describe("With restart, or with crash or leave and for: is the incarnation kept? By default it is lost.").optional(),
  address: choice(["same", "new"]).describe("With restart, or with crash or leave and for: do they listen at the same address (the default), or at another?").optional(),
  bothWays: yesNo.describe("With cut or clog, or with impair's from and to: does it apply to the way back as well? By default no.").optional(),
}).meta({ oneOf: actionNames.map((name) => ({ required: [name] })) });

export const timeline = list(entry).describe("What happens, and when. Each entry has at, one action, and optionally every or for.");

export type WrittenEntry = z.output<typeof entry>;
