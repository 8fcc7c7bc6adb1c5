/** The toolbar: the run, the clock, and the most frequent buttons. */

import type { MakePart } from "./desk.ts";
import { run } from "./commands.ts";
import { attribute, element, say } from "./element.ts";
import { filterPart } from "../panel/filter.ts";
import { runOf } from "./state.ts";
import { titleOf } from "./title.ts";
import { SPEEDS } from "./update.ts";

/** `12.345678 s`: with microseconds, the resolution of a trace. */
export const clockText = (at: number): string => `${(at / 1e6).toFixed(6)} s`;

export const toolbarPart: MakePart = (region, desk) => {
  const press = (name: string, text: string, label: string): HTMLButtonElement =>
    element("button", { type: "button", "aria-label": label, title: label, onclick: () => run(desk, name) }, text);
  const name = element("span", { class: "name" });
  const choice = element("select", { "aria-label": "Run", onchange: () => desk.dispatch({ kind: "run-shown", run: Number(choice.value) }) });
  const clock = element("output", { class: "clock", "aria-label": "Time in the run" });
  const play = press("play", "▶", "Play or pause (space)");
  const speed = element("select", { "aria-label": "Speed", onchange: () => desk.dispatch({ kind: "sped", speed: Number(speed.value) }) },
    ...SPEEDS.map((factor) => element("option", { value: factor }, `${factor}×`)));
  const progress = element("progress", { max: 1, value: 0, "aria-label": "Progress" });
  const doing = element("span", { role: "status", class: "visually-hidden" });
  const filter = element("div", { class: "cluster" });
  region.append(
    press("gallery", "Open…", "Open a scenario or a recording (g)"),
    element("div", { class: "cluster" }, name, choice),
    element("div", { class: "cluster", role: "group", "aria-label": "Time" },
      press("disruption-back", "|◂", "Previous disruption (p)"), press("step-back", "◂", "Previous event (←)"), play,
      press("step-on", "▸", "Next event (→)"), press("disruption-on", "▸|", "Next disruption (n)"), speed, clock),
    filter,
    element("span", { class: "spring" }),
    press("palette", "⌕", "Find a command, member, scenario or instant (ctrl+K)"),
    element("div", { class: "cluster seldom" }, press("undo", "↶", "Undo (u)"), press("redo", "↷", "Redo (ctrl+y)"), press("theme", "◐", "Theme: light, dark, or that of the system (t)")), press("help", "?", "Help: keys, mouse, touch and filters (?)"), progress, doing,
  );
  const filterField = filterPart(filter, desk);
  let listed = "";
  return {
    show: (page, frame) => {
      filterField.show(page, frame);
      const facts = runOf(page, page.shown);
      say(name, facts === undefined ? "swimlab" : "");
      const names = page.runs.map(({ id, name }) => `${id} ${name}`).join("\n");
      if (names !== listed) {
        listed = names;
        choice.replaceChildren(...page.runs.map((facts) => element("option", { value: facts.id }, titleOf(facts))));
      }
      choice.hidden = page.runs.length === 0;
      if (page.shown !== null) choice.value = String(page.shown);
      say(clock, clockText(page.clock.at));
      say(play, page.clock.isPlaying ? "❚❚" : "▶");
      attribute(play, "aria-pressed", String(page.clock.isPlaying));
      speed.value = String(page.clock.speed);
      const work = page.shown === null ? undefined : page.work[page.shown];
      progress.hidden = work === undefined;
      if (work !== undefined) progress.value = work.share;
      say(doing, work === undefined ? "" : `${work.doing}…`);
    },
  };
};
