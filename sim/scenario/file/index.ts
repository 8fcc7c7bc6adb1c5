/** The small door of the scenario language: how a file that people write is read and its mistakes are told, whatever it is about; and nothing of what scenarios mean. */

export { type DocumentOptions, readDocument, type ReadDocument } from "../document.ts";
export { type FileKind, type Parsed, readYaml } from "../read/yaml.ts";
export type { Tree } from "../read/tree.ts";
export { describeError, type ScenarioError } from "../trouble.ts";
export { readLength, readShare, showLength } from "../quantity.ts";
export { config, meaningOf, preset } from "../schema/config.ts";
export { choice, isSeed, list, LONGEST_SEED, mapping, text, whole, yesNo } from "../schema/words.ts";
export { suggestion } from "../nearest.ts";
