/** What a test asks of the page from within: the desk that its parts work with. */

import type { Page } from "playwright-core";

/** The essence of the run that is shown. */
export type Shown = {
  readonly name: string; readonly members: number; readonly traceHash: string | null; readonly missing: string | null; readonly disruptions: readonly string[];
  readonly lines: number;
};

/** Of the run that is shown, once it is complete and its first picture is there. */
export async function factsOf(page: Page): Promise<Shown> {
  const facts = await page.waitForFunction(`(() => {
    const { shown, runs } = swimlab.page();
    const facts = runs.find(({ id }) => id === shown);
    if (facts === undefined || !facts.isComplete || swimlab.frame(shown).group === null) return null;
    const { name, members, traceHash, missing, disruptions, lines } = facts;
    return { name, members: members.length, traceHash, missing, disruptions: disruptions.map(({ action }) => action), lines };
  })()`);
  return (await facts.jsonValue()) as Shown;
}
