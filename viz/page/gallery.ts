/** The shipped scenarios, built into the page: their texts, and their descriptions. */

import { tourFiles } from "./tour-steps.ts";

/** A million members are too many for a page. Paths as in `extends` and on the command line: `scenarios/crash.yaml`. */
const texts = import.meta.glob<string>(["../../scenarios/**/*.yaml", "!../../scenarios/cluster/**", "!../../scenarios/scale/crash-1m.yaml"], { query: "?raw", import: "default", eager: true });

/** Files that scenarios read: recorded churn. */
const data = import.meta.glob<string>("../../scenarios/**/*.csv", { query: "?raw", import: "default", eager: true });

/** The path of a file as in `extends` and on the command line. */
const fileAt = (path: string): string => path.replace("../../", "");

export type Shipped = { readonly file: string; readonly name: string; readonly about: string; readonly text: string };

export const shipped: readonly Shipped[] = Object.entries(texts).map(([path, text]) => ({
  file: fileAt(path),
  name: /^name: *(.+)$/m.exec(text)?.[1] ?? path.replace(/^.*\/|\.yaml$/g, ""),
  about: /^about: *(.+)$/m.exec(text)?.[1]?.replace(/^["']|["']$/g, "") ?? "",
  text,
}));

/** Titles of the scenarios' folders, in the order of the gallery; any other comes last, under its own name. */
const titles: readonly (readonly [folder: string, title: string])[] = [["", "Groups under faults"], ["faults", "One fault each"], ["beyond", "Features beyond the papers"], ["lab", "For the laboratory"], ["scale", "Large groups: slow to play"]];

/** The scenarios by shelf. */
export function shelves(): readonly { readonly title: string; readonly scenarios: readonly Shipped[] }[] {
  const folderOf = ({ file }: Shipped): string => file.split("/").slice(1, -1).join("/");
  const others = [...new Set(shipped.map(folderOf))].filter((folder) => !titles.some(([known]) => known === folder)).map((folder) => [folder, folder] as const);
  return [...titles, ...others].map(([folder, title]) => ({ title, scenarios: shipped.filter((one) => folderOf(one) === folder) })).filter(({ scenarios }) => scenarios.length > 0);
}

/** By path, for `extends`, for recorded churn, and for links; includes those of the tour. */
export const shippedFiles: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries({ ...texts, ...data }).map(([path, text]) => [fileAt(path), text])), ...tourFiles,
};
