/** The help sheet: every command with its keys, finger gestures, and the language of filters. */

import { filterKeys, flags } from "../model/filter-words.ts";
import type { Command, Desk } from "../page/desk.ts";
import { element } from "../page/element.ts";
import { overlayPart, sheet } from "../page/overlay.ts";

const groups: readonly (readonly [Command["group"], string])[] = [["time", "Time"], ["selection", "Members"], ["speed", "Speed"], ["view", "Views"], ["page", "The page"]];

const fingers: readonly (readonly [string, string])[] = [
  ["tap", "select a member or a message; on the time line, move the cursor there"], ["drag", "on the time line: move the cursor"], ["pinch", "on the time line and the lanes: zoom; two fingers together move in time"],
  ["wheel", "on the time line and the lanes: zoom; with shift, move in time"], ["drop", "a recording, a scenario, or a folder of them, anywhere"],
];

export const helpPart = overlayPart("help", (desk) => sheet(desk, "Keys, mouse, touch and filters",
  element("p", {}, "Ctrl+K (or :) finds every command, including those without a key, and members, scenarios and instants, by a few letters."),
  element("div", { class: "columns" },
    ...groups.map(([group, title]) => section(title, desk.commands.filter((command) => command.group === group && command.keys.length > 0).map((command) => [keysOf(command), command.title] as const))),
    section("Mouse and touch", fingers.map(([what, means]) => [[what], means] as const)),
    section("Filters", [
      ...filterKeys.map(({ about, example }) => [[code(example)], about] as const),
      ...flags.map(({ word, about }) => [[code(word)], about] as const),
      [[code("a b")], "both match the same message, announcement or line"], [[code("a | b")], "either"], [[code("-a")], "not"], [[code("(a | b) c")], "groups"], [[code('"any words"')], "the line's text contains this"],
    ])),
  element("p", {}, element("button", { type: "button", onclick: () => run(desk, "tour") }, "Start the guided tour"))));

function section(title: string, rows: readonly (readonly [readonly (Node | string)[], string])[]): HTMLElement {
  return element("section", {}, element("h3", {}, title), element("table", { class: "keys-of" }, ...rows.map(([keys, means]) => element("tr", {}, element("td", {}, ...keys), element("td", {}, means)))));
}

const code = (text: string): HTMLElement => element("code", {}, text);

const keysOf = ({ keys }: Command): readonly (Node | string)[] => keys.flatMap((key, n) => [...(n === 0 ? [] : [" "]), element("kbd", {}, keyText(key))]);

const signs: Readonly<Record<string, string>> = { " ": "space", arrowright: "→", arrowleft: "←", arrowup: "↑", arrowdown: "↓" };

/** `alt+→`: a key as people write it. */
export const keyText = (key: string): string => (key === " " ? "space" : key.replaceAll(/arrow(right|left|up|down)/g, (name) => signs[name] ?? name));

function run(desk: Desk, name: string): void {
  desk.dispatch({ kind: "overlaid", overlay: "none" });
  desk.commands.find((command) => command.name === name)?.run(desk);
}
