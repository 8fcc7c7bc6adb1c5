/** Reads a small world from a YAML file, and reports its mistakes. */

import { milliseconds, type Config } from "../../engine/index.ts";
import { configOf } from "../scenario/compile/config.ts";
import { readDocument } from "../scenario/document.ts";
import { config, preset } from "../scenario/schema/config.ts";
import { length, list, mapping, text, whole } from "../scenario/schema/words.ts";
import { inOrder, type Report, type ScenarioError, showPath } from "../scenario/trouble.ts";
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

const KIND = { what: "a small world", keys: "members, losses and crashes", lacks: "a small world needs at least members" };

export type ReadWorld = { readonly ok: true; readonly world: SmallWorld } | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** Limits that replace those of the file. */
export type Limits = Partial<Pick<SmallWorld, "losses" | "delays" | "crashes" | "leaves">>;

/**
 * Unbounded counters would make exploration endless: so whatever counts without end, or is only announced, is off; the dead are forgotten soon;
 * and members gossip about nothing but each other.
 */
const finite: Partial<Config> = { stagger: "none", flapLimit: 0, forgetAfter: milliseconds(6_000), roundTrips: "silent" };

/** Reads a world; `file` is its name in errors. Total: returns for any text, with ten mistakes at most. */
export function readSmallWorld(text: string, file: string, limits: Limits = {}): ReadWorld {
  const document = readDocument(text, { schema, file, kind: KIND });
  if (!document.ok) return document;
  const { value: written, spot } = document;
  const { members, losses = 0, delays = 0, crashes = 0, leaves = 0, phases = [], about = "", name = nameIn(file) } = { ...written, ...limits };
  const errors: ScenarioError[] = [];
  const report: Report = (path, message) => void errors.push({ ...spot(path), path: showPath(path), message });
  const chosen = configOf(written.preset ?? "swimlab", written.config ?? {}, report);
  if (crashes + leaves >= members) report(["members"], `of ${members} members, ${crashes + leaves} may crash or leave (crashes, leaves): somebody must be left`);
  if (phases.length > 0 && phases.length !== members) report(["phases"], `phases: ${phases.length === 1 ? "this is one" : `these are ${phases.length}`}, of ${members} members: write one for each`);
  if (errors.length > 0) return { ok: false, errors: inOrder(errors, [file]) };
  const given = new Set(Object.entries(written.config ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [key])));
  const added = Object.fromEntries(Object.entries(finite).filter(([key]) => !given.has(key)));
  return { ok: true, world: { name, about, members, losses, delays, crashes, leaves, phases, config: { ...chosen, ...added } } };
}

/** `worlds/farewell.yaml` becomes farewell. */
const nameIn = (file: string): string => file.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/, "");
