/** File names of recordings and scenarios: they are recognised among other files by these names. The kind of a recording is determined by its header. */

/** Of a run (`run0.trace`), of a member (`a.flight`), or an older file of a ring (`a.flight.2`). */
const ending = /\.(trace|flight)(\.\d+)?$/;

export const isRecordingName = (name: string): boolean => ending.test(name);

/** The title of a recording that does not contain one. */
export const titleOfFile = (name: string): string => name.replace(ending, "");

/** The same for several, without duplicates: `a, b, c and 4 more`. */
export function titleOfFiles(names: readonly string[]): string {
  const titles = [...new Set(names.map(titleOfFile))];
  return titles.length > 4 ? `${titles.slice(0, 3).join(", ")} and ${titles.length - 3} more` : titles.join(", ");
}

export const isScenarioName = (name: string): boolean => /\.ya?ml$/.test(name);
