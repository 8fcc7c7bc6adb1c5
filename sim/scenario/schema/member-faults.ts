/** Faults of members and their machines: slowness, clocks, churn, and coming back under another name. */

import { z } from "zod";
import { readDrift } from "../rate.ts";
import { latency } from "./latency.ts";
import { drifts, rate, shift, whyNot } from "./room.ts";
import { selector } from "./selector.ts";
import { choice, length, list, mapping, share, someLength, whole } from "./words.ts";

/** The actions that this file defines. */
export const memberFaultNames = ["slow", "hasten", "clock", "churn", "replace"] as const;

const slow = mapping({
  members: selector.describe("The members whose machines are slow."),
  takes: latency.describe("How long they take to handle each message, one after another: a length, or a distribution as for latencies."),
  alarms: choice(["on-time", "in-turn"]).describe("Do their alarms ring on time (the default), or wait in the queue as well?").optional(),
});

const clock = mapping({
  members: selector.describe("The members whose clocks change."),
  rate: z.union([drifts, z.literal("usual")], { error: ({ input }) => whyNot(readDrift(input)) })
    .describe("How much faster they run than true time from now on: 2%, -200ppm, drawn for each between two, or usual for what it was at the origin.").optional(),
  step: someLength.describe("How far they jump ahead. A monotonic clock never goes back.").optional(),
  wall: shift.describe("How far their wall clocks are set, ahead or back: 1h, -30s. Members do not ask them what time it is.").optional(),
});

const event = mapping({
  at: length.describe("When, from the churn's own beginning."),
  member: z.string().describe("The member, by name."),
  what: choice(["join", "crash", "leave", "restart"]).describe("What it does."),
});

const churn = mapping({
  members: selector.describe("Who comes and goes; by default all.").optional(),
  by: choice(["crash", "leave", "join"]).describe("How they go: crash without a word (the default), or leave with a farewell; or join: members that were not present.").optional(),
  rate: rate.describe("Poisson: how often somebody goes, such as 6/h or 0.5/s.").optional(),
  per: choice(["group", "member"]).describe("With rate: is it that of the whole group (the default), or of each present member?").optional(),
  up: latency.describe("Sessions: how long each member is present, drawn each time. Needs down.").optional(),
  down: latency.describe("How long each is away. Without it, and with rate, they stay away.").optional(),
  file: z.string().describe("Recorded churn: the path, relative to this file, of a CSV file with the columns at, member and what (join, crash, leave, restart).").optional(),
  events: list(event, 1).describe("The same, written here.").optional(),
});

/** Keys of these actions in an entry of the timeline. */
export const memberFaults = {
  slow: slow.describe("Their machines are slow: messages are handled late, one after another.").optional(),
  hasten: selector.describe("Slow machines are fast again.").optional(),
  clock: clock.describe("Their machines' clocks change. A member knows only its own clock's time.").optional(),
  churn: churn.describe("They come and go: at random, by sessions, or as recorded.").optional(),
  replace: mapping({ members: selector.describe("Who is gone."), by: selector.describe("Who comes instead: members that were not present.") })
    .describe("Crashed or departed processes come back under other names, at the addresses that they had.")
    .optional(),
};

/** Keys that may accompany an action. */
export const besideFaults = {
  cascade: mapping({
    every: someLength.describe("How long after one member the next may follow."),
    times: whole(1, 1_000).describe("How many may follow, at most."),
    chance: share.describe("The chance that one member is followed by another."),
  }).describe("It may spread: each time, with some chance, the same happens to other members, until it does not.").optional(),
  view: choice(["kept", "lost"]).describe("With restart, or with crash or leave and for, or with churn: is the view they had kept? By default it is lost.").optional(),
};


export type WrittenFaults = { readonly [Name in keyof typeof memberFaults]?: z.output<(typeof memberFaults)[Name]> };
