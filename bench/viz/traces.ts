/** Traces for the viewer: long ones and large groups, played once and kept below out/. */

import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { World } from "../../sim/index.ts";
import { compileScenario } from "../../sim/scenario/index.ts";
import { TraceWriter } from "../../trace/index.ts";

const folder = fileURLToPath(new URL("../../out/bench/", import.meta.url));

/** About this many lines in a group of a thousand; some members crash. */
export const longText = (lines: number): string => `
name: long
duration: ${Math.ceil(lines / 3_230)}s
members: 1000
timeline:
  - { at: 5s, crash: 3 }
  - { at: 20s, crash: 3 }
`;

/** A group of this size for this long; some members crash. */
export const largeText = (members: number, seconds: number): string => `
name: large
duration: ${seconds}s
members: ${members}
timeline:
  - { at: 2s, crash: 0.1% }
`;

/** The path of a trace of this scenario: played now, unless it exists already. */
export function traceOf(name: string, text: string): string {
  const path = `${folder}${name}.trace`;
  if (existsSync(path)) return path;
  const compiled = compileScenario(text, { file: `${name}.yaml` });
  if (!compiled.ok) throw new Error(compiled.errors[0]?.message ?? name);
  const { scenario, source } = compiled;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.part`;
  writeFileSync(unfinished, "");
  const writer = new TraceWriter((bytes) => appendFileSync(unfinished, bytes), { madeBy: "swimlab", scenario: scenario.name, seed: scenario.seed, run: 0, source });
  const world = new World(scenario, 0, writer);
  world.begin();
  while (!world.goOn(50_000));
  writer.end();
  renameSync(unfinished, path);
  return path;
}
