/** Which presets are shown side by side, and the heads of their columns. */

import { type Config, type ConfigSubject, configSubjects, type PresetName } from "../../../engine/index.ts";

export type Family = {
  readonly title: string;
  /** The others are built on the first: where they agree with it, they show a dot. */
  readonly presets: readonly PresetName[];
};

export const families: readonly Family[] = [
  { title: "memberlist's three, and what is built on it: Serf, and ours", presets: ["memberlist-lan", "memberlist-wan", "memberlist-local", "serf", "swimlab"] },
  { title: "Lifeguard's baseline, each of its parts alone, and all of them", presets: ["lifeguard-base", "lha-probe", "lha-suspicion", "buddy", "lifeguard"] },
  { title: "The SWIM paper's three variants", presets: ["swim-basic", "swim-inf", "swim-inf-susp"] },
];

/** The head of a column, without what its family has in common. */
export const columnName = (preset: PresetName): string => preset.replace("memberlist-", "").replace("lifeguard-", "");

/** Every subject and its fields, in the order of the tables. */
export const subjects = Object.entries(configSubjects).map(([subject, fields]) => ({
  subject: subject as ConfigSubject,
  fields: Object.keys(fields) as readonly (keyof Config)[],
}));
