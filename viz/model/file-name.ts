/** How recordings and scenarios are called: by these names they are found among other files. What a recording is of is seen by its head. */

/** Of a run (`run0.trace`), of a member (`a.flight`), or an older file of a ring (`a.flight.2`). */
const ending = /\.(trace|flight)(\.\d+)?$/;

export const isRecordingName = (name: string): boolean => ending.test(name);

/** What a recording is called where it does not say it itself. */
export const titleOfFile = (name: string): string => name.replace(ending, "");

/** The same of several, each once: `a, b, c and 4 more`. */
export function titleOfFiles(names: readonly string[]): string {
  const titles = [...new Set(names.map(titleOfFile))];
  return titles.length > 4 ? `${titles.slice(0, 3).join(", ")} and ${titles.length - 3} more` : titles.join(", ");
}

export const isScenarioName = (name: string): boolean => /\.ya?ml$/.test(name);
