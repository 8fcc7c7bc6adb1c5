/** A small world from a YAML file, or what is wrong with it. */

import { parse } from "yaml";
import { milliseconds, type Config, type PresetName } from "../../engine/index.ts";
import { configOf } from "../scenario/compile/config.ts";
import { config, preset } from "../scenario/schema/config.ts";
import { length, list, mapping, text, whole } from "../scenario/schema/words.ts";
import type { SmallWorld } from "./world.ts";

const schema = mapping({
  name: text.optional(),
  about: text.optional(),
  members: whole(2, 5),
  losses: whole(0, 100).optional(),
  delays: whole(0, 100).optional(),
  crashes: whole(0, 4).optional(),
  leaves: whole(0, 4).optional(),
  phases: list(length).optional(),
  preset: preset.optional(),
  config: config.optional(),
});

export type ReadWorld = { readonly ok: true; readonly world: SmallWorld } | { readonly ok: false; readonly why: string };

/**
 * Where there is no end to counting there is no end to exploring: what is announced, or counts without end, is off; the dead are forgotten soon; and
 * members speak of nothing but each other.
 */
const finite: Partial<Config> = { stagger: "none", flapLimit: 0, forgetAfter: milliseconds(6_000), roundTrips: "silent" };

/** Reads a world. Total: whatever the text is, it answers. */
export function readSmallWorld(written: string, name: string): ReadWorld {
  let values: unknown;
  try {
    values = parse(written, { logLevel: "error" });
  } catch (fault) {
    return { ok: false, why: fault instanceof Error ? (fault.message.split("\n")[0] ?? "") : "this is no YAML" };
  }
  const found = schema.safeParse(values);
  if (!found.success) return { ok: false, why: found.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n") };
  const { members, losses = 0, delays = 0, crashes = 0, leaves = 0, phases = [], about = "" } = found.data;
  const mistakes: string[] = [];
  const base: PresetName = found.data.preset ?? "swimlab";
  const chosen = configOf(base, found.data.config ?? {}, (path, message) => void mistakes.push(`${path.join(".")}: ${message}`));
  if (crashes + leaves >= members) mistakes.push("crashes, leaves: somebody must be left");
  if (mistakes.length > 0) return { ok: false, why: mistakes.join("\n") };
  const given = new Set(Object.entries(found.data.config ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [key])));
  const added = Object.fromEntries(Object.entries(finite).filter(([key]) => !given.has(key)));
  return { ok: true, world: { name: found.data.name ?? name, about, members, losses, delays, crashes, leaves, phases, config: { ...chosen, ...added } } };
}
