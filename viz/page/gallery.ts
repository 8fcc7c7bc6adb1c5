/** The shipped scenarios, built into the page: their texts, and what each says that it shows. */

import { tourFiles } from "./tour-steps.ts";

/** Paths as `extends` and the command line name them: `scenarios/crash.yaml`. */
const texts = import.meta.glob<string>(["../../scenarios/**/*.yaml", "!../../scenarios/cluster/**"], { query: "?raw", import: "default", eager: true });

export type Shipped = { readonly file: string; readonly name: string; readonly about: string; readonly text: string };

export const shipped: readonly Shipped[] = Object.entries(texts).map(([path, text]) => ({
  file: path.replace("../../", ""),
  name: /^name: *(.+)$/m.exec(text)?.[1] ?? path.replace(/^.*\/|\.yaml$/g, ""),
  about: /^about: *(.+)$/m.exec(text)?.[1]?.replace(/^["']|["']$/g, "") ?? "",
  text,
}));

/** By path, for `extends` and for links: the tour's as well. */
export const shippedFiles: Readonly<Record<string, string>> = { ...Object.fromEntries(shipped.map(({ file, text }) => [file, text])), ...tourFiles };
