/** From text to a tree. YAML 1.2 with its core schema: `yes` and `no` are strings, `0o10` is eight, and duplicate keys are errors. */

import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from "yaml";
import { show } from "../quantity.ts";
import type { ScenarioError, Spot } from "../trouble.ts";
import type { Entry, Tree } from "./tree.ts";

/** The longest text, in characters. A scenario of a thousand lines has fifty thousand. */
const LONGEST = 1_048_576;
/** The most values in a text, after expanding aliases. */
const MOST_VALUES = 1_000_000;
/** The most aliases that are followed. */
const MOST_ALIASES = 1_000;
/** The deepest nesting. A scenario needs six levels. */
const DEEPEST = 100;
const TOO_DEEP = "nested too deeply here";

export type Parsed = { readonly ok: true; readonly tree: Tree } | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** Words for errors about a file of another kind: what it should be (`a scenario`), typical keys (`members and duration`), and what an empty file lacks, if anything is required. */
export type FileKind = { readonly what: string; readonly keys: string; readonly lacks: string };

const SCENARIO: FileKind = { what: "a scenario", keys: "members and duration", lacks: "a scenario needs at least members and duration" };

/** Reads a whole file. */
export function readYaml(text: string, file: string, kind: FileKind = SCENARIO): Parsed {
  const top: Spot = { file, line: 1, column: 1 };
  if (text.length > LONGEST) return failed(top, `the file is too large: ${megabytes(text.length)} MiB, and 1 MiB is the most`);
  const lines = linesOf(text);
  const spot = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const parsed = parse(text, spot);
  if (!parsed.ok || parsed.tree.kind === "mapping") return parsed;
  if (parsed.tree.kind === "scalar" && parsed.tree.value === null) {
    return failed(top, `the file is empty: ${kind.lacks}`);
  }
  const found = parsed.tree.kind === "list" ? "a list" : show(parsed.tree.value);
  return failed(parsed.tree.at, `${kind.what} is a mapping of keys such as ${kind.keys}, not ${found}`);
}

/** Reads any value. `spot` converts an offset in the text to a place that the user knows. */
export function parse(text: string, spot: (offset: number) => Spot): Parsed {
  const deep = bracketDepth(text);
  // Any deeper, and the parser would exhaust the stack, and its regular expressions the memory.
  if (deep !== null) return failed(spot(deep), `not readable: brackets are nested more than ${DEEPEST} deep here`);
  const options = { version: "1.2", schema: "core", uniqueKeys: true, stringKeys: true, prettyErrors: false, logLevel: "error" } as const;
  const document = parseDocument(text, options);
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) return { ok: false, errors: problems.slice(0, 10).map((problem) => toError(problem, text, spot)) };
  const planter: Planter = { document, spot, values: 0, aliases: 0 };
  try {
    return { ok: true, tree: plant(document.contents, 0, planter, 0) };
  } catch (fault) {
    if (fault instanceof TooMuch) return failed(spot(fault.offset), fault.message);
    throw fault;
  }
}

type Planter = { readonly document: Document; readonly spot: (offset: number) => Spot; values: number; aliases: number };

/** Unwinds the recursion when a text expands to too many values. Never leaves this file. */
class TooMuch extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

function plant(node: Node | null, offset: number, planter: Planter, depth: number): Tree {
  const start = node?.range?.[0] ?? offset;
  const tooMuch = ++planter.values > MOST_VALUES || depth > DEEPEST || (isAlias(node) && ++planter.aliases > MOST_ALIASES);
  if (tooMuch) throw new TooMuch(start, `not readable: ${planter.aliases > 0 ? "the aliases here expand to too much, or to themselves" : TOO_DEEP}`);
  const at = planter.spot(start);
  if (isAlias(node)) return plant(node.resolve(planter.document) ?? null, start, planter, depth + 1);
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }): Entry => {
      const keyNode = isScalar(key) ? key : null;
      const keyStart = keyNode?.range?.[0] ?? start;
      return { key: String(keyNode?.value), keyAt: planter.spot(keyStart), value: plant(isNode(value) ? value : null, keyStart, planter, depth + 1) };
    });
    return { kind: "mapping", at, entries };
  }
  if (isSeq(node)) return { kind: "list", at, items: node.items.map((item) => plant(isNode(item) ? item : null, start, planter, depth + 1)) };
  const value = isScalar(node) ? node.value : null;
  const known = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  const quoted = isScalar(node) && node.type !== "PLAIN";
  return { kind: "scalar", at, value: known, text: quoted || !isScalar(node) ? String(known) : (node.source ?? String(known)), quoted };
}

const isNode = (thing: unknown): thing is Node => isAlias(thing) || isMap(thing) || isSeq(thing) || isScalar(thing);

/** The parser's error, reworded where we can do better. */
function toError(problem: YAMLError, text: string, spot: (offset: number) => Spot): ScenarioError {
  const [start] = problem.pos;
  return { ...spot(start), path: "", message: sentence(problem, text.slice(start)) };
}

function sentence(problem: YAMLError, rest: string): string {
  switch (problem.code) {
    case "TAB_AS_INDENT":       return "a tab indents this line: YAML is indented with spaces";
    case "DUPLICATE_KEY":       return `"${word(rest)}" is here for the second time: a mapping has each key once`;
    case "MULTIPLE_DOCS":       return "a second document begins here: a file has only one";
    case "NON_STRING_KEY":      return "a key must be a plain word, not a list or a mapping";
    case "RESOURCE_EXHAUSTION": return `not readable: ${TOO_DEEP}`;
    case "TAG_RESOLVE_FAILED":  return `the tag ${word(rest)} means nothing here: write only the value`;
    default:                    return unclosed(problem.message) ?? `not YAML: ${problem.message.slice(0, 1).toLowerCase()}${problem.message.slice(1)}`;
  }
}

/** An unclosed bracket swallows what comes after it: the error must name the bracket, not the indentation. */
function unclosed(message: string): string | undefined {
  const bracket = /end with a ([\]}])/.exec(message)?.[1];
  if (bracket === undefined) return undefined;
  return `not YAML: a ${bracket === "]" ? "list that began with [" : "mapping that began with {"} is not closed before here: write ${bracket}`;
}

const word = (rest: string): string => /^[^\s:,[\]{}"']+/.exec(rest)?.[0] ?? "this key";

/** Where each line begins, computed before the parser runs, for texts that must not reach it. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) lines.addNewLine(end + 1);
  return lines;
}

/** Where brackets are nested deeper than allowed, or null. Brackets in strings and comments count as well: nobody leaves a hundred of those open. */
function bracketDepth(text: string): number | null {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === "[" || letter === "{") open++;
    else if ((letter === "]" || letter === "}") && open > 0) open--;
    if (open > DEEPEST) return at;
  }
  return null;
}

const failed = (at: Spot, message: string): Parsed => ({ ok: false, errors: [{ ...at, path: "", message }] });

const megabytes = (length: number): string => (Math.ceil((length / LONGEST) * 10) / 10).toFixed(1);
