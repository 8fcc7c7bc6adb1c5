/** What newcomers do first, in a browser: ask why somebody is suspected, fork and compare, read tables, use a small window, open nothing. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { isPassedOver, PATIENCE, stand, type Stand } from "./browser.ts";
import { drawn, factsOf } from "./in-page.ts";

/** Selects a member by its name, with its panel. */
const select = (page: Page, name: string): Promise<unknown> => page.evaluate(`(() => {
  const { shown, runs } = swimlab.page();
  swimlab.dispatch({ kind: "selected", selection: { member: runs.find(({ id }) => id === shown).members.findIndex(({ id }) => id === ${JSON.stringify(name)}) }, tab: "member" });
})()`);

const box = async (page: Page, selector: string): Promise<{ readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }> =>
  (await page.evaluate(`(({ top, bottom, left, right }) => ({ top, bottom, left, right }))(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`)) as never;

/** By how many pixels the contents of an element are wider than it. */
const excess = async (page: Page, selector: string): Promise<readonly number[]> =>
  (await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ scrollWidth, clientWidth }) => Math.max(0, scrollWidth - clientWidth))`)) as never;

describe.runIf(!isPassedOver)("a newcomer, in Chromium", { timeout: PATIENCE }, () => {
  let house: Stand;
  beforeAll(async () => { house = await stand(); }, PATIENCE);
  afterAll(() => house.close());

  test("no run is open: the page says how to open one", async () => {
    const page = await house.visit();
    await page.waitForSelector("[data-scenario]");
    await page.keyboard.press("Escape");
    await page.click("#group .empty button");
    await page.click('[data-scenario="scenarios/loopback.yaml"]');
    await factsOf(page);
    await drawn(page);
    expect(await page.locator("#group .empty").isVisible()).toBe(false);
    expect(await page.title()).toContain("loopback");
    await page.close();
  });

  test("why a member is suspected: its panel says by whom and since when, and the chain of causes fits its columns", async () => {
    const page = await house.visit("#tour=3.5");
    await factsOf(page);
    await page.waitForSelector('.tour[data-moment="3.5"]');
    await page.waitForFunction("!swimlab.page().clock.isPlaying && swimlab.page().clock.line !== null");
    await select(page, "m2");
    await page.waitForSelector(".accusers");
    expect(await page.locator(".accusers h3").textContent()).toMatch(/^(Suspected by \d, held|Held) dead by \d$/);
    await page.click(".accusers button:text('Why?') >> nth=0");
    await page.waitForSelector(".accusers .chain .struck");
    expect(await page.locator(".accusers .chain").textContent()).toContain("m2 had been crashed since 1.500 s");
    expect(new Set(await excess(page, ".chain b, .chain li > button"))).toEqual(new Set([0]));
    // No line begins with the colon or comma behind a name.
    const punctuated = "[...document.querySelectorAll('.chain .link')].filter((one) => /^[,:;.]/.test(one.nextSibling?.textContent ?? ''))";
    expect(await page.evaluate(`${punctuated}.length`)).toBeGreaterThan(2);
    expect(await page.evaluate(`${punctuated}.filter((one) => getComputedStyle(one.parentElement).whiteSpace !== 'nowrap').length`)).toBe(0);
    const fonts = "[...new Set([...document.querySelectorAll('.chain span, .chain span .link')].map((one) => getComputedStyle(one).fontFamily))].length";
    expect(await page.evaluate(fonts), "names in a sentence are written as the sentence is").toBe(1);
    await page.close();
  });

  test("a fork beside its original: the difference is what the fork changed, and says of which", async () => {
    const page = await house.visit();
    await page.click('[data-scenario="scenarios/loopback.yaml"]');
    await factsOf(page);
    await page.keyboard.press("j");
    await page.click(".deeds >> text=Crash");
    await page.waitForFunction("swimlab.page().beside !== null && swimlab.page().runs.every(({ isComplete }) => isComplete)");
    await page.click("#panel-tab-runs");
    await page.waitForSelector("#panel .figures tbody tr");
    expect(await page.locator("#panel .figures thead").textContent()).toBe("figurerun 2run 1run 2 − run 1");
    const [, fork, original, by] = await page.locator("#panel .figures tr", { hasText: /^steps/ }).locator("th, td").allTextContents();
    const number = (text = ""): number => Number(text.replace("−", "-").replace(/[+,]/g, ""));
    expect(number(by)).toBe(number(fork) - number(original));
    expect(number(by)).not.toBe(0);
    await page.close();
  });

  test("a link to a late instant: what is done while its run is still played stays done, and then the link's instant is shown", async () => {
    const page = await house.visit("#x=i65WSsvMSVWyUipOTs1LLMrML9YvSCwqySzJzM_Tq0zMzVGqjQUA&t=200&member=m43&view=log");
    await page.waitForFunction("globalThis.swimlab?.page().shown !== null");
    await page.evaluate("swimlab.dispatch({ kind: 'filtered', filter: 'kind:ping' })");
    await page.evaluate("swimlab.dispatch({ kind: 'view-turned', view: 'text' })");
    await page.waitForFunction("swimlab.page().clock.at === 200e6");
    await drawn(page);
    expect(await page.evaluate("(({ filter, view, selection }) => ({ filter, view, member: selection.member }))(swimlab.page())")).toEqual({ filter: "kind:ping", view: "text", member: 42 });
    await page.close();
  });

  test("the tables of the text are not cut off", async () => {
    const page = await house.visit("#tour=1");
    await factsOf(page);
    await page.keyboard.press("4");
    await page.waitForSelector(".text section table");
    expect((await excess(page, ".text section"))[0]).toBe(0);
    expect(await page.locator(".text select option").first().textContent()).toBe("most running members");
    await page.close();
  });

  test.for([[1_100, 700], [1_280, 800]] as const)("%i × %i: all deeds are in sight", async ([width, height]) => {
    const page = await house.visit("#tour=1", { viewport: { width, height } });
    await factsOf(page);
    const { right } = await box(page, "#group");
    expect((await box(page, ".deeds button:last-child")).right).toBeLessThanOrEqual(right);
    await page.close();
  });

  test("800 × 600: the whole group, with its legend, stands above the time line", async () => {
    const page = await house.visit("#tour=1", { viewport: { width: 800, height: 600 } });
    await factsOf(page);
    expect((await box(page, "#group")).bottom).toBeLessThanOrEqual((await box(page, "#timeline")).top + 1);
    await page.close();
  });
});
