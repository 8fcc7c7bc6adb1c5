/** The action of a timeline entry, the action that ends it, and the action that repeats it for the same members. */

import type { Config, Micros } from "../../../engine/index.ts";
import type { Action, Selector } from "../model.ts";
import { actionNames, type ActionName, type WrittenEntry } from "../schema/timeline.ts";
import type { WrittenSelector } from "../schema/selector.ts";
import type { Path, Report } from "../trouble.ts";
import { metaOf, payloadOf } from "./bytes.ts";
import type { Cast } from "./cast.ts";
import { impairmentOf } from "./impairment.ts";
import { faultEnding, memberFaultOf, returnOf } from "./member-faults.ts";
import { partitionOf } from "./partition.ts";
import { selectorOf, sideOf } from "./selector.ts";
import { withFlap } from "./split.ts";

/** What the actions of the timeline depend on. */
export type Stage = { readonly cast: Cast | undefined; readonly config: Config; readonly duration: Micros | undefined };

/** An action and, for an entry with `for`, what ends it, given the index of the disruption that began it. */
export type Deed = { readonly action: Action; readonly ending: ((begun: number) => Action) | undefined };

/** Actions that end by themselves after `for`. */
const lasting: readonly ActionName[] = ["crash", "leave", "pause", "block", "partition", "cut", "impair", "clog", "slow", "clock", "churn"];
/** Actions that a cascade may spread to other members. */
const spreading: readonly ActionName[] = ["crash", "leave", "pause", "block", "slow", "clock"];

/** The one action that an entry has, or undefined if it has none or more than one. */
export function actionName(entry: WrittenEntry): ActionName | undefined {
  const names = actionNames.filter((name) => entry[name] !== undefined);
  return names.length === 1 ? names[0] : undefined;
}

/** The action of an entry. Undefined if it has none, or more than one; the mistake has been reported by then. */
export function deedOf(entry: WrittenEntry, path: Path, stage: Stage, report: Report): Deed | undefined {
  const name = actionName(entry);
  if (name === undefined) {
    const names = actionNames.filter((one) => entry[one] !== undefined);
    if (names.length === 0) report(path, `nothing happens here: write one of ${actionNames.join(", ")}`);
    else report([...path, names[1] ?? ""], `${names.join(" and ")} can't be in one entry: write an entry for each`);
    return undefined;
  }
  checkCompany(entry, name, path, report);
  const plain = actionOf(entry, path, stage, report);
  if (plain === undefined) return undefined;
  const action = withFlap(plain, entry, path, report);
  return { action, ending: entry.for === undefined || name === "churn" ? undefined : (begun) => endingOf(name, entry, begun) };
}

/** Reports keys that have no meaning beside this action. */
function checkCompany(entry: WrittenEntry, name: ActionName, path: Path, report: Report): void {
  if (entry.for !== undefined && !lasting.includes(name)) {
    report([...path, "for"], `${name} has no end: for works only with ${lasting.join(", ")}`);
  }
  const comesBack = entry.churn !== undefined && entry.churn.events === undefined && entry.churn.down !== undefined;
  const restarts = name === "restart" || comesBack || ((name === "crash" || name === "leave") && entry.for !== undefined);
  for (const word of ["incarnation", "address", "view"] as const) {
    if (entry[word] !== undefined && !restarts) report([...path, word], `nobody restarts here: ${word} works only with restart, or with crash or leave and for`);
  }
  if (entry.cascade !== undefined && !spreading.includes(name)) report([...path, "cascade"], `${name} does not spread: cascade works only with ${spreading.join(", ")}`);
  if (entry.cascade !== undefined && entry.every !== undefined) report([...path, "cascade"], "cascade and every can't be combined: a cascade decides how often");
  if (name === "churn" && entry.every !== undefined) report([...path, "every"], "churn goes on by itself: use for instead of every");
  if (name === "clock" && entry.for !== undefined && entry.clock?.rate === undefined) report([...path, "for"], "for works only with rate: a step is not undone");
  const directed = name === "cut" || name === "clog" || (name === "impair" && entry.impair?.members === undefined);
  if (entry.bothWays !== undefined && !directed) {
    report([...path, "bothWays"], "bothWays works only with cut or clog, or with impair and its from and to");
  }
  if (entry.again !== undefined && entry.every === undefined) report([...path, "again"], "again works only with every: this happens once");
}

function actionOf(entry: WrittenEntry, path: Path, stage: Stage, report: Report): Action | undefined {
  const { cast } = stage;
  const choose = (written: WrittenSelector, ...keys: readonly string[]): Selector => selectorOf(written, [...path, ...keys], cast, report);
  for (const kind of ["crash", "pause", "resume", "block", "unblock", "leave"] as const) {
    const written = entry[kind];
    if (written !== undefined) return { kind, members: choose(written, kind) };
  }
  if (entry.restart !== undefined) return restartOf(choose(entry.restart, "restart"), entry);
  if (entry.join !== undefined) return { kind: "join", members: selectorOf(entry.join, [...path, "join"], cast, report, "the absent") };
  if (entry.partition !== undefined) return partitionOf(entry.partition, [...path, "partition"], cast, report);
  if (entry.cut !== undefined) {
    const to = sideOf(entry.cut.to, [...path, "cut", "to"], cast, report);
    return { kind: "cut", from: choose(entry.cut.from, "cut", "from"), to, bothWays: entry.bothWays ?? false };
  }
  if (entry.impair !== undefined) return impairmentOf(entry.impair, entry.bothWays ?? false, [...path, "impair"], cast, report);
  if (entry.clog !== undefined) {
    const to = sideOf(entry.clog.to, [...path, "clog", "to"], cast, report);
    return { kind: "clog", from: choose(entry.clog.from, "clog", "from"), to, bothWays: entry.bothWays ?? false, capacity: entry.clog.capacity ?? null };
  }
  if (entry.swizzle !== undefined) return { kind: "swizzle", ...entry.swizzle, members: choose(entry.swizzle.members, "swizzle", "members") };
  if (entry.heal !== undefined) return { kind: "heal", of: null };
  const { duration, config: { lingerFor } } = stage;
  return memberFaultOf(entry, path, { cast, duration, lingerFor }, report) ?? sayingOf(entry, path, stage, report);
}

/** What members say: about themselves, to everybody, or to some. */
function sayingOf({ update, broadcast, send }: WrittenEntry, path: Path, { cast, config }: Stage, report: Report): Action | undefined {
  if (update !== undefined) {
    const members = selectorOf(update.members, [...path, "update", "members"], cast, report);
    return { kind: "update", members, meta: metaOf(update.meta, [...path, "update", "meta"], config.metaLimit, report) };
  }
  if (broadcast !== undefined) {
    const members = selectorOf(broadcast.members, [...path, "broadcast", "members"], cast, report);
    const payload = payloadOf(broadcast.payload, [...path, "broadcast", "payload"], "datagram", config, report);
    return { kind: "broadcast", members, payload, priority: broadcast.priority ?? "normal" };
  }
  if (send === undefined) return undefined;
  const over = send.over ?? "datagram";
  const from = selectorOf(send.from, [...path, "send", "from"], cast, report);
  const to = sideOf(send.to, [...path, "send", "to"], cast, report);
  return { kind: "send", from, to, payload: payloadOf(send.payload, [...path, "send", "payload"], over, config, report), over };
}

const restartOf = (members: Selector, entry: WrittenEntry): Action => ({ kind: "restart", members, ...returnOf(entry) });

/** The action that ends what the disruption of this index began. */
function endingOf(name: ActionName, entry: WrittenEntry, begun: number): Action {
  const members: Selector = { kind: "same", as: begun, end: null };
  if (name === "pause") return { kind: "resume", members };
  if (name === "block") return { kind: "unblock", members };
  if (name === "crash" || name === "leave") return restartOf(members, entry);
  if (name === "slow" || name === "clock") return faultEnding(name, begun);
  return { kind: "heal", of: begun };
}

/** The same action again, for the members that the disruption of this index affected: the same members at each end. */
export function onceMore(action: Action, as: number): Action {
  const end = (place: number): Selector => ({ kind: "same", as, end: place });
  switch (action.kind) {
    case "heal":      return action;
    case "partition": return action.shape === undefined ? { ...action, sides: action.sides.map((_, place) => end(place)) } : { ...action, sides: [], shape: { kind: "same", as } };
    case "cut":
    case "clog":
    case "impair":
    case "send":      return { ...action, from: end(0), to: end(1) };
    case "replace":   return { ...action, members: end(0), by: end(1) };
    default:          return { ...action, members: end(0) };
  }
}
