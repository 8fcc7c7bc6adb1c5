/**
 * Regular expressions from strangers: a subset of Go's, whose matching time is proportional to the product of both lengths. With JavaScript's own, anyone
 * who may send a query could block us for ever.
 */

/** One character, or any (null); and how often. */
type Atom = { readonly character: string | null; readonly isOptional: boolean; readonly repeats: boolean };
/** One alternative: `fromStart` and `toEnd` say whether it is anchored. */
type Way = { readonly atoms: readonly Atom[]; readonly fromStart: boolean; readonly toEnd: boolean };

/** The longest expression that is matched, in characters. */
const LONGEST = 64;
const QUANTIFIERS = "*+?";
/** Characters with a meaning in Go's expressions that is not supported here. */
const UNKNOWN = "()[]{}";

/**
 * Is the expression found in the text? Supported are literal characters, `.`, `*`, `+`, `?`, `^` and `$` at the ends, `|` between whole alternatives, and `\` before a
 * character that is neither letter nor digit. An expression with anything else matches nothing.
 */
export function matches(expression: string, text: string): boolean {
  if (expression.length > LONGEST) return false;
  const ways = expression.split("|").map(wayOf);
  return ways.every((way) => way !== undefined) && ways.some((way) => isFound(way, [...text]));
}

function wayOf(source: string): Way | undefined {
  const fromStart = source.startsWith("^");
  const toEnd = source.endsWith("$") && !source.endsWith("\\$");
  const body = [...source.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined)];
  const atoms: Atom[] = [];
  for (let at = 0; at < body.length; at++) {
    const isEscaped = body[at] === "\\";
    if (isEscaped) at++;
    const character = body[at];
    if (character === undefined || (isEscaped && /[A-Za-z0-9]/.test(character))) return undefined;
    if (!isEscaped && (UNKNOWN.includes(character) || QUANTIFIERS.includes(character) || "^$".includes(character))) return undefined;
    const quantifier = QUANTIFIERS.includes(body[at + 1] ?? " ") ? body[++at] : undefined;
    atoms.push({ character: character === "." && !isEscaped ? null : character, isOptional: quantifier === "*" || quantifier === "?", repeats: quantifier === "*" || quantifier === "+" });
  }
  return { atoms, fromStart, toEnd };
}

/** Simulates an automaton: the set of possible places in the expression, after each character of the text. */
function isFound({ atoms, fromStart, toEnd }: Way, text: readonly string[]): boolean {
  let places = withSkipped(atoms, new Set([0]));
  for (const character of text) {
    if (!toEnd && places.has(atoms.length)) return true;
    const next = new Set<number>(fromStart ? [] : [0]);
    for (const place of places) {
      const atom = atoms[place];
      if (atom === undefined || (atom.character !== null && atom.character !== character)) continue;
      next.add(place + 1);
      if (atom.repeats) next.add(place);
    }
    places = withSkipped(atoms, next);
  }
  return places.has(atoms.length);
}

/** These places, and those reached from them by skipping optional atoms. */
function withSkipped(atoms: readonly Atom[], places: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(places);
  for (let place = 0; place < atoms.length; place++) if (all.has(place) && atoms[place]?.isOptional === true) all.add(place + 1);
  return all;
}
