/** Everything that a user can do, by name: keys, buttons and the help sheet all read this list. */

import { instant } from "../../engine/index.ts";
import type { Command, Desk } from "./desk.ts";
import { type PageState, runOf } from "./state.ts";
import { stepBy as step } from "./stepping.ts";
import { SPEEDS } from "./update.ts";
import { viewCommands } from "./view-commands.ts";

const hasRun = (page: PageState): boolean => page.shown !== null;
const always = (): boolean => true;

/** Moves the cursor by seconds of the run. */
function move(desk: Desk, seconds: number): void {
  desk.dispatch({ kind: "sought", at: instant(desk.page().clock.at + seconds * 1e6) });
}

function speed(desk: Desk, by: 1 | -1): void {
  const { clock } = desk.page();
  const next = by === 1 ? SPEEDS.find((speed) => speed > clock.speed) : SPEEDS.findLast((speed) => speed < clock.speed);
  if (next !== undefined) desk.dispatch({ kind: "sped", speed: next });
}

/** Turns to the next theme. */
const nextTheme = { system: "dark", dark: "light", light: "system" } as const;

type Entry = readonly [name: string, title: string, keys: readonly string[], run: Command["run"], isPossible?: Command["isPossible"]];

const entries: Readonly<Record<Command["group"], readonly Entry[]>> = {
  time: [
    ["play", "Play or pause", [" ", "k"], (desk) => desk.dispatch({ kind: desk.page().clock.isPlaying ? "paused" : "played" })],
    ["step-on", "Next thing that happens", ["arrowright"], (desk) => void step(desk, 1, { by: "line" })],
    ["step-back", "Previous thing that happens", ["arrowleft"], (desk) => void step(desk, -1, { by: "line" })],
    ["second-on", "A second on", ["shift+arrowright"], (desk) => move(desk, 1)],
    ["second-back", "A second back", ["shift+arrowleft"], (desk) => move(desk, -1)],
    ["status-on", "Next change of a belief", ["]"], (desk) => void step(desk, 1, { by: "status", members: null })],
    ["status-back", "Previous change of a belief", ["["], (desk) => void step(desk, -1, { by: "status", members: null })],
    ["disruption-on", "Next disruption", ["}", "n"], (desk) => void step(desk, 1, { by: "disruption" })],
    ["disruption-back", "Previous disruption", ["{", "p"], (desk) => void step(desk, -1, { by: "disruption" })],
    ["false-on", "Next false death", ["f"], (desk) => void step(desk, 1, { by: "verdict", of: "false" })],
    ["false-back", "Previous false death", ["shift+f"], (desk) => void step(desk, -1, { by: "verdict", of: "false" })],
    ["faster", "Faster", ["+", "="], (desk) => speed(desk, 1)],
    ["slower", "Slower", ["-"], (desk) => speed(desk, -1)],
    ["to-begin", "To the beginning", ["home"], (desk) => desk.dispatch({ kind: "sought", at: runOf(desk.page(), desk.page().shown)?.begins ?? instant(0) })],
    ["to-end", "To the end", ["end"], (desk) => desk.dispatch({ kind: "sought", at: runOf(desk.page(), desk.page().shown)?.ends ?? instant(0) })],
  ],
  selection: [
    ["member-on", "Next thing that happens to the selected member", ["alt+arrowright"], (desk) => stepMember(desk, 1), (page) => page.selection.member !== null],
    ["member-back", "Previous thing that happened to the selected member", ["alt+arrowleft"], (desk) => stepMember(desk, -1), (page) => page.selection.member !== null],
    ["select-on", "Select the next member", ["arrowdown", "j"], (desk) => turn(desk, 1), hasRun],
    ["select-back", "Select the previous member", ["arrowup"], (desk) => turn(desk, -1), hasRun],
    ["observe", "See with the selected member's eyes, or the truth's", ["o"], (desk) => { const { observer, selection } = desk.page(); desk.dispatch({ kind: "observed", observer: observer === null ? selection.member : null }); }, hasRun],
    ["deselect", "Select nothing", ["escape"], (desk) => desk.dispatch(desk.page().overlay === "none" ? { kind: "selected", selection: { member: null, message: null, line: null } } : { kind: "overlaid", overlay: "none" }), always],
  ],
  view: [
    ["matrix", "Show the matrix", ["1"], (desk) => desk.dispatch({ kind: "view-turned", view: "matrix" }), always],
    ["zones", "Lay the group out by zones, or as a circle", ["z"], (desk) => desk.dispatch({ kind: "laid-out", layout: desk.page().layout === "circle" ? "zones" : "circle" }), always],
    ["theme", "Light, dark, or as the system is", ["t"], (desk) => desk.dispatch({ kind: "themed", theme: nextTheme[desk.page().theme] }), always],
  ],
  run: [
    ["gallery", "Open a scenario or a recording", ["g"], (desk) => desk.dispatch({ kind: "overlaid", overlay: "gallery" }), always],
  ],
  page: [
    ["help", "Keys", ["?"], (desk) => desk.dispatch({ kind: "overlaid", overlay: desk.page().overlay === "help" ? "none" : "help" }), always],
    ["undo", "Undo", ["ctrl+z", "u"], (desk) => desk.dispatch({ kind: "undone" }), always],
    ["redo", "Redo", ["ctrl+shift+z", "ctrl+y"], (desk) => desk.dispatch({ kind: "redone" }), always],
  ],
};

export const commands: readonly Command[] = [...viewCommands, ...Object.entries(entries).flatMap(([group, list]) =>
  list.map(([name, title, keys, run, isPossible]): Command => ({ name, title, keys, group: group as Command["group"], run, isPossible: isPossible ?? hasRun })))];

function stepMember(desk: Desk, direction: 1 | -1): void {
  const { member } = desk.page().selection;
  if (member !== null) void step(desk, direction, { by: "member", members: [member] });
}

function turn(desk: Desk, by: 1 | -1): void {
  const page = desk.page();
  const count = runOf(page, page.shown)?.members.length ?? 0;
  if (count === 0) return;
  const { member } = page.selection;
  desk.dispatch({ kind: "selected", selection: { member: member === null ? (by === 1 ? 0 : count - 1) : (member + by + count) % count } });
}

/** Runs a command by its name, if it is possible. */
export function run(desk: Desk, name: string): void {
  const command = commands.find((command) => command.name === name);
  if (command?.isPossible(desk.page()) === true) command.run(desk);
}
