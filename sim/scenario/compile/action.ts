/** What one entry of the timeline does, and how that ends. */

import type { Action, Selector } from "../model.ts";
import { actionNames, type ActionName, type WrittenEntry } from "../schema/timeline.ts";
import type { WrittenSelector } from "../schema/selector.ts";
import type { Path, Report } from "../trouble.ts";
import { type Cast, metaOf } from "./cast.ts";
import { latencyOf } from "./network.ts";
import { checkSides, inOrderOfChoice } from "./partition.ts";
import { selectorOf, sideOf } from "./selector.ts";

/** What the entries of a timeline can refer to. */
export type Stage = { readonly cast: Cast | undefined; readonly metaLimit: number };

/** An action and, for an entry with `for`, what ends it, given the index of the disruption that began it. */
export type Deed = { readonly action: Action; readonly ending: ((begun: number) => Action) | undefined };

/** What ends of itself after `for`. */
const lasting: readonly ActionName[] = ["crash", "leave", "pause", "partition", "cut", "impair"];

/** The one action that an entry has, or undefined if it has none or more than one. */
export function actionName(entry: WrittenEntry): ActionName | undefined {
  const names = actionNames.filter((name) => entry[name] !== undefined);
  return names.length === 1 ? names[0] : undefined;
}

/** What an entry does. Undefined if it says nothing, or two things at once; then that has been reported. */
export function deedOf(entry: WrittenEntry, path: Path, stage: Stage, report: Report): Deed | undefined {
  const name = actionName(entry);
  if (name === undefined) {
    const names = actionNames.filter((one) => entry[one] !== undefined);
    if (names.length === 0) report(path, `nothing happens here: write one of ${actionNames.join(", ")}`);
    else report([...path, names[1] ?? ""], `${names.join(" and ")} can't stand in one entry: write an entry for each`);
    return undefined;
  }
  checkCompany(entry, name, path, report);
  const action = actionOf(entry, path, stage, report);
  if (action === undefined) return undefined;
  return { action, ending: entry.for === undefined ? undefined : (begun) => endingOf(name, entry, begun) };
}

/** Reports words that mean nothing beside this action. */
function checkCompany(entry: WrittenEntry, name: ActionName, path: Path, report: Report): void {
  if (entry.for !== undefined && !lasting.includes(name)) {
    report([...path, "for"], `${name} does not end by itself: for belongs to ${lasting.join(", ")}`);
  }
  const restarts = name === "restart" || ((name === "crash" || name === "leave") && entry.for !== undefined);
  if (entry.incarnation !== undefined && !restarts) {
    report([...path, "incarnation"], "nobody restarts here: incarnation belongs to restart, or to crash or leave with for");
  }
  const directed = name === "cut" || (name === "impair" && entry.impair?.members === undefined);
  if (entry.bothWays !== undefined && !directed) {
    report([...path, "bothWays"], "there are no two ways here: bothWays belongs to cut, or to impair with from and to");
  }
}

function actionOf(entry: WrittenEntry, path: Path, stage: Stage, report: Report): Action | undefined {
  const { cast } = stage;
  const choose = (written: WrittenSelector, ...keys: readonly string[]): Selector => selectorOf(written, [...path, ...keys], cast, report);
  const incarnation = entry.incarnation ?? "lost";
  if (entry.crash !== undefined) return { kind: "crash", members: choose(entry.crash, "crash") };
  if (entry.restart !== undefined) return { kind: "restart", members: choose(entry.restart, "restart"), incarnation };
  if (entry.pause !== undefined) return { kind: "pause", members: choose(entry.pause, "pause") };
  if (entry.resume !== undefined) return { kind: "resume", members: choose(entry.resume, "resume") };
  if (entry.join !== undefined) return { kind: "join", members: selectorOf(entry.join, [...path, "join"], cast, report, "the absent") };
  if (entry.leave !== undefined) return { kind: "leave", members: choose(entry.leave, "leave") };
  if (entry.partition !== undefined) {
    const sides = entry.partition.map((side, index) => sideOf(side, [...path, "partition", index], cast, report));
    checkSides(sides, [...path, "partition"], cast, report);
    return { kind: "partition", sides: inOrderOfChoice(sides) };
  }
  if (entry.cut !== undefined) {
    const to = sideOf(entry.cut.to, [...path, "cut", "to"], cast, report);
    return { kind: "cut", from: choose(entry.cut.from, "cut", "from"), to, bothWays: entry.bothWays ?? false };
  }
  if (entry.impair !== undefined) return impairmentOf(entry.impair, entry.bothWays ?? false, [...path, "impair"], cast, report);
  if (entry.heal !== undefined) return { kind: "heal", of: null };
  if (entry.update === undefined) return undefined;
  const meta = metaOf(entry.update.meta, [...path, "update", "meta"], stage.metaLimit, report);
  return { kind: "update", members: choose(entry.update.members, "update", "members"), meta };
}

type Impairment = NonNullable<WrittenEntry["impair"]>;

function impairmentOf(written: Impairment, bothWays: boolean, path: Path, cast: Cast | undefined, report: Report): Action | undefined {
  const { members, direction, from, to, loss, duplicate, delay } = written;
  if (loss === undefined && duplicate === undefined && delay === undefined) report(path, "this impairs nothing: write loss, delay or duplicate");
  const harm = { loss: loss ?? 0, duplicate: duplicate ?? 0, delay: delay === undefined ? null : latencyOf(delay, [...path, "delay"], report) };
  if (members !== undefined) {
    if (from !== undefined || to !== undefined) {
      report([...path, from === undefined ? "to" : "from"], "members can't stand beside from or to: write members and direction, or from and to");
    }
    const chosen = selectorOf(members, [...path, "members"], cast, report);
    const everybody: Selector = { kind: "all" };
    if (direction === "in") return { kind: "impair", from: everybody, to: chosen, bothWays: false, ...harm };
    return { kind: "impair", from: chosen, to: everybody, bothWays: direction !== "out", ...harm };
  }
  if (direction !== undefined) report([...path, "direction"], "direction belongs to members: from and to say it themselves");
  if (from === undefined || to === undefined) {
    report(path, "nobody is impaired: write members, or both from and to");
    return undefined;
  }
  return { kind: "impair", from: selectorOf(from, [...path, "from"], cast, report), to: sideOf(to, [...path, "to"], cast, report), bothWays, ...harm };
}

/** How the thing ends that the disruption of this index began. */
function endingOf(name: ActionName, entry: WrittenEntry, begun: number): Action {
  const members: Selector = { kind: "same", as: begun };
  if (name === "pause") return { kind: "resume", members };
  if (name === "crash" || name === "leave") return { kind: "restart", members, incarnation: entry.incarnation ?? "lost" };
  return { kind: "heal", of: begun };
}
