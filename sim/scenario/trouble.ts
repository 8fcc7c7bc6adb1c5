/** What is wrong with a scenario, and where: always the author's mistake, never ours; nothing is left half done. */

/** A place in a text. Lines and columns count from 1; in a `--set`, the line is the number of the setting. */
export type Spot = { readonly file: string; readonly line: number; readonly column: number };

/** The path from the top of a scenario to a value: keys of mappings, and indices of lists from 0. */
export type Path = readonly (string | number)[];

/** One mistake in a scenario. `path` is written as in `timeline[0].crash`; `message` is one sentence that says what is wrong, and what would be right. */
export type ScenarioError = Spot & { readonly path: string; readonly message: string };

/** A mistake as a line of text: `scenarios/x.yaml:12:5: unknown key "latancy" in network: did you mean "latency"?` */
export const describeError = (error: ScenarioError): string => `${error.file}:${error.line}:${error.column}: ${error.message}`;

/** Records a mistake in the value at a path. `offset`: where in the text of that value, if known. */
export type Report = (path: Path, message: string, offset?: number) => void;

/** The most mistakes that are reported at once: the others are often consequences. */
export const MOST_ERRORS = 10;

/** `timeline[0].crash` */
export function showPath(path: Path): string {
  let text = "";
  for (const part of path) text += typeof part === "number" ? `[${part}]` : text === "" ? part : `.${part}`;
  return text;
}

/** In the order of their places in the files, without duplicates, and at most `MOST_ERRORS`. */
export function inOrder(errors: readonly ScenarioError[], files: readonly string[]): readonly ScenarioError[] {
  const rank = (error: ScenarioError): number => files.indexOf(error.file);
  const seen = new Set<string>();
  return errors
    .toSorted((one, other) => rank(one) - rank(other) || one.line - other.line || one.column - other.column)
    .filter((error) => !seen.has(describeError(error)) && seen.add(describeError(error)))
    .slice(0, MOST_ERRORS);
}
