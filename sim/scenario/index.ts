/** The door of the scenario language. */

export * from "./model.ts";
export { compileScenario, type Compiled, type CompileOptions } from "./compile/compile.ts";
export { scenarioHash } from "./hash.ts";
export { applySettings } from "./read/settings.ts";
export { type Parsed, readYaml } from "./read/yaml.ts";
export type { Tree } from "./read/tree.ts";
export { scenarioJsonSchema } from "./schema/json-schema.ts";
export { describeError, type ScenarioError } from "./trouble.ts";
export { readLength, readShare, showLength } from "./quantity.ts";
export { meaningOf } from "./schema/config.ts";
export { isSeed } from "./schema/words.ts";
