/** The door of the scenario language. */

export * from "./model.ts";
export * from "./file/index.ts";
export { compileScenario, type Compiled, type CompileOptions } from "./compile/compile.ts";
export { scenarioHash } from "./hash.ts";
export { applySettings } from "./read/settings.ts";
export { jsonSchemaOf, scenarioJsonSchema } from "./schema/json-schema.ts";
