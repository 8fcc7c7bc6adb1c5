/** Steps to the next or previous line of a kind, and the list of kinds. */

import type { AnnouncementWord } from "../model/words.ts";
import type { Stride } from "../worker/protocol.ts";
import type { Desk } from "./desk.ts";
import { stepTo } from "./seeking.ts";
import type { PageState } from "./state.ts";

/** To what matches the filter: the worker can't find that in one go, see `seeking.ts`. */
type ByFilter = { readonly by: "filter" };

/** Goes to the next or previous line of a kind. */
export async function stepBy(desk: Desk, direction: 1 | -1, stride: Stride | ByFilter): Promise<void> {
  const { shown, clock, filter } = desk.page();
  if (shown === null) return;
  if (stride.by === "filter") {
    await stepTo(desk, direction, filter);
    return;
  }
  desk.dispatch({ kind: "paused" });
  const found = await desk.ask("step", { run: shown, at: clock.at, line: clock.line, direction, stride });
  if (found === null) return;
  desk.dispatch({ kind: "sought", at: found.at, line: found.line, selection: { line: found.line } });
}

/** A target of stepping. If it is a function, it is about the selected member only. */
export type Aim = { readonly name: string; readonly title: string; readonly stride: Stride | ByFilter | ((member: number) => Stride) };

const announced = (title: string, ...kinds: readonly AnnouncementWord[]): Aim => ({ name: kinds[0] ?? "", title, stride: { by: "announcement", kinds } });

export const aims: readonly Aim[] = [
  { name: "disruption", title: "disruptions", stride: { by: "disruption" } },
  { name: "status", title: "changes of beliefs", stride: { by: "status", members: null } },
  announced("suspicions", "suspected"),
  announced("confirmations", "confirmed"),
  announced("deaths announced", "failed"),
  { name: "false", title: "false deaths", stride: { by: "verdict", of: "false" } },
  { name: "parted", title: "evictions by partition", stride: { by: "verdict", of: "parted" } },
  announced("refutations", "refuted", "cleared"),
  announced("joins", "joined"),
  announced("farewells", "left", "departed"),
  announced("conflicts", "conflict"),
  { name: "lost", title: "lost messages", stride: { by: "message", member: null, isLost: true } },
  { name: "broken", title: "violations", stride: { by: "broken" } },
  { name: "filter", title: "filter matches", stride: { by: "filter" } },
  { name: "member", title: "selected member: all events", stride: (member) => ({ by: "member", members: [member] }) },
  { name: "member-status", title: "selected member: beliefs about it", stride: (member) => ({ by: "status", members: [member] }) },
  { name: "member-message", title: "selected member: its messages", stride: (member) => ({ by: "message", member, isLost: false }) },
  { name: "line", title: "all events", stride: { by: "line" } },
];

/** The stride of an aim now; null if it needs a member and none is selected. */
export function strideOf({ stride }: Aim, { selection: { member } }: Pick<PageState, "selection">): Stride | ByFilter | null {
  if (typeof stride !== "function") return stride;
  return member === null ? null : stride(member);
}
