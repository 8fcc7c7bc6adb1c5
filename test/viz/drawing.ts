/** Scenes as SVGs, in the colours of the light theme, from a run that the worker's library plays. */

import { readFileSync } from "node:fs";
import { instant } from "../../engine/index.ts";
import type { RunFacts } from "../../viz/model/run.ts";
import { svgOf } from "../../viz/paint/svg.ts";
import type { Scene, Size } from "../../viz/scene/mark.ts";
import type { SceneUi } from "../../viz/scene/ui.ts";

const css = readFileSync("viz/style/tokens.css", "utf8");
const light = css.slice(0, css.indexOf('[data-theme="dark"]'));
const theme = Object.fromEntries(Array.from(light.matchAll(/--([\w-]+): (#[0-9a-f]+);/g), ([, name = "", colour = ""]) => [name, colour]));

/** As an SVG on the theme's paper. */
export const drawn = (scene: Scene, size: Size): string =>
  svgOf([{ kind: "rect", look: "paper", x: 0, y: 0, width: size.width, height: size.height }, ...scene], size, theme).replace('class="paper" fill="none"', `class="paper" fill="${theme["paper"] ?? ""}"`);

/** What a scene is told of the page: nothing is chosen, nothing zoomed, unless given. Times in seconds. */
export function uiAt(facts: RunFacts, seconds: number, given: Partial<SceneUi> = {}): SceneUi {
  const span = { from: facts.begins, to: facts.ends };
  return {
    facts, at: instant(seconds * 1e6), selected: { member: null, message: null }, observer: null, hovered: null, layout: "circle", isStill: true, linger: 0, beside: null, difference: null,
    span, window: span, ...given,
  };
}

/** The words of all marks' looks, each once. */
export const looksIn = (scene: Scene): readonly string[] => [...new Set(scene.map(({ look }) => look))];
/** All that is written in a scene. */
export const textsIn = (scene: Scene): readonly string[] => scene.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));
