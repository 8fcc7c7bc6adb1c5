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

/** Resolves once what was done has been drawn: the page shows itself anew with the next frame, which a list of texts or a field's value does not wait for. */
export const drawn = (page: Page): Promise<unknown> => page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");

/** What of the page's state tests look at. */
export type Seen = {
  readonly clock: { readonly at: number; readonly line: number | null };
  readonly selection: { readonly member: number | null; readonly message: number | null; readonly line: number | null };
  readonly shown: number | null;
  readonly beside: number | null;
  readonly differsAt: number | null;
  /** The trace hashes of the runs that are shown and beside. */
  readonly hashes: readonly (string | null)[];
  readonly names: readonly string[];
};

export async function pageOf(page: Page): Promise<Seen> {
  return (await page.evaluate(`(() => {
    const { clock, selection, shown, beside, runs, difference } = swimlab.page();
    const both = [shown, beside].map((id) => runs.find((run) => run.id === id)).filter((run) => run !== undefined);
    return { clock, selection, shown, beside, differsAt: difference?.first?.at ?? null, hashes: both.map(({ traceHash }) => traceHash), names: both.map(({ name }) => name) };
  })()`)) as Seen;
}
