/** What happens, and when: `timeline:`. */

import type { z } from "zod";
import { harmful } from "./harm.ts";
import { latency } from "./latency.ts";
import { besideFaults, memberFaultNames, memberFaults } from "./member-faults.ts";
import { selector } from "./selector.ts";
import { clog, flap, partition, swizzle } from "./split.ts";
import { choice, length, list, mapping, share, someLength, text, whole, yesNo } from "./words.ts";

/** Everything that can happen. An entry of the timeline has just one of these keys. */
export const actionNames = [
  "crash", "restart", "pause", "resume", "block", "unblock", "join", "leave", "partition", "cut", "impair", "clog", "swizzle", "heal", "update", "broadcast", "send",
  ...memberFaultNames,
] as const;
export type ActionName = (typeof actionNames)[number];

const impair = mapping({
  members: selector.describe("Whose packets suffer; instead of from and to.").optional(),
  direction: choice(["in", "out", "both"]).describe("With members: what they receive, what they send, or both (the default).").optional(),
  from: selector.describe("Whose packets suffer on their way to `to`.").optional(),
  to: selector.describe("On the way to whom.").optional(),
  loss: share.describe("The chance that a datagram is lost, besides what the link loses.").optional(),
  delay: latency.describe("How much longer it is under way.").optional(),
  duplicate: share.describe("The chance that it arrives twice, besides what the link duplicates.").optional(),
  ...harmful,
});

const payload = text.describe("What is said, as text (UTF-8). {n} stands for the how-many-th broadcast of the run it is.");

const broadcast = mapping({
  members: selector.describe("Who says it."),
  payload,
  priority: choice(["urgent", "normal", "bulk"]).describe("Normal unless given. Broadcasts wait until no more urgent one does.").optional(),
});

const send = mapping({
  from: selector.describe("Who says it."),
  to: selector.describe("To whom: each of these hears it from each of those."),
  payload: text.describe("What is said, as text (UTF-8)."),
  over: choice(["datagram", "stream"]).describe("In a datagram, best effort (the default), or over a stream.").optional(),
});

const when = {
  at: length.describe("When, from the origin."),
  every: someLength.describe("Again and again, at this distance. Needs until or times.").optional(),
  until: length.describe("With every: up to, but not at, this point.").optional(),
  times: whole(1, 100_000).describe("With every: so many times in all.").optional(),
  for: someLength.describe("How long it lasts: the crashed and departed restart then, the paused and blocked go on, a partition, cut, impairment or clog heals, slowness and another rate of clocks end, churn does.").optional(),
  added: yesNo.describe("Was it added to a timeline that is to go on as it was otherwise? Then the others draw the members that they drew without it. No unless given.").optional(),
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
  cut: mapping({ from: selector.describe("Whose packets are lost."), to: selector.describe("On the way to whom.") })
    .describe("Nothing passes from these to those.")
    .optional(),
  impair: impair.describe("Packets suffer on top of what the link does to them.").optional(),
  clog: clog.describe("What these send to those waits until this ends, and then comes all at once.").optional(),
  swizzle: swizzle.describe("One after another these members' links are clogged, and then opened in another order. It ends by itself.").optional(),
  heal: choice(["all"]).describe("Ends all partitions, cuts, impairments and clogs.").optional(),
  update: mapping({ members: selector.describe("Who."), meta: text.describe("The new meta, as text.") })
    .describe("They have something new to say of themselves.")
    .optional(),
  broadcast: broadcast.describe("Their applications have something to say to everybody.").optional(),
  send: send.describe("Their applications have something to say to some others.").optional(),
  ...memberFaults,
} satisfies Record<ActionName, z.ZodType>;

export const entry = mapping({
  ...when,
  ...what,
  ...besideFaults,
  incarnation: choice(["kept", "lost"]).describe("With restart, or with crash or leave and for: was the incarnation written down? Lost unless given.").optional(),
  address: choice(["same", "new"]).describe("With restart, or with crash or leave and for: do they listen where they did, or elsewhere? The same unless given.").optional(),
  bothWays: yesNo.describe("With cut or clog, or with impair's from and to: does it hold for the way back as well? No unless given.").optional(),
}).meta({ oneOf: actionNames.map((name) => ({ required: [name] })) });

export const timeline = list(entry).describe("What happens, and when. Each entry has at, one action, and perhaps every or for.");

export type WrittenEntry = z.output<typeof entry>;
