/** The small worlds that are shipped, with other limits. */

import { readFileSync } from "node:fs";
import { readSmallWorld } from "../../../sim/explore/read.ts";
import { describeError } from "../../../sim/scenario/index.ts";
import type { SmallWorld } from "../../../sim/explore/world.ts";

export const worldOf = (name: string, limits: Partial<SmallWorld>): SmallWorld => {
  const found = readSmallWorld(readFileSync(new URL(`../../../worlds/${name}.yaml`, import.meta.url), "utf8"), name);
  if (!found.ok) throw new Error(found.errors.map(describeError).join("\n"));
  return { ...found.world, ...limits };
};
