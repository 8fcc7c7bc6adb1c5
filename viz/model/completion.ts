/** Completion in a scenario's text, from its JSON Schema: the keys of the mapping at the caret, or the values of the key before it. */

/** The part of JSON Schema that is needed. */
export type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
};

export type Completion = { readonly text: string; readonly about: string };
/** The completions at the caret, and the place from which on they replace the text. */
export type Completions = { readonly from: number; readonly list: readonly Completion[] };

/** The completions at a caret in a text. Understands block and flow style as people write them, not all of YAML. */
export function completionsAt(text: string, caret: number, schema: Schema): Completions {
  const line = text.slice(text.lastIndexOf("\n", caret - 1) + 1, caret);
  if (/^\s*#/.test(line)) return { from: caret, list: [] };
  const word = /[\w.-]*$/.exec(line)?.[0] ?? "";
  const from = caret - word.length;
  const { path, value } = placeOf(text, from);
  const here = path.reduce<readonly Schema[]>((schemas, key) => schemas.flatMap((one) => below(one, key, schema)), [schema]);
  const known = value === null
    ? here.flatMap((one) => flat(one, schema)).flatMap(({ properties = {} }) => Object.entries(properties).map(([key, of]) => ({ text: `${key}: `, about: aboutOf(of, schema) })))
    : here.flatMap((one) => below(one, value, schema)).flatMap((one) => flat(one, schema)).flatMap((one) => (one.enum ?? []).map((word) => ({ text: String(word), about: "" })));
  const seen = new Set<string>();
  const list = known.filter(({ text }) => text.startsWith(word) && text !== word && !seen.has(text) && seen.add(text) !== undefined);
  return { from, list };
}

/** A schema with everything it refers to and all its variants, as a flat list. */
function flat(schema: Schema, root: Schema, depth = 0): readonly Schema[] {
  if (depth > 6) return [];
  const name = schema.$ref?.replace("#/definitions/", "");
  const meant = name === undefined ? undefined : root.definitions?.[name];
  const variants = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(meant === undefined ? [] : [meant])];
  return [schema, ...variants.flatMap((one) => flat(one, root, depth + 1))];
}

/** The schemas below a key, or of the items of a list (`-`). */
function below(schema: Schema, key: string, root: Schema): readonly Schema[] {
  return flat(schema, root).flatMap((one) => {
    const found = key === "-" ? one.items : (one.properties?.[key] ?? undefined);
    return found === undefined ? [] : [found];
  });
}

const aboutOf = (schema: Schema, root: Schema): string => flat(schema, root).map(({ description }) => description).find((text) => text !== undefined) ?? "";

type Spot = { readonly path: readonly string[]; readonly value: string | null };

/** The path of keys to a place, and the key whose value is there, if any. */
function placeOf(text: string, at: number): Spot {
  const lines = text.slice(0, at).split("\n");
  const last = lines.pop() ?? "";
  const { keys, value } = flowOf(last);
  const indent = /^\s*/.exec(last)?.[0].length ?? 0;
  const path: string[] = [];
  // A dash at the beginning of the line starts an item of the list above.
  if (/^\s*- /.test(last)) path.unshift("-");
  let depth = indent;
  for (const line of lines.toReversed()) {
    const [, space = "", dash, key] = /^(\s*)(- +)?([\w-]+):\s*(?:#.*)?$/.exec(line) ?? /^(\s*)(- +)([\w-]+):/.exec(line) ?? [];
    if (key === undefined || /^\s*#/.test(line)) continue;
    const deep = space.length + (dash?.length ?? 0);
    if (space.length < depth && (deep < depth || dash === undefined)) {
      path.unshift(...(dash === undefined ? [key] : deep < depth ? ["-", key] : ["-"]));
      depth = space.length;
    } else if (dash !== undefined && deep === depth) {
      path.unshift("-");
      depth = space.length;
    }
  }
  return { path: [...path, ...keys], value };
}

/** The open keys of flow mappings on the caret's own line: in `- { at: 1s, impair: { mem`, the caret is inside impair, and not in a value. */
function flowOf(line: string): { readonly keys: readonly string[]; readonly value: string | null } {
  const keys: string[] = [];
  let pending: string | null = null;
  for (const [token] of line.replace(/^\s*(- +)?/, "").matchAll(/[\w.-]+\s*:(?=\s|$)|[{}[\],]|[^\s{}[\],]+/g)) {
    if (token.endsWith(":")) pending = token.replace(/\s*:$/, "");
    else if (token === "{" || token === "[") {
      keys.push(pending ?? "-");
      pending = token === "[" ? "-" : null;
    } else if (token === "}" || token === "]") {
      keys.pop();
      pending = null;
    } else if (token === ",") pending = pending === "-" ? "-" : null;
  }
  // The item of a flow list has no name of its own: it is the list's key.
  return { keys: keys.filter((key, n) => key !== "-" || n > 0), value: pending };
}
