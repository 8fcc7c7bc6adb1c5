/**
 * Churn, written out: when who goes and comes back, drawn before the run begins from its seed alone. So a run with churn is one with a longer timeline, and
 * nothing else has to know of it. What is drawn is keyed: another rate of one member moves no other.
 */

import { assert, type Instant, instant, ln, micros, type Micros } from "../../engine/index.ts";
import type { Action, Disruption, Scenario } from "../scenario/model.ts";
import { keyedDraw, packetKey, stream } from "./chance.ts";
import { choose } from "./choice.ts";
import { latencyAt } from "./latency.ts";

type ChurnAction = Extract<Action, { kind: "churn" }>;

/** Somebody goes, or comes back; or joins for the first time. */
type Turn = { readonly at: Instant; readonly member: number; readonly is: "going" | "coming" };

/** Who may be struck, and how chance is drawn for them. */
type Draw = { readonly from: Instant; readonly members: readonly number[]; readonly key: (member: number, nth: number) => number; readonly least: Micros };

/** What a draw is for. */
const purposes = { up: 1, down: 2, gap: 3, who: 4 } as const;
const HOUR = 3_600_000_000;
/** How much longer than it may linger whoever says goodbye is away at least, so that its process has ended. */
const AFTER_LINGERING = 1_000_000;

/** The scenario with all that its churn does in the run of this seed at the end of its timeline: those that were there keep their indices. */
export function withChurn(scenario: Scenario, seed: string): Scenario {
  if (!scenario.timeline.some(({ action }) => action.kind === "churn")) return scenario;
  const drawn = scenario.timeline.flatMap((disruption, index) => (disruption.action.kind === "churn" ? writtenOut(scenario, seed, disruption, disruption.action, index) : []));
  return { ...scenario, timeline: [...scenario.timeline, ...drawn.toSorted((one, other) => one.at - other.at)] };
}

function writtenOut(scenario: Scenario, seed: string, { at, entry, dice }: Disruption, action: ChurnAction, index: number): readonly Disruption[] {
  const word = stream(seed, `churn ${index}`).word();
  const draw: Draw = {
    from: at,
    members: chosenBy(scenario, action, stream(seed, dice ?? `disruption ${index}`)),
    key: (member, nth) => packetKey(word, member, member, nth),
    least: micros(action.by === "leave" ? scenario.config.lingerFor + AFTER_LINGERING : 1),
  };
  const turns = action.model.kind === "sessions" ? sessions(draw, action.model, action.until) : arrivals(draw, action.model, action.until);
  return turns.filter((turn) => turn.at < scenario.duration).map(({ at: when, member, is }) => {
    const members = { kind: "names", names: [scenario.members[member]?.name ?? ""] } as const;
    return { at: when, entry, action: is === "going" ? { kind: action.by, members } : { kind: "restart", members, ...action.back } };
  });
}

/** The same whom the line of the timeline draws that says that churn begins. */
function chosenBy({ members: places }: Scenario, { members, by }: ChurnAction, dice: ReturnType<typeof stream>): readonly number[] {
  const chosen = choose(members, { places, candidates: [...places.keys()], chosen: new Map(), dice, taken: new Set() });
  return by === "join" ? chosen.filter((member) => places[member]?.present === false) : chosen;
}

/** Each goes when its session ends, and comes back when it has been away long enough; all who are away when churn ends come back then. */
function sessions({ from, members, key, least }: Draw, { up, down }: Extract<ChurnAction["model"], { kind: "sessions" }>, until: Instant): readonly Turn[] {
  const turns: Turn[] = [];
  for (const member of members) {
    let now: number = from;
    for (let nth = 0; ; nth++) {
      now += Math.max(1, latencyAt(up, keyedDraw(key(member, nth), purposes.up)));
      if (now >= until) break;
      turns.push({ at: instant(now), member, is: "going" });
      now += Math.max(least, latencyAt(down, keyedDraw(key(member, nth), purposes.down)));
      turns.push({ at: instant(Math.min(now, until)), member, is: "coming" });
      if (now >= until) break;
    }
  }
  return turns;
}

/** Somebody goes after waits that are exponential. Of each member, whoever is drawn and away already stays away: what is left is Poisson for each that is there. */
function arrivals({ from, members, key, least }: Draw, { perHour, per, down }: Extract<ChurnAction["model"], { kind: "poisson" }>, until: Instant): readonly Turn[] {
  const turns: Turn[] = [];
  const rate = (perHour / HOUR) * (per === "member" ? members.length : 1);
  assert(rate > 0 || members.length === 0, "a rate at which something happens");
  const backAt = new Map<number, number>();
  let now: number = from;
  for (let nth = 0; members.length > 0; nth++) {
    const dice = key(-1, nth);
    now += -ln(1 - keyedDraw(dice, purposes.gap)) / rate;
    if (now >= until) break;
    const isThere = (member: number): boolean => (backAt.get(member) ?? 0) <= now;
    const pool = per === "member" ? members : members.filter(isThere);
    const member = pool[Math.floor(keyedDraw(dice, purposes.who) * pool.length)];
    if (member === undefined || !isThere(member)) continue;
    turns.push({ at: instant(now), member, is: "going" });
    const back = down === null ? Infinity : now + Math.max(least, latencyAt(down, keyedDraw(dice, purposes.down)));
    backAt.set(member, back);
    if (down !== null) turns.push({ at: instant(Math.min(back, until)), member, is: "coming" });
  }
  return turns;
}
