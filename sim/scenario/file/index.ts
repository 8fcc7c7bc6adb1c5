/** A small entry point of the scenario language: reads YAML files that people write and reports their mistakes, without the meaning of scenarios. */

export { type DocumentOptions, readDocument, type ReadDocument } from "../document.ts";
export { type FileKind, type Parsed, readYaml } from "../read/yaml.ts";
export type { Tree } from "../read/tree.ts";
export { describeError, type ScenarioError } from "../trouble.ts";
export { readLength, readShare, showLength } from "../quantity.ts";
export { config, meaningOf, preset } from "../schema/config.ts";
export { choice, isSeed, list, LONGEST_SEED, mapping, text, whole, yesNo } from "../schema/words.ts";
export { suggestion } from "../nearest.ts";
