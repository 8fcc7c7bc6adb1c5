/**
 * Churn as a list of departures and returns, drawn before the run begins, from its seed alone. So a run with churn is a run with a longer timeline, and
 * nothing else needs to know about churn. Draws are keyed: changing the rate of one member does not affect the others.
 */

import { assert, type Instant, instant, ln, micros, type Micros } from "../../engine/index.ts";
import type { Action, Disruption, Scenario, Selector } from "../scenario/model.ts";
import { Arrivals } from "./arrivals.ts";
import { keyedDraw, packetKey, stream } from "./chance.ts";
import { choose } from "./choice.ts";
import { latencyAt } from "./latency.ts";

type ChurnAction = Extract<Action, { kind: "churn" }>;

/** A member goes, comes back, or joins for the first time. */
type Turn = { readonly at: Instant; readonly member: number; readonly is: "going" | "coming" };

/** Which members may be drawn, from when on, and how randomness is drawn for them. */
type Draw = {
  readonly from: Instant;
  readonly members: readonly number[];
  readonly firstAt: (member: number) => number;
  readonly key: (member: number, nth: number) => number;
  readonly least: Micros;
};

/** What a draw is for. */
const purposes = { up: 1, down: 2, gap: 3, who: 4 } as const;
const HOUR = 3_600_000_000;
/** A member that leaves stays away longer than `lingerFor` by at least this much, so that its process has ended. */
const AFTER_LINGERING = 1_000_000;

/** The scenario with all departures and returns of its churn in the run of this seed, appended to its timeline: the other lines keep their indices. */
export function withChurn(scenario: Scenario, seed: string): Scenario {
  if (!scenario.timeline.some(({ action }) => action.kind === "churn")) return scenario;
  const arrivals = new Arrivals(scenario.members);
  const churns = scenario.timeline.flatMap(({ action, ...line }, index) => (action.kind === "churn" ? [{ scenario, seed, arrivals, line, action, index }] : []));
  scenario.timeline.forEach((line, index) => arrivals.happen(line, index, seed));
  // Departures are drawn from the members that are there, so arrivals by churn are drawn first.
  const [coming, going] = [churns.filter(({ action: { by } }) => by === "join"), churns.filter(({ action: { by } }) => by !== "join")];
  const drawn = new Map([...coming, ...going].map((churn) => [churn.index, writtenOut(churn)]));
  const timeline = scenario.timeline.map((line, index) => drawn.get(index)?.begins ?? line);
  const turns = churns.flatMap(({ index }) => drawn.get(index)?.turns ?? []);
  return { ...scenario, timeline: [...timeline, ...turns.toSorted((one, other) => one.at - other.at)] };
}

type Written = {
  readonly scenario: Scenario; readonly seed: string; readonly arrivals: Arrivals; readonly line: Omit<Disruption, "action">; readonly action: ChurnAction; readonly index: number;
};

/** The line that says that this churn begins, naming the members drawn for it, and the lines that it causes. */
function writtenOut({ scenario, seed, arrivals, line, action, index }: Written): { readonly begins: Disruption; readonly turns: readonly Disruption[] } {
  const { members: places } = scenario;
  const word = stream(seed, `churn ${index}`).word();
  const candidates = [...places.keys()].filter((member) => action.by === "join" || arrivals.of(member) < action.until);
  const chosen = choose(action.members, { places, candidates, chosen: new Map(), dice: stream(seed, line.dice ?? `disruption ${index}`), taken: new Set() });
  const members = action.by === "join" ? chosen.filter((member) => places[member]?.present === false) : chosen;
  const draw: Draw = {
    from: line.at,
    members,
    firstAt: (member) => (action.by === "join" ? line.at : Math.max(line.at, arrivals.of(member))),
    key: (member, nth) => packetKey(word, member, member, nth),
    least: micros(action.by === "leave" ? scenario.config.lingerFor + AFTER_LINGERING : 1),
  };
  const turns = (action.model.kind === "sessions" ? sessions(draw, action.model, action.until) : departures(draw, action.model, action.until)).filter(({ at }) => at < scenario.duration);
  if (action.by === "join") for (const { member, at } of turns) arrivals.comes(member, at);
  const named = (who: readonly number[]): Selector => (who.length === places.length ? { kind: "all" } : { kind: "names", names: who.map((member) => places[member]?.name ?? "") });
  return {
    begins: { ...line, action: { ...action, members: named(members) } },
    turns: turns.map(({ at, member, is }) => {
      const who = { kind: "names", names: [places[member]?.name ?? ""] } as const;
      return { at, entry: line.entry, action: is === "going" ? { kind: action.by, members: who } : { kind: "restart", members: who, ...action.back } };
    }),
  };
}

/** Each member goes when its session ends. A session begins when churn does, or when the member arrives or returns. All members that are away when churn ends come back then. */
function sessions({ members, firstAt, key, least }: Draw, { up, down }: Extract<ChurnAction["model"], { kind: "sessions" }>, until: Instant): readonly Turn[] {
  const turns: Turn[] = [];
  for (const member of members) {
    let now = firstAt(member);
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

/** Departures after exponential waits. A member that is drawn while it is away stays away: so the process is Poisson for each member that is there. */
function departures({ from, members, firstAt, key, least }: Draw, { perHour, per, down }: Extract<ChurnAction["model"], { kind: "poisson" }>, until: Instant): readonly Turn[] {
  const turns: Turn[] = [];
  const rate = (perHour / HOUR) * (per === "member" ? members.length : 1);
  assert(rate > 0 || members.length === 0, "a rate at which something happens");
  const backAt = new Map<number, number>();
  let now: number = from;
  for (let nth = 0; members.length > 0; nth++) {
    const dice = key(-1, nth);
    now += -ln(1 - keyedDraw(dice, purposes.gap)) / rate;
    if (now >= until) break;
    const isThere = (member: number): boolean => (backAt.get(member) ?? firstAt(member)) <= now;
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
