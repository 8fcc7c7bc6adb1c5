/** What somebody reads in a panel stays while the run behind it grows, in a real browser. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { drawn, factsOf } from "./in-page.ts";

const text = "name: halves\nduration: 40s\nmembers: 110\ntimeline:\n  - { at: 5s, partition: [55, rest] }\n";

describe.runIf(!isPassedOver)("while a run grows", { timeout: PATIENCE }, () => {
  let house: Stand;
  let page: Page;

  beforeAll(async () => {
    house = await stand();
    page = await house.visit();
    await page.setInputFiles("input[type=file]", { name: "halves.yaml", mimeType: "text/yaml", buffer: Buffer.from(text) });
    await factsOf(page);
    await page.waitForSelector(".death-list button");
  }, PATIENCE);

  afterAll(() => house.close());

  /** Tells the page what a notice of the worker would: the same, in a list that is another. Resolves once it has been drawn. */
  const grow = async (): Promise<void> => {
    await page.evaluate(`(() => {
      const [facts] = swimlab.page().runs;
      swimlab.dispatch({ kind: "run-grew", facts: { ...facts, announcements: { ...facts.announcements } }, work: null });
    })()`);
    await drawn(page);
  };
  const expanded = (): Promise<readonly (string | null)[]> => page.locator(".deaths [aria-expanded=true] b").allTextContents();

  test("the chain of reasons that is open stays open, and its row has the focus still; another closes it", async () => {
    const name = await page.locator(".death-list li:nth-child(3) b").textContent();
    await page.click(".death-list li:nth-child(3) > button");
    await page.waitForSelector(".deaths .chain li");
    const chain = await page.locator(".deaths .chain").textContent();
    await grow();
    expect({ open: await expanded(), chain: await page.locator(".deaths .chain").allTextContents() }).toEqual({ open: [name], chain: [chain] });
    expect(await page.evaluate("document.activeElement.querySelector('b')?.textContent")).toBe(name);
    await page.click(".death-list li:nth-child(1) > button");
    await page.waitForSelector(".death-list li:nth-child(1) .chain");
    expect((await expanded()).length).toBe(1);
    await page.click(".death-list li:nth-child(1) > button");
    expect({ open: await expanded(), chains: await page.locator(".deaths .chain").count() }).toEqual({ open: [], chains: 0 });
  });

  test("of more than a hundred deaths the others are a click away, and are still listed when the run has grown", async () => {
    const [rows, more] = [page.locator(".death-list li"), page.locator(".deaths > .more")];
    expect({ rows: await rows.count(), more: await more.allTextContents() }).toEqual({ rows: 100, more: ["Show 10 more"] });
    await more.click();
    expect({ rows: await rows.count(), more: await more.count() }).toEqual({ rows: 110, more: 0 });
    expect(await page.evaluate("[...document.querySelectorAll('.death-list button')].indexOf(document.activeElement)")).toBe(100);
    await grow();
    expect(await rows.count()).toBe(110);
  });

  test("a button in the list of runs keeps the focus", async () => {
    await page.click("#panel-tab-runs");
    await drawn(page);
    await page.focus(".run button:text('Close')");
    await grow();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Close");
    await page.click("#panel-tab-deaths");
  });

  test("what somebody wrote in the editor stays when another run is shown, until that one's scenario is wanted", async () => {
    const other = "name: other\nduration: 5s\nmembers: 4\n";
    const editor = page.locator(".scenario .editor");
    await page.click("#panel-tab-scenario");
    await drawn(page);
    expect(await editor.inputValue()).toBe(text);
    await editor.fill(`${text}# mine\n`);
    await page.evaluate("swimlab.dispatch({ kind: 'overlaid', overlay: 'gallery' })");
    await page.setInputFiles("input[type=file]", { name: "other.yaml", mimeType: "text/yaml", buffer: Buffer.from(other) });
    await page.waitForSelector(".scenario .theirs");
    expect(await editor.inputValue()).toBe(`${text}# mine\n`);
    await page.click(".scenario .theirs button");
    expect({ text: await editor.inputValue(), asks: await page.isVisible(".scenario .theirs") }).toEqual({ text: other, asks: false });
    await page.evaluate("swimlab.dispatch({ kind: 'run-shown', run: 1 })");
    await page.waitForFunction(`document.querySelector('.scenario .editor').value === ${JSON.stringify(text)}`);
  });
});
