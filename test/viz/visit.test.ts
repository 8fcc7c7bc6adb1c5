/** A visit in a real browser, from the gallery to the cause of a death, a fork, and a link that shows somebody else the same. */

import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { factsOf, pageOf } from "./in-page.ts";
import { recorded } from "../trace/recording.ts";
import { eventful } from "../trace/scenarios.ts";

const axe = readFileSync("node_modules/axe-core/axe.min.js", "utf8");

describe.runIf(!isPassedOver)("a visit", { timeout: PATIENCE }, () => {
  let house: Stand;
  let page: Page;
  const trace = recorded(eventful(8, 20), { lines: 300, linesPerMember: 0 });

  beforeAll(async () => {
    const newer = trace.slice();
    // The version stands in the eighth byte.
    newer[7] = 99;
    house = await stand({ "whole.trace": trace, "half.trace": trace.slice(0, Math.floor(trace.length * 0.6)), "newer.trace": newer.slice(0, 8), "none.trace": new TextEncoder().encode("nothing") });
    page = await house.visit();
    await page.click('[data-scenario="scenarios/partition.yaml"]');
    await factsOf(page);
  }, PATIENCE);

  afterAll(() => house.close());

  test("who was declared dead across the fault, by whom first, and why: two clicks, back to what was lost", async () => {
    await page.click(".death-list .parted > button");
    await page.waitForSelector(".chain .lost");
    expect(await page.locator(".chain .struck").first().textContent()).toContain("a partition had separated");
    await page.click(".chain .lost button");
    const { clock, selection } = await pageOf(page);
    expect(selection.message).not.toBeNull();
    expect(clock.line).toBe(selection.line);
  });

  test("a step on and a step back lead to the same place, and undo goes back further", async () => {
    await page.evaluate("document.activeElement.blur()");
    const before = await pageOf(page);
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(`swimlab.page().clock.line !== ${before.clock.line}`);
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction(`swimlab.page().clock.line === ${before.clock.line}`);
    expect((await pageOf(page)).clock.at).toBe(before.clock.at);
    await page.keyboard.press("u");
    await page.waitForFunction(`swimlab.page().clock.line !== ${before.clock.line}`);
  });

  test("the time line is scrubbed, and the picture follows", async () => {
    const box = await page.locator("#timeline > .picture canvas").boundingBox();
    if (box === null) throw new Error("no time line");
    await page.mouse.move(box.x + 0.2 * box.width, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.25 * box.width, box.y + 60);
    await page.mouse.up();
    await page.waitForFunction("swimlab.frame(1).group.at === swimlab.page().clock.at");
    const { clock } = await pageOf(page);
    expect(clock.at / 60e6).toBeGreaterThan(0.95);
    expect(clock.at / 60e6).toBeLessThan(1.05);
  });

  test("a member is chosen in the group and killed: a fork beside its original, exported, and in a link that shows the same", async () => {
    await page.evaluate("swimlab.dispatch({ kind: 'sought', at: 50000000 })");
    await page.keyboard.press("j");
    await page.click(".deeds >> text=Crash");
    await page.waitForFunction("swimlab.page().runs.length === 2 && swimlab.page().runs.every(({ isComplete }) => isComplete) && swimlab.page().difference !== null");
    const before = await pageOf(page);
    expect({ shown: before.shown, beside: before.beside, at: before.clock.at, differsAt: before.differsAt }).toEqual({ shown: 2, beside: 1, at: 50e6, differsAt: 50e6 });
    await page.click("#panel-tab-runs");
    const download = page.waitForEvent("download");
    await page.click(".tree ul >> text=YAML");
    expect(readFileSync(await (await download).path(), "utf8")).toMatch(/- \{ at: 50000000us, crash: \[ m\d\d \], added: true \}/);
    await page.waitForFunction("location.hash.includes('tab=runs')");
    const other = await house.visit(new URL(page.url()).hash);
    await other.waitForFunction("swimlab.page().runs.length === 2 && swimlab.page().runs.every(({ isComplete }) => isComplete) && swimlab.page().difference !== null && location.hash.includes('tab=runs')");
    const there = await pageOf(other);
    expect({ hashes: there.hashes, at: there.clock.at, selection: there.selection, shown: there.names[0] })
      .toEqual({ hashes: before.hashes, at: before.clock.at, selection: before.selection, shown: before.names[0] });
    await other.close();
  });

  test("a wrong scenario is told with its line while it is typed", async () => {
    await page.click("#panel-tab-scenario");
    await page.locator(".editor").fill("name: x\nduration: 10s\nmembers: 4\nnetwork: { latancy: 1ms }\n");
    await page.waitForSelector(".mistakes li");
    expect(await page.locator(".mistakes").textContent()).toContain('4:12 unknown key "latancy" in network: did you mean "latency"?');
    await page.locator(".editor").fill("name: x\nduration: 10s\nmembers: 4\nnetwork: { lat");
    await page.waitForSelector(".offers li");
    await page.keyboard.press("Tab");
    expect(await page.locator(".editor").inputValue()).toMatch(/network: \{ latency: $/);
  });

  test.for([
    ["half.trace", "everything up to"], ["newer.trace", "use a newer one"], ["none.trace", "does not begin like one"], ["lost.trace", "404"],
  ])("%s: what is wrong is said, and what can be read is shown", async ([file, why]) => {
    const broken = await house.visit(`#open=${file}`);
    await broken.waitForSelector(".notice");
    expect(await broken.locator("#notices").textContent()).toContain(why);
    if (file === "half.trace") expect(await factsOf(broken)).toMatchObject({ members: 8 });
    await broken.close();
  });

  test("with the keyboard alone: from the gallery to a step", async () => {
    const quiet = await house.visit();
    await quiet.waitForSelector("[data-scenario]");
    await quiet.focus('[data-scenario="scenarios/crash.yaml"]');
    await quiet.keyboard.press("Enter");
    await factsOf(quiet);
    await quiet.keyboard.press("n");
    await quiet.waitForFunction("swimlab.page().clock.at === 30000000");
    await quiet.keyboard.press("?");
    await quiet.waitForSelector("[role=dialog]");
    await quiet.keyboard.press("Escape");
    await quiet.waitForSelector("[role=dialog]", { state: "detached" });
    await quiet.close();
  });

  test.for(["light", "dark"])("nothing stands in the way of assistive technology (%s)", async (theme) => {
    await page.evaluate(`swimlab.dispatch({ kind: 'themed', theme: '${theme}' })`);
    await page.evaluate(`swimlab.dispatch({ kind: 'view-turned', view: '${theme === "light" ? "matrix" : "lanes"}' })`);
    await page.evaluate(axe);
    for (const tab of ["deaths", "scenario", "runs"]) {
      await page.click(`#panel-tab-${tab}`);
      const found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`))");
      expect(found, tab).toEqual([]);
    }
  });
});
