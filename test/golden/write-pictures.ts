/** Takes the viewer's pictures that the pages show, in the built page: `node --import tsx test/golden/write-pictures.ts`. Look at them before you commit them. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { stand } from "../viz/browser.ts";
import { drawn, factsOf } from "../viz/in-page.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Picture = { readonly file: string; readonly scenario: string; readonly at: string; readonly member?: string; readonly theme: "light" | "dark"; readonly view: "matrix" | "lanes" };

const PICTURES: readonly Picture[] = [
  { file: "docs/viewer/partition.png", scenario: "scenarios/partition.yaml", at: "63s", member: "m06", theme: "light", view: "matrix" },
  { file: "docs/viewer/cut.png", scenario: "scenarios/asymmetric.yaml", at: "36s", theme: "dark", view: "lanes" },
];

async function take(page: Page, { file, scenario, at, member, theme, view }: Picture): Promise<void> {
  await page.click(`[data-scenario="${scenario}"]`);
  await factsOf(page);
  await page.evaluate(`(() => {
    const { shown, runs } = swimlab.page();
    const member = runs.find(({ id }) => id === shown).members.findIndex(({ id }) => id === ${JSON.stringify(member ?? null)});
    swimlab.dispatch({ kind: "themed", theme: "${theme}" });
    swimlab.dispatch({ kind: "view-turned", view: "${view}" });
    swimlab.dispatch({ kind: "sought", at: ${parseFloat(at) * 1e6}, selection: { member: member < 0 ? null : member, message: null, line: null } });
    swimlab.dispatch({ kind: "tab-turned", tab: "deaths" });
  })()`);
  // The worker draws apart from the page: what it was asked for last has come once the network and the frames are still.
  await page.waitForLoadState("networkidle");
  for (let frame = 0; frame < 30; frame++) await drawn(page);
  await page.screenshot({ path: join(root, file) });
  process.stdout.write(`${file}\n`);
}

const house = await stand();
try {
  for (const picture of PICTURES) {
    const page = await house.visit();
    await page.waitForSelector("[data-scenario]");
    await take(page, picture);
    await page.close();
  }
} finally {
  await house.close();
}
