/** The tour's scenarios, built into the page. */

import type { Experiment } from "../model/run.ts";
import { type TourStep, tourSteps } from "../model/tour.ts";

const texts = import.meta.glob<string>("../tour/*.yaml", { query: "?raw", import: "default", eager: true });

const fileOf = ({ file }: TourStep): string => `tour/${file}.yaml`;

/** By the names that links use for them. */
export const tourFiles: Readonly<Record<string, string>> = Object.fromEntries(tourSteps.map((step) => [fileOf(step), texts[`../${fileOf(step)}`] ?? ""]));

export const tour: readonly (TourStep & { readonly experiment: Experiment })[] = tourSteps.map((step) =>
  ({ ...step, experiment: { file: fileOf(step), text: tourFiles[fileOf(step)] ?? "", seed: null, run: 0, edits: [] } }));
