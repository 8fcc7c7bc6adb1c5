/** Faults between members as text: the name of each, and what it does, the same in all views. */

import { blocking, reachInRing } from "../../trace/index.ts";
import type { FaultFact, MemberNumber } from "./run.ts";

export { reachInRing };

type Kind = FaultFact["kind"];
type Ends = Pick<FaultFact, "kind" | "sides" | "bothWays">;

/** The name of each kind. */
export const faultNames: Readonly<Record<Kind, string>> = {
  partition: "partition", "one-way": "one-way partition", ring: "ring partition", cut: "cut", slow: "slow partition", jam: "jammed partition", clog: "clog", impair: "impairment",
};

/** Up to this many sides are counted one by one. */
const COUNTED = 6;

/** `partition: 32 | 32`, `cut: 4 → 20` (nothing passes that way), `ring: each of 24 reaches 13`. */
export function faultText({ kind, sides, bothWays }: Ends): string {
  if (kind === "ring") return `ring: each of ${sides.length} reaches ${1 + 2 * reachInRing(sides.length)}`;
  if (sides.length > COUNTED) return `${faultNames[kind]}: ${sides.length} sides`;
  const isDirected = kind === "one-way" || ((kind === "cut" || kind === "clog" || kind === "impair") && !bothWays);
  return `${faultNames[kind]}: ${sides.map(({ length }) => length).join(isDirected ? " → " : " | ")}`;
}

/** The same with what happens to crossing packets. */
export const faultSentence = (fault: Ends): string => `${faultText(fault)}, ${effects[fault.kind]}`;

const effects: Readonly<Record<Kind, string>> = {
  partition: "nothing crosses", "one-way": "nothing passes that way", ring: "nothing passes beyond its reach", cut: "nothing passes that way", slow: "messages across it are delayed",
  jam: "messages across it are held until it heals", clog: "messages across it are held", impair: "packets are lost, delayed or changed",
};

/** Between two members: `a partition had separated`, `a slow partition had delayed messages between`. */
export const betweenText = ({ kind }: Pick<FaultFact, "kind">): string => `a${kind === "impair" ? "n" : ""} ${faultNames[kind]} had ${verbs[kind]}`;

const verbs: Readonly<Record<Kind, string>> = {
  partition: "separated", "one-way": "separated", ring: "separated", cut: "separated", slow: "delayed messages between", jam: "held up messages between", clog: "held up messages between", impair: "affected packets between",
};

/** Does it let nothing pass between the two, in one direction at least? */
export function parts({ kind, sides, bothWays }: Ends, one: MemberNumber, other: MemberNumber): boolean {
  const blocks = blocking(kind === "jam" ? "partition" : kind, sides, bothWays);
  return blocks(one, other) || blocks(other, one);
}
