/** Space and time, and the zoomed time line, in a real browser: by wheel, by keys, by pointing. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { factsOf, pageOf } from "./in-page.ts";
import { recorded } from "../trace/recording.ts";
import { eventful } from "../trace/scenarios.ts";

describe.runIf(!isPassedOver)("space and time on the page", { timeout: PATIENCE }, () => {
  let house: Stand;
  let page: Page;

  beforeAll(async () => {
    house = await stand({ "small.trace": recorded(eventful(8, 20)) });
    page = await house.visit("#open=small.trace&t=4&view=lanes");
    await factsOf(page);
    await page.waitForFunction("swimlab.frame(1).lanes !== null");
  }, PATIENCE);

  afterAll(() => house.close());

  const boxOf = async (selector: string): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> => {
    const box = await page.locator(selector).boundingBox();
    if (box === null) throw new Error(`${selector} is not there`);
    return box;
  };
  const span = (): Promise<{ readonly from: number; readonly to: number } | null> => page.evaluate("swimlab.page().span");

  test("the wheel zooms about the pointer, keys go along, and the whole run comes back", async () => {
    const box = await boxOf("#middle-lanes canvas");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -300);
    await page.waitForFunction("swimlab.page().span !== null");
    const first = await span();
    await page.mouse.wheel(0, -300);
    await page.waitForFunction(`swimlab.page().span.to - swimlab.page().span.from < ${(first?.to ?? 0) - (first?.from ?? 0)}`);
    const near = await span();
    await page.keyboard.press(">");
    await page.waitForFunction(`swimlab.page().span.from > ${near?.from ?? 0}`);
    await page.keyboard.press("0");
    expect(await span()).toBeNull();
  });

  test("a message is chosen by pointing at its arrow, a member by its name", async () => {
    const arrow = (await page.evaluate(`(() => {
      const { lanes } = swimlab.frame(1);
      const place = [...lanes.messages.arrivesAt].findIndex((at, n) => !Number.isNaN(at) && at > 4e6 && lanes.messages.sentAt[n] < 4.5e6);
      swimlab.dispatch({ kind: 'zoomed', span: { from: lanes.messages.sentAt[place] - 2000, to: lanes.messages.arrivesAt[place] + 2000 } });
      return { id: lanes.messages.id[place], source: lanes.messages.source[place], target: lanes.messages.target[place], sentAt: lanes.messages.sentAt[place], arrivesAt: lanes.messages.arrivesAt[place] };
    })()`)) as { readonly id: number; readonly source: number; readonly target: number; readonly sentAt: number; readonly arrivesAt: number };
    await page.waitForFunction(`[...swimlab.frame(1).lanes.messages.id].includes(${arrow.id}) && swimlab.frame(1).lanes.to - swimlab.frame(1).lanes.from < 100000`);
    const box = await boxOf("#middle-lanes canvas");
    const [left, right, top, bottom] = [66, 18, 34, 58];
    const window = await span();
    const x = (at: number): number => box.x + left + ((at - (window?.from ?? 0)) / ((window?.to ?? 1) - (window?.from ?? 0))) * (box.width - left - right);
    const y = (lane: number): number => box.y + top + ((lane + 0.5) * (box.height - top - bottom)) / 8;
    // Nearer to its end than to its middle, where others may cross it.
    await page.mouse.click(x(arrow.sentAt + 0.7 * (arrow.arrivesAt - arrow.sentAt)), y(arrow.source) + 0.7 * (y(arrow.target) - y(arrow.source)));
    await page.waitForFunction("swimlab.page().selection.message !== null");
    expect((await pageOf(page)).selection.message).toBe(arrow.id);
    await page.mouse.click(box.x + 50, y(3));
    await page.waitForFunction("swimlab.page().selection.member === 3");
  });

  test("the selected member and whom it talks with, alone", async () => {
    await page.evaluate("swimlab.dispatch({ kind: 'selected', selection: { member: 3 } })");
    await page.click("text=Selected and partners");
    await page.waitForFunction("swimlab.page().lanes === 'near' && swimlab.frame(1).lanes.subject === 3");
    await page.waitForFunction("location.hash.includes('lanes=near')");
  });

  test("steps of the time line go to the next of what is chosen", async () => {
    await page.selectOption("#timeline select", "failed");
    await page.click("#timeline [aria-label='Step to the next']");
    await page.waitForFunction("swimlab.page().selection.line !== null");
    const { selection } = await pageOf(page);
    const kinds = await page.evaluate(`(() => { const { announcements } = swimlab.page().runs[0]; return [...announcements.line].flatMap((line, n) => line === ${selection.line ?? -1} ? [announcements.kind[n]] : []); })()`);
    expect(kinds).toContain(5);
  });
});
