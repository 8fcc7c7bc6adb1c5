/** The public interface of the scenario language. */

export * from "./model.ts";
export * from "./file/index.ts";
export { compileScenario, type Compiled, type CompileOptions } from "./compile/compile.ts";
export { scenarioHash } from "./hash.ts";
export { applySettings } from "./read/settings.ts";
export { jsonSchemaOf, scenarioJsonSchema } from "./schema/json-schema.ts";
export type { Path, Spot } from "./trouble.ts";
export type { Reading } from "./quantity.ts";
export { seed, share } from "./schema/words.ts";
export { MOST_REPEATS, until } from "./schema/until.ts";
export { untilOf } from "./compile/until.ts";
