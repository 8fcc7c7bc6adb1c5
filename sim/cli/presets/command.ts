/** `presets`: prints all presets side by side, one with explanations, or the differences between some. */

import { type PresetName, presets } from "../../../engine/index.ts";
import { suggestion } from "../../scenario/nearest.ts";
import { inkOf } from "../report/ink.ts";
import { exits, Stop } from "../stop.ts";
import type { Terminal } from "../terminal.ts";
import { aloneText } from "./alone.ts";
import { presetsDocument } from "./document.ts";
import { allText, differencesText } from "./side-by-side.ts";

export type PresetsOptions = { readonly json?: boolean };

const everyName = Object.keys(presets) as readonly PresetName[];

/** Prints what was requested. Throws a Stop for an unknown name. */
export function tellPresets(written: readonly string[], { json = false }: PresetsOptions, terminal: Terminal): void {
  const names = [...new Set(written.map(nameOf))];
  if (json) return terminal.say(`${JSON.stringify(presetsDocument(names.length === 0 ? everyName : names), null, 2)}\n`);
  const page = { width: terminal.width, ink: inkOf(terminal.color) };
  const [only, second] = names;
  if (only === undefined) return terminal.say(allText(page));
  terminal.say(second === undefined ? aloneText(only, page) : differencesText(names, page));
}

function nameOf(written: string): PresetName {
  const name = everyName.find((known) => known === written);
  if (name === undefined) throw new Stop(exits.usage, `there is no preset ${written}: ${suggestion(written, everyName)}`);
  return name;
}
