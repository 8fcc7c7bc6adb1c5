/** Everything that a user can do, by name: keys, buttons, the palette and the help sheet all use this list. */

import { instant } from "../../engine/index.ts";
import type { Command, Desk } from "./desk.ts";
import { type PageState, runOf } from "./state.ts";
import { lookCommands } from "./commands-look.ts";
import { stepTo } from "./seeking.ts";
import { stepBy as step } from "./stepping.ts";
import { viewCommands } from "./view-commands.ts";

const hasRun = (page: PageState): boolean => page.shown !== null;
const hasMember = (page: PageState): boolean => page.shown !== null && page.selection.member !== null;

/** Moves the cursor by seconds of the run. */
function move(desk: Desk, seconds: number): void {
  desk.dispatch({ kind: "sought", at: instant(desk.page().clock.at + seconds * 1e6) });
}

type Entry = readonly [name: string, title: string, keys: readonly string[], run: Command["run"], isPossible?: Command["isPossible"]];

const time: readonly Entry[] = [
  ["play", "Play or pause", [" ", "k"], (desk) => desk.dispatch({ kind: desk.page().clock.isPlaying ? "paused" : "played" })],
  ["step-on", "Next event", ["arrowright"], (desk) => void step(desk, 1, { by: "line" })],
  ["step-back", "Previous event", ["arrowleft"], (desk) => void step(desk, -1, { by: "line" })],
  ["second-on", "A second forward", ["shift+arrowright"], (desk) => move(desk, 1)],
  ["second-back", "A second back", ["shift+arrowleft"], (desk) => move(desk, -1)],
  ["status-on", "Next change of a member's belief", ["]"], (desk) => void step(desk, 1, { by: "status", members: null })],
  ["status-back", "Previous change of a member's belief", ["["], (desk) => void step(desk, -1, { by: "status", members: null })],
  ["fitting-on", "Next line that matches the filter", ["m"], (desk) => void stepTo(desk, 1, desk.page().filter), (page) => hasRun(page) && page.filter !== ""],
  ["fitting-back", "Previous line that matches the filter", ["shift+m"], (desk) => void stepTo(desk, -1, desk.page().filter), (page) => hasRun(page) && page.filter !== ""],
  ["disruption-on", "Next disruption", ["}", "n"], (desk) => void step(desk, 1, { by: "disruption" })],
  ["disruption-back", "Previous disruption", ["{", "p"], (desk) => void step(desk, -1, { by: "disruption" })],
  ["false-on", "Next false death", ["f"], (desk) => void step(desk, 1, { by: "verdict", of: "false" })],
  ["false-back", "Previous false death", ["shift+f"], (desk) => void step(desk, -1, { by: "verdict", of: "false" })],
  ["to-begin", "To the beginning", ["home"], (desk) => desk.dispatch({ kind: "sought", at: runOf(desk.page(), desk.page().shown)?.begins ?? instant(0) })],
  ["to-end", "To the end", ["end"], (desk) => desk.dispatch({ kind: "sought", at: runOf(desk.page(), desk.page().shown)?.ends ?? instant(0) })],
];

/** Other targets of stepping, each with its filter. */
const targets: readonly (readonly [name: string, title: string, filter: string])[] = [
  ["suspected", "suspicion", "kind:suspected"], ["confirmed", "confirmation of a suspicion", "kind:confirmed"], ["failed", "death announced", "kind:failed"], ["evicted", "death across a fault", "kind:failed parted"],
  ["refuted", "refutation", "kind:refuted"], ["cleared", "suspicion cleared", "kind:cleared"], ["joined", "join", "kind:joined"], ["left", "farewell heard", "announced left"], ["conflict", "conflict of names", "kind:conflict"], ["lost", "lost message", "lost"],
  ["ping-req", "ping-req", "kind:ping-req"], ["nack", "nack", "kind:nack"], ["push-pull", "exchange of views", "kind:push-pull,compare"], ["born", "start of a member", "kind:born"],
];

const strides: readonly Entry[] = targets.flatMap(([name, title, filter]): readonly Entry[] => [
  [`${name}-on`, `Next ${title}`, [], (desk) => void stepTo(desk, 1, filter)],
  [`${name}-back`, `Previous ${title}`, [], (desk) => void stepTo(desk, -1, filter)],
]);

const broken: readonly Entry[] = [
  ["broken-on", "Next violation of an invariant or oracle", [], (desk) => void step(desk, 1, { by: "broken" })],
  ["broken-back", "Previous violation of an invariant or oracle", [], (desk) => void step(desk, -1, { by: "broken" })],
];

const selection: readonly Entry[] = [
  ["member-on", "Next event at the selected member", ["alt+arrowright"], (desk) => stepMember(desk, 1, "member"), hasMember],
  ["member-back", "Previous event at the selected member", ["alt+arrowleft"], (desk) => stepMember(desk, -1, "member"), hasMember],
  ["member-status-on", "Next change of a belief about the selected member", ["alt+]"], (desk) => stepMember(desk, 1, "status"), hasMember],
  ["member-status-back", "Previous change of a belief about the selected member", ["alt+["], (desk) => stepMember(desk, -1, "status"), hasMember],
  ["select-on", "Select the next member", ["arrowdown", "j"], (desk) => turn(desk, 1), hasRun],
  ["select-back", "Select the previous member", ["arrowup"], (desk) => turn(desk, -1), hasRun],
  ["observe", "Show the selected member's view, or the truth", ["o"], (desk) => { const { observer, selection } = desk.page(); desk.dispatch({ kind: "observed", observer: observer === null ? selection.member : null }); }, hasRun],
  ["deselect", "Clear the selection, or close the dialog", ["escape"], (desk) => desk.dispatch(desk.page().overlay === "none" ? { kind: "selected", selection: { member: null, message: null, line: null } } : { kind: "overlaid", overlay: "none" }), () => true],
];

const made = (group: Command["group"], entries: readonly Entry[]): readonly Command[] =>
  entries.map(([name, title, keys, run, isPossible]) => ({ name, title, keys, group, run, isPossible: isPossible ?? hasRun }));

export const commands: readonly Command[] = [...made("time", [...time, ...strides, ...broken]), ...made("selection", selection), ...viewCommands, ...lookCommands];

function stepMember(desk: Desk, direction: 1 | -1, by: "member" | "status"): void {
  const { member } = desk.page().selection;
  if (member !== null) void step(desk, direction, { by, members: [member] });
}

function turn(desk: Desk, by: 1 | -1): void {
  const page = desk.page();
  const count = runOf(page, page.shown)?.members.length ?? 0;
  if (count === 0) return;
  const { member } = page.selection;
  desk.dispatch({ kind: "selected", selection: { member: member === null ? (by === 1 ? 0 : count - 1) : (member + by + count) % count } });
}

/** Runs a command by its name, if it is possible now. */
export function run(desk: Desk, name: string): void {
  const command = commands.find((command) => command.name === name);
  if (command?.isPossible(desk.page()) === true) command.run(desk);
}
