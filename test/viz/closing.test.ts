/** Runs that are closed, in a real browser: nothing of them stays on the page, and they can be opened again. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { recorded } from "../trace/recording.ts";
import { crashing } from "../trace/scenarios.ts";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { drawn, factsOf } from "./in-page.ts";

/** Two runs of one folder, of the same members. */
const runs = { "run0.trace": recorded(crashing(6, 8)), "run1.trace": recorded(crashing(6, 9)) };

describe.runIf(!isPassedOver)("in Chromium", { timeout: PATIENCE }, () => {
  let house: Stand;
  beforeAll(async () => { house = await stand(runs); }, PATIENCE);
  afterAll(() => house.close());

  const closeFirst = async (page: Page): Promise<void> => {
    await page.click("#panel-tab-runs");
    await page.click(".run button:text('Close')");
    await drawn(page);
  };
  /** How many pixels of a canvas are painted. */
  const painted = (page: Page, canvas: string): Promise<unknown> => page.evaluate(`(() => {
    const canvas = document.querySelector(${JSON.stringify(canvas)});
    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.filter((value, n) => n % 4 === 3 && value > 0).length;
  })()`);

  test("when the last run is closed nothing of it is left: not in the text, not in the log, not in the legend of the time line", async () => {
    const page = await house.visit("#open=run0.trace&view=text&t=5000000&member=m01");
    await factsOf(page);
    await page.waitForSelector(".text table");
    expect(await painted(page, ".strip .about canvas")).toBeGreaterThan(0);
    await page.click("#middle-tab-log");
    await page.waitForSelector(".log-row[data-line] time");
    await closeFirst(page);
    expect(await page.locator(".log-row[data-line]").count()).toBe(0);
    for (const canvas of [".strip .about canvas", "#timeline > .picture canvas", "#group canvas"]) expect(await painted(page, canvas), canvas).toBe(0);
    await page.click("#middle-tab-text");
    await drawn(page);
    expect((await page.locator("#middle-text").innerText()).trim()).toBe("No run is open: press g.");
    await page.close();
  });

  const files = Object.entries(runs).map(([name, bytes]) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) }));
  test.for(["site", "disk"])("a run of a folder that was closed can be opened again, from a %s", async (from) => {
    const page = await house.visit(from === "site" ? "#open=run0.trace,run1.trace" : "");
    if (from === "disk") await page.setInputFiles("input[type=file]", files);
    await page.click('[data-offer="0"]');
    await factsOf(page);
    const left = page.locator(".offers-left button");
    await page.click("#panel-tab-runs");
    await left.first().waitFor();
    expect(await left.allTextContents()).toEqual(["run1.trace"]);
    await closeFirst(page);
    expect(await left.allTextContents()).toEqual(["run0.trace", "run1.trace"]);
    await left.first().click();
    await factsOf(page);
    await drawn(page);
    expect(await left.allTextContents()).toEqual(["run1.trace"]);
    await page.close();
  });
});
