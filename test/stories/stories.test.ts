/**
 * The exchanges of the protocol as stories that a newcomer can read: test/golden/story-*.txt.
 * Regenerate with `vitest run test/stories -u`, read the difference, commit only what you can explain.
 */

import { expect, test } from "vitest";
import { coming } from "./coming.ts";
import { doubting } from "./doubting.ts";
import { probing } from "./probing.ts";
import { tell, type Story } from "./tell.ts";
import { telling } from "./telling.ts";

const stories: Readonly<Record<string, Story>> = { ...probing, ...doubting, ...telling, ...coming };

test.for(Object.entries(stories))("%s", async ([name, story]) => {
  await expect(tell(...story)).toMatchFileSnapshot(`../golden/story-${name}.txt`);
});
