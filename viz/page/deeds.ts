/** The interventions at the cursor, in the heading of the group: each forks the run. */

import type { MemberNumber } from "../model/run.ts";
import { existences, wordIn } from "../model/words.ts";
import type { Desk, MakePart } from "./desk.ts";
import { attribute, element } from "./element.ts";
import { type Deed, fork } from "./fork.ts";
import type { PageState } from "./state.ts";

type Doing = { readonly text: string; readonly title: string; readonly when: readonly string[]; readonly deed: (who: MemberNumber) => Deed };

const doings: readonly Doing[] = [
  { text: "Crash", title: "Crash the selected member: its process ends without a farewell", when: ["running", "paused", "blocked"], deed: (who) => ({ kind: "crash", members: [who] }) },
  { text: "Pause", title: "Pause the selected member", when: ["running"], deed: (who) => ({ kind: "pause", members: [who] }) },
  { text: "Resume", title: "Resume the selected member", when: ["paused"], deed: (who) => ({ kind: "resume", members: [who] }) },
  { text: "Restart", title: "Restart the selected member: it joins again", when: ["crashed", "departed"], deed: (who) => ({ kind: "restart", members: [who] }) },
  { text: "Leave", title: "Let the selected member leave gracefully, with a farewell", when: ["running"], deed: (who) => ({ kind: "leave", members: [who] }) },
  { text: "Loss", title: "Drop half of all datagrams to and from the selected member", when: ["running", "paused", "blocked"], deed: (who) => ({ kind: "lose", members: [who], loss: "50%" }) },
];

export const deedsPart: MakePart = (region, desk) => {
  const buttons = doings.map((doing) => element("button", { type: "button", title: `${doing.title}, from the cursor on, in a fork of this run`, onclick: () => act(desk, doing) }, doing.text));
  const part = element("button", { type: "button", title: "Partition: drag a line across the group; nothing passes it from the cursor on, in a fork of this run", onclick: () =>
    desk.dispatch({ kind: "mode-turned", mode: desk.page().mode === "part" ? "look" : "part" }) }, "Partition");
  const heal = element("button", { type: "button", title: "End all faults between members at the cursor, in a fork of this run", onclick: () => void fork(desk, { kind: "heal" }) }, "Heal");
  region.append(element("div", { class: "deeds", role: "group", "aria-label": "Faults to add at the cursor, in a fork" }, ...buttons, part, heal));
  return {
    show: (page, frame) => {
      const { member } = page.selection;
      const existence = member === null || frame.group === null ? null : wordIn(existences, frame.group.existence[member]);
      buttons.forEach((button, n) => { button.disabled = existence === null || doings[n]?.when.includes(existence) !== true; });
      part.disabled = page.shown === null;
      attribute(part, "aria-pressed", String(page.mode === "part"));
      heal.disabled = (frame.group?.faults.length ?? 0) === 0;
    },
  };
};

function act(desk: Desk, { deed }: Doing): void {
  const { member }: PageState["selection"] = desk.page().selection;
  if (member !== null) void fork(desk, deed(member));
}
