/** What may befall members and their machines besides what every timeline has: slowness, clocks, churn, and coming back as somebody else. */

import { z } from "zod";
import { readDrift } from "../rate.ts";
import { latency } from "./latency.ts";
import { drifts, rate, shift, whyNot } from "./room.ts";
import { selector } from "./selector.ts";
import { choice, length, list, mapping, share, someLength, whole } from "./words.ts";

/** The actions that are written here. */
export const memberFaultNames = ["slow", "hasten", "clock", "churn", "replace"] as const;

const slow = mapping({
  members: selector.describe("Whose machines are slow."),
  takes: latency.describe("How long they take over each thing that comes in, one after another: a length, or drawn as latencies are."),
  alarms: choice(["on-time", "in-turn"]).describe("Do their alarms ring on time (the default), or wait in the queue as well?").optional(),
});

const clock = mapping({
  members: selector.describe("Whose machines' clocks."),
  rate: z.union([drifts, z.literal("usual")], { error: ({ input }) => whyNot(readDrift(input)) })
    .describe("How much faster they run than true time from now on: 2%, -200ppm, drawn for each between two, or usual for what it was at the origin.").optional(),
  step: someLength.describe("How far they jump ahead. A monotonic clock never goes back.").optional(),
  wall: shift.describe("How far their wall clocks are set, ahead or back: 1h, -30s. Members do not ask them what time it is.").optional(),
});

const event = mapping({
  at: length.describe("When, from the churn's own beginning."),
  member: z.string().describe("Who, by name."),
  what: choice(["join", "crash", "leave", "restart"]).describe("What it does."),
});

const churn = mapping({
  members: selector.describe("Who comes and goes; all unless given.").optional(),
  by: choice(["crash", "leave", "join"]).describe("How they go: without a word (the default), or with a farewell; or do those join who were not present?").optional(),
  rate: rate.describe("Poisson: how often somebody goes, such as 6/h or 0.5/s.").optional(),
  per: choice(["group", "member"]).describe("With rate: is it that of the whole group (the default), or of each member that is there?").optional(),
  up: latency.describe("Sessions: how long each member is there, drawn each time. Needs down.").optional(),
  down: latency.describe("How long each is away. Without it, with rate, they stay away.").optional(),
  file: z.string().describe("A recorded churn: the path, from here, of a CSV file with the columns at, member and what (join, crash, leave, restart).").optional(),
  events: list(event, 1).describe("The same, written here.").optional(),
});

/** What an entry of the timeline may say. */
export const memberFaults = {
  slow: slow.describe("Their machines are slow: what comes in is handled late, one after another.").optional(),
  hasten: selector.describe("Slow machines are as fast as ever again.").optional(),
  clock: clock.describe("Something becomes of their machines' clocks. A member knows no other time than its clock's.").optional(),
  churn: churn.describe("They come and go: at random, by sessions, or as recorded.").optional(),
  replace: mapping({ members: selector.describe("Who is gone."), by: selector.describe("Who comes instead: members that were not present.") })
    .describe("Crashed or departed processes come back under other names, at the addresses that they had.")
    .optional(),
};

/** What may stand beside an action. */
export const besideFaults = {
  cascade: mapping({
    every: someLength.describe("How long after one the next may follow."),
    times: whole(1, 1_000).describe("How many may follow, at most."),
    chance: share.describe("The chance that one is followed by the next."),
  }).describe("It may spread: each time with a chance, the same befalls others, until it does not.").optional(),
  view: choice(["kept", "lost"]).describe("With restart, or with crash or leave and for, or with churn: was it written down whom they knew? Lost unless given.").optional(),
};


export type WrittenFaults = { readonly [Name in keyof typeof memberFaults]?: z.output<(typeof memberFaults)[Name]> };
