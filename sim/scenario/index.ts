/** The door of the scenario language. */

export * from "./model.ts";
export { compileScenario, type Compiled, type CompileOptions } from "./compile/compile.ts";
export { scenarioHash } from "./hash.ts";
export { applySettings } from "./read/settings.ts";
export { type DocumentOptions, readDocument, type ReadDocument } from "./document.ts";
export { type FileKind, type Parsed, readYaml } from "./read/yaml.ts";
export type { Tree } from "./read/tree.ts";
export { jsonSchemaOf, scenarioJsonSchema } from "./schema/json-schema.ts";
export { describeError, type Path, type ScenarioError, type Spot } from "./trouble.ts";
export { readLength, type Reading, readShare, showLength } from "./quantity.ts";
export { config, meaningOf, preset } from "./schema/config.ts";
export { choice, isSeed, list, mapping, seed, share, text, whole, yesNo } from "./schema/words.ts";
export { suggestion } from "./nearest.ts";
export { MOST_REPEATS, until } from "./schema/until.ts";
export { untilOf } from "./compile/until.ts";
