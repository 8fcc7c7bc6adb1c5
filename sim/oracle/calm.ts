/** Calm: since when nothing more is done to the group, which members no fault affects, and how much the network still loses. */

import type { Harms } from "../scenario/harm.ts";
import type { Action, Scenario } from "../scenario/model.ts";
import { latencyAt } from "../world/latency.ts";
import type { Fault, Sides } from "../world/network.ts";
import { paceOf } from "./machine.ts";
import type { Scene } from "./oracle.ts";

const says: ReadonlySet<Action["kind"]> = new Set(["update", "broadcast", "send"]);

/** When the last disturbing line of the timeline is over: what members merely say does not count. */
export const lastTroubleAt = ({ timeline, duration, network }: Scenario): number => {
  const late = Math.max(lateness(network.link.harms), ...network.links.map(({ link }) => lateness(link.harms)), ...timeline.map(({ action }) => ("harms" in action ? lateness(action.harms) : 0)));
  return timeline.reduce((last, { at, action }, index) => (says.has(action.kind) ? last : Math.max(last, endOf(at, action, () => isHealed(timeline, index), duration))), 0) + late;
};

/** When a line of the timeline stops having effects of its own. */
function endOf(at: number, action: Action, isEnded: () => boolean, duration: number): number {
  if (action.kind === "churn") return action.until;
  if (action.kind === "swizzle") return at + action.clogFor + action.holdFor + action.unclogFor;
  return "flap" in action && action.flap !== undefined && !isEnded() ? at + duration : at;
}

const isHealed = (timeline: Scenario["timeline"], index: number): boolean =>
  timeline.some(({ action }, later) => later > index && action.kind === "heal" && (action.of === null || action.of === index));

/** How late a packet can arrive that is held back or replayed, except for one in a thousand million. */
const lateness = (harms: Harms | undefined): number =>
  [harms?.reorder, harms?.replay].reduce((most, late) => (late === undefined ? most : Math.max(most, latencyAt(late.by, ALMOST_ALL))), 0);

const ALMOST_ALL = 1 - 1e-9;

/** Members that faults in force single out: nothing is promised about them. If one end of a fault has more than half of all members, the fault singles out the other end. */
export function singledOut(faults: readonly Fault[], count: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const fault of faults) {
    if (fault.kind === "partition" || isEverywhere(fault)) continue;
    for (const end of [fault.from, fault.to]) if (sizeOf(end) * 2 <= count) for (const [member, is] of end.entries()) if (is !== 0) found.add(member);
  }
  return found;
}

/** Does it affect all packets alike? */
const isEverywhere = (fault: Exclude<Fault, { kind: "partition" }>): boolean => sizeOf(fault.from) === fault.from.length && sizeOf(fault.to) === fault.to.length;

const sizeOf = (end: Sides): number => {
  let size = 0;
  for (const is of end) if (is !== 0) size++;
  return size;
};

/** May datagrams be lost, late or corrupted in ways for which no bound has been derived? */
export const isWild = ({ scenario: { network }, network: { faultsInForce } }: Scene): boolean =>
  [network.link, ...network.links.map(({ link }) => link)].some(({ harms }) => harms !== undefined) || faultsInForce.some((fault) =>
    fault.kind === "clog" || (fault.kind === "impair" && fault.harms !== undefined) || (fault.kind === "partition" && (fault.crossing !== undefined || fault.ring !== undefined || fault.way !== undefined)));

/** The share of datagrams lost between members that are not singled out: 1 if nothing can be promised. */
export function calmLoss(scene: Scene): number {
  const { scenario: { network }, network: { faultsInForce } } = scene;
  if (isWild(scene)) return 1;
  let keeps = 1 - Math.max(network.link.loss, ...network.links.map(({ link }) => link.loss));
  for (const fault of faultsInForce) if (fault.kind === "impair" && isEverywhere(fault)) keeps *= 1 - fault.loss;
  // Without rounding errors: a loss of 5 % stays 5 %.
  return Math.round((1 - keeps) * 1e9) / 1e9;
}

/** The greatest loss under which an undisturbed group is still expected to agree eventually: with relays and suspicions, it seldom errs. */
const MOST_LOSS = 0.05;

/**
 * Can a group in this network agree at all? Relays and suspicions must be able to make up for the loss, and nearly all answers must be in time; and every member must
 * be on a side of each partition, because one on no side reaches members that can't reach each other.
 */
export function mayAgree(scene: Scene): boolean {
  const { config, network } = scene.scenario;
  const loss = calmLoss(scene);
  const isCareful = config.suspicion === "on" && config.relays > 0;
  const links = [network.link, ...network.links.map(({ link }) => link)];
  const { fastest } = paceOf(scene.scenario);
  const isInTime = links.every(({ latency }) => 2 * latencyAt(latency, SHARE_IN_TIME) * fastest <= config.askRelaysAfter);
  const isEverybodySomewhere = scene.network.faultsInForce.every((fault) => fault.kind !== "partition" || fault.sides.every((side) => side !== 0));
  const isSwift = scene.network.faultsInForce.every((fault) => fault.kind !== "impair" || fault.delay === null || !isEverywhere(fault));
  return (loss === 0 || (isCareful && loss <= MOST_LOSS)) && isInTime && isEverybodySomewhere && isSwift;
}

const SHARE_IN_TIME = 0.999;
