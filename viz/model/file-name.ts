/** How recordings and scenarios are called: by these names they are found among other files. What a recording is of is seen by its head. */

/** Of a run (`run0.trace`), of a member (`a.flight`), or an older file of a ring (`a.flight.2`). */
const ending = /\.(trace|flight)(\.\d+)?$/;

export const isRecordingName = (name: string): boolean => ending.test(name);

/** What a recording is called where it does not say it itself. */
export const titleOfFile = (name: string): string => name.replace(ending, "");

export const isScenarioName = (name: string): boolean => /\.ya?ml$/.test(name);
