/** Forks: the shown run with another intervention at the cursor. The original stays, beside it. */

import type { Instant } from "../../engine/index.ts";
import type { Edit, Experiment, MemberNumber, RunFacts } from "../model/run.ts";
import type { Desk } from "./desk.ts";
import { play } from "./opening.ts";
import { runOf } from "./state.ts";

/** The interventions of a user. */
export type Deed =
  | { readonly kind: "crash" | "restart" | "pause" | "resume" | "block" | "unblock" | "leave"; readonly members: readonly MemberNumber[] }
  | { readonly kind: "partition"; readonly sides: readonly (readonly MemberNumber[])[] }
  | { readonly kind: "lose"; readonly members: readonly MemberNumber[]; readonly loss: string }
  | { readonly kind: "heal" };

/** The experiment of a run; null for a recording without one. */
export const experimentOf = ({ origin }: RunFacts): Experiment | null => origin.experiment;

/** An intervention as a line of a scenario's timeline. */
export function editOf(deed: Deed, at: Instant, facts: RunFacts): Edit {
  const names = (members: readonly MemberNumber[]): readonly string[] => members.map((who) => facts.members[who]?.id ?? "");
  const when = `${at}us`;
  switch (deed.kind) {
    case "partition": return { at: when, partition: sidesOf(deed.sides.map(names)) };
    case "lose":      return { at: when, impair: { members: names(deed.members), loss: deed.loss } };
    case "heal":      return { at: when, heal: "all" };
    default:          return { at: when, [deed.kind]: names(deed.members) };
  }
}

/** The longest side is written as `rest`: shorter to read, and later newcomers are on it. */
function sidesOf(sides: readonly (readonly string[])[]): readonly unknown[] {
  const longest = sides.reduce((one, other) => (other.length > one.length ? other : one), sides[0] ?? []);
  return [...sides.filter((side) => side !== longest), "rest"];
}

/** Intervenes at the cursor: plays the fork, and shows it with the original beside it. */
export async function fork(desk: Desk, deed: Deed): Promise<void> {
  const page = desk.page();
  const facts = runOf(page, page.shown);
  if (facts === undefined) return;
  const experiment = experimentOf(facts);
  if (experiment === null) {
    desk.dispatch({ kind: "noticed", notice: { kind: "info", text: `${facts.name} was recorded elsewhere and does not contain its scenario: it can be viewed, but not forked` } });
    return;
  }
  const { at } = page.clock;
  desk.dispatch({ kind: "paused" });
  const run = await play(desk, { ...experiment, edits: [...experiment.edits, editOf(deed, at, facts)] }, { parent: facts.id, at });
  if (run === null) return;
  desk.dispatch({ kind: "run-put-beside", run: facts.id });
  desk.dispatch({ kind: "sought", at });
}
