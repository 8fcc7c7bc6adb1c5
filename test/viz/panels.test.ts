/** The panels in a real browser: a member and a message looked into, the log and its filter, the palette, the tour by key alone, the text mode. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { tourSteps } from "../../viz/model/tour.ts";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { drawn, factsOf, pageOf } from "./in-page.ts";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

/** What axe finds wrong with the page as it stands. */
async function wrongs(page: Page): Promise<unknown> {
  await page.evaluate(axe);
  return page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`))");
}

/** Waits until an expression of the page is true. */
const until = (page: Page, truth: string): Promise<unknown> => page.waitForFunction(truth);

describe.runIf(!isPassedOver)("the panels", { timeout: PATIENCE }, () => {
  let house: Stand;
  let page: Page;

  beforeAll(async () => {
    house = await stand();
    // The tour's scenarios are tiny: all of this is over before a shipped one has been played.
    page = await house.visit("#tour=3.3");
    await factsOf(page);
    await page.waitForSelector('.tour[data-moment="3.3"]');
    await until(page, "!swimlab.page().clock.isPlaying && swimlab.page().clock.line !== null");
  }, PATIENCE);

  afterAll(() => house.close());

  test("a cause chain is followed: member, suspicion, its probe, the packet that was lost, and that packet's bytes", async () => {
    await page.waitForSelector(".suspicions > li");
    expect(await page.locator(".suspicions > li").first().textContent()).toMatch(/^m2 in incarnation \d+, since \d+\.\d{3} s\. Its own probe failed: ping \d+ of \d+\.\d{3} s was not answered/);
    await page.click(".suspicions [aria-expanded=false]");
    await page.click(".chain .lost .link >> text=message");
    await page.waitForSelector(".message b.lost");
    expect(await page.locator(".message .title").textContent()).toMatch(/^pingm\d → m2$/);
    expect(await page.locator(".bytes tbody tr").nth(0).textContent()).toMatch(/^0typeping/);
    expect((await pageOf(page)).selection.message).not.toBeNull();
    // Pointing at a part lights its bytes.
    await page.hover(".bytes tbody tr:has-text('SeqNo')");
    expect(await page.locator(".hex .lit").textContent()).toMatch(/^a5 53 65 71 4e 6f/);
  });

  test("names lead to members; its view is searched", async () => {
    await page.click(".message .title .link >> nth=0");
    await page.waitForSelector(".member .title");
    await page.fill(".member input[type=search]", "m2");
    await until(page, "document.querySelectorAll('.view-list li').length === 1");
    expect(await page.locator(".view-list li").textContent()).toContain("m2");
    await page.fill(".member input[type=search]", "");
  });

  test("a filter says what is wrong with it, is completed, rules the log, is in the link, and is undone", async () => {
    await page.keyboard.press("Escape");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("3");
    await page.keyboard.press("/");
    await page.keyboard.type("kind:pong");
    await page.waitForSelector(".said.error");
    expect(await page.locator(".said").textContent()).toBe("Invalid, so the filter is off: pong: nothing is called pong: did you mean ping?");
    await page.fill("#filter-field", "");
    await page.keyboard.type("lost to:m");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await page.inputValue("#filter-field")).toBe("lost to:m2 ");
    await page.keyboard.press("Escape");
    await until(page, "/^[1-9]\\d* of \\d+ lines match$/.test(document.querySelector('.log .status span').textContent.replaceAll(',', ''))");
    await page.waitForSelector(".log-window .what .link");
    await page.click(".log-window .log-row >> nth=0");
    const first = await pageOf(page);
    await page.focus("#log-lines");
    await page.keyboard.press("ArrowDown");
    await until(page, `swimlab.page().clock.line > ${first.clock.line}`);
    await until(page, "location.hash.includes('filter=lost+to%3Am2') && location.hash.includes('view=log')");
    await page.evaluate("for (let n = 0; n < 4; n++) swimlab.dispatch({ kind: 'undone' })");
    await until(page, "document.querySelector('#filter-field').value !== 'lost to:m2 '");
  });

  test("the palette finds commands, members and instants", async () => {
    const say = async (text: string): Promise<void> => {
      await page.evaluate("document.activeElement.blur()");
      await page.keyboard.press("Control+k");
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
      await until(page, "swimlab.page().overlay === 'none'");
    };
    await say("2.5s");
    expect((await pageOf(page)).clock.at).toBe(2.5e6);
    await say("m4");
    expect((await pageOf(page)).selection.member).toBe(3);
    await say("show log");
    expect(await page.evaluate("swimlab.page().view")).toBe("log");
    await say("next death");
    await until(page, "swimlab.page().clock.at > 2500000");
    await page.keyboard.press(":");
    expect(await wrongs(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await until(page, "document.querySelector('.palette') === null && !document.querySelector('#stage').inert");
  });

  test("a palette that is opened again before the page has shown that it was closed is a new one, and has the focus", async () => {
    const again = `(() => {
      const press = (target, key, ctrlKey = false) => target.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }));
      press(document.body, "k", true);
      const first = document.activeElement;
      first.value = "2.5s";
      first.dispatchEvent(new Event("input"));
      press(first, "Enter");
      first.blur();
      press(document.body, "k", true);
      const { activeElement } = document;
      press(activeElement, "Escape");
      return [first.isConnected, activeElement.matches(".palette input"), activeElement.value];
    })()`;
    expect(await page.evaluate(again)).toEqual([false, true, ""]);
    await until(page, "document.querySelector('.palette') === null && swimlab.page().clock.at === 2500000");
  });

  test.for(["light", "dark"])("nothing stands in the way of assistive technology in panels, log and text (%s)", async (theme) => {
    await page.evaluate(`swimlab.dispatch({ kind: 'themed', theme: '${theme}' })`);
    for (const [view, tab] of [["log", "member"], ["text", "message"]]) {
      await page.click(`#middle-tab-${view}`);
      await page.click(`#panel-tab-${tab}`);
      expect(await wrongs(page), `${view} ${tab}`).toEqual([]);
    }
    if (theme === "dark") return;
    await page.evaluate("swimlab.dispatch({ kind: 'overlaid', overlay: 'help' })");
    await page.waitForSelector("[role=dialog]");
    expect(await wrongs(page), "help").toEqual([]);
    await page.keyboard.press("Escape");
  });

  test("the text mode tells the state in a sentence and tables, and is in the link", async () => {
    await page.evaluate("swimlab.dispatch({ kind: 'sought', at: 4000000 })");
    await page.keyboard.press("4");
    await until(page, "document.querySelector('.text .now').textContent.startsWith('4.000 s')");
    expect(await page.locator(".text .now").textContent()).toMatch(/^4\.000 s of 40\.000 s; 4 of 5 members are running, and the views of \d of them are true; suspected: m2\. Last: m\d .*\.$/);
    expect(await page.locator(".text section").first().locator("tbody tr").nth(1).textContent()).toContain("✕ crashed▲ suspect");
    await page.selectOption(".text select", { label: "m3" });
    await until(page, "document.querySelector('.text caption').textContent.includes('what m3 believes of it')");
    await until(page, "location.hash.includes('view=text') && location.hash.includes('eyes=m3')");
  });

  test("the tour by key alone: every step, on and back, and a link into it", async () => {
    const walker = await house.visit();
    await walker.emulateMedia({ reducedMotion: "reduce" });
    await walker.focus(".tour-card");
    await walker.keyboard.press("Enter");
    for (const [step, { moments }] of tourSteps.entries()) {
      for (let moment = 0; moment <= moments.length; moment++) {
        await walker.waitForSelector(`.tour[data-moment="${step + 1}.${moment}"]`);
        if (moment > 0) await walker.waitForFunction("/^\\d+\\.\\d{3} s: /.test(document.querySelector('.tour .moment').textContent)");
        if (step < tourSteps.length - 1 || moment < moments.length) await walker.keyboard.press("PageDown");
      }
    }
    await walker.waitForFunction("location.hash.includes('tour=7.4')");
    const other = await house.visit(new URL(walker.url()).hash);
    await other.waitForSelector('.tour[data-moment="7.4"]');
    expect((await pageOf(other)).clock).toEqual((await pageOf(walker)).clock);
    await other.close();
    await walker.keyboard.press("PageUp");
    await walker.waitForSelector('.tour[data-moment="7.3"]');
    await walker.keyboard.press("Enter");
    await walker.waitForSelector('.tour[data-moment="7.4"]');
    await walker.keyboard.press("Enter");
    await walker.waitForSelector(".tour", { state: "hidden" });
    await walker.close();
  });

  test("at a phone's width nothing is wider than the screen, targets are wide enough, and nothing jumps while it plays", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    const small = "[...document.querySelectorAll('#toolbar button, #toolbar select, [role=tab], .deeds button, .tour button')].map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width > 0 && (width < 44 || height < 44)).length";
    expect(await page.evaluate(small)).toBe(0);
    // A finger beside a member means it.
    await page.evaluate("window.scrollTo(0, 0)");
    await page.evaluate("swimlab.dispatch({ kind: 'selected', selection: { member: null } })");
    const tap = "(({ left, top, width }) => { const canvas = document.querySelector('#group canvas'); for (const kind of ['pointerdown', 'pointerup']) canvas.dispatchEvent(new PointerEvent(kind, { pointerId: 1, isPrimary: true, pointerType: 'touch', clientX: left + width / 2 + DX, clientY: top + DY })); })(document.querySelector('#group canvas').getBoundingClientRect())";
    await page.evaluate("HTMLElement.prototype.setPointerCapture = () => {}");
    // Until then the marks lie where they lay on the wider screen.
    await drawn(page);
    for (let y = 10; y < 80 && (await pageOf(page)).selection.member === null; y += 15) await page.evaluate(tap.replace("DX", "20").replace("DY", String(y)));
    expect((await pageOf(page)).selection.member).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate("(() => { window.jumps = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.jumps += one.value; }).observe({ type: 'layout-shift' }); })()");
    await page.evaluate("swimlab.dispatch({ kind: 'view-turned', view: 'log' }); swimlab.dispatch({ kind: 'sped', speed: 5 }); swimlab.dispatch({ kind: 'played' })");
    await until(page, "swimlab.page().clock.at > 9000000");
    await page.evaluate("swimlab.dispatch({ kind: 'paused' })");
    expect(await page.evaluate("window.jumps")).toBeLessThan(0.02);
  });
});
