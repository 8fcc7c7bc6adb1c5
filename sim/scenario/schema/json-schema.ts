/** The JSON Schema of scenarios, for editors: generated from the zod schema that checks them. */

import { z } from "zod";
import { scenario } from "./scenario.ts";

/** Draft 7, which the YAML language server reads. */
export function scenarioJsonSchema(): object {
  // Nothing is required, because a scenario may extend one that has it.
  const { required, ...rest }: Record<string, unknown> = jsonSchemaOf(scenario, "A swimlab scenario");
  return { ...rest, anyOf: [{ required: ["extends"] }, { required }] };
}

/** The JSON Schema of any zod schema that uses the words of this folder. */
export function jsonSchemaOf(schema: z.ZodType, title: string): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  return { $schema, title, ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, tidy(value)])) };
}

/** Unwraps an `allOf` with one item, and wraps a `$ref` that has siblings in one: draft 7 ignores siblings of a `$ref`. */
function tidy(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(tidy);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    const inner = tidy(value);
    const only: unknown = key === "allOf" && Array.isArray(inner) && inner.length === 1 ? inner[0] : undefined;
    return typeof only === "object" && only !== null ? Object.entries(only) : [[key, inner] as const];
  });
  const { $ref, ...beside }: { readonly $ref?: unknown } = Object.fromEntries(entries);
  return $ref === undefined || Object.keys(beside).length === 0 ? Object.fromEntries(entries) : { ...beside, allOf: [{ $ref }] };
}
