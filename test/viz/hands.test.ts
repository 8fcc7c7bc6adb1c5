/** What hands do, by Chromium's own input: files and folders dropped, fingers, and a page that asks nobody else for anything. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recorded } from "../trace/recording.ts";
import { crashing } from "../trace/scenarios.ts";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { factsOf, pageOf } from "./in-page.ts";

const folder = mkdtempSync(join(tmpdir(), "swimlab-hands-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runs = join(folder, "runs");
const [one, scenario, notes] = [join(folder, "one.trace"), join(folder, "mine.yaml"), join(folder, "notes.txt")];
mkdirSync(runs);
for (const [path, seconds] of [[one, 3], [join(runs, "run0.trace"), 3], [join(runs, "run1.trace"), 4]] as const) writeFileSync(path, recorded(crashing(4, seconds)));
writeFileSync(scenario, "name: mine\nmembers: 5\nduration: 10s\ntimeline:\n  - { at: 2s, crash: m2 }\n");
writeFileSync(notes, "nothing of ours");

/** Lets a file or a folder fall on the middle of the page, as the system's file manager would. */
async function drop(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, x: 700, y: 450, data });
  await session.detach();
}

/** Fingers on the screen, at these places; none of them to lift all. */
const touch = (session: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", ...fingers: readonly (readonly [x: number, y: number])[]): Promise<unknown> =>
  session.send("Input.dispatchTouchEvent", { type, touchPoints: fingers.map(([x, y], id) => ({ x, y, id })) });

describe.runIf(!isPassedOver)("in Chromium", { timeout: PATIENCE }, () => {
  let house: Stand;
  beforeAll(async () => { house = await stand(); }, PATIENCE);
  afterAll(() => house.close());

  test("what is dropped is opened: a recording, a scenario, a folder of runs; of anything else it is said that it is none", async () => {
    const page = await house.visit();
    await page.waitForSelector("[data-scenario]");
    await drop(page, notes);
    await page.waitForSelector(".notice");
    expect(await page.locator("#notices").textContent()).toMatch(/notes\.txt.*does not begin like one/);
    await drop(page, one);
    expect(await factsOf(page)).toMatchObject({ members: 4 });
    await drop(page, scenario);
    await page.waitForFunction("swimlab.page().runs.some(({ name, isComplete }) => name === 'mine' && isComplete)");
    expect(await factsOf(page)).toMatchObject({ members: 5, disruptions: ["crash"] });
    await drop(page, runs);
    await page.waitForSelector("[data-offer]");
    expect(await page.locator("[data-offer] b").allTextContents()).toEqual(["run0.trace", "run1.trace"]);
    await page.close();
  });

  test("fingers: a tap chooses a member, a finger scrubs, two fingers zoom", async () => {
    const page = await house.visit("", { hasTouch: true, viewport: { width: 820, height: 1180 } });
    await page.tap('[data-scenario="scenarios/crash.yaml"]');
    await factsOf(page);
    const session = await page.context().newCDPSession(page);
    const line = page.locator("#timeline > .picture canvas");
    await line.scrollIntoViewIfNeeded();
    const box = await line.boundingBox();
    if (box === null) throw new Error("no time line");
    const [y, at] = [box.y + 60, (share: number): number => box.x + share * box.width];
    await touch(session, "touchStart", [at(0.2), y]);
    await touch(session, "touchMove", [at(0.4), y]);
    await touch(session, "touchMove", [at(0.5), y]);
    await touch(session, "touchEnd");
    await page.waitForFunction("swimlab.page().clock.at > 0 && swimlab.frame(swimlab.page().shown).group.at === swimlab.page().clock.at");
    const span = "swimlab.page().span";
    expect(await page.evaluate(span)).toBeNull();
    await touch(session, "touchStart", [at(0.45), y], [at(0.55), y]);
    await touch(session, "touchMove", [at(0.35), y], [at(0.65), y]);
    await touch(session, "touchMove", [at(0.25), y], [at(0.75), y]);
    await touch(session, "touchEnd");
    await page.waitForFunction(`${span} !== null`);
    expect((await pageOf(page)).selection.member).toBeNull();
    const circle = page.locator("#group canvas").first();
    await circle.scrollIntoViewIfNeeded();
    const ring = await circle.boundingBox();
    if (ring === null) throw new Error("no group");
    for (let down = 5; down < 200 && (await pageOf(page)).selection.member === null; down += 10) await page.touchscreen.tap(ring.x + ring.width / 2, ring.y + down);
    expect((await pageOf(page)).selection.member).toBe(0);
    await page.close();
  });

  test("nobody else is asked for anything, and without a network what is there goes on", async () => {
    const page = await house.visit();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.waitForSelector("[data-scenario]");
    await page.click('[data-scenario="scenarios/crash.yaml"]');
    const { traceHash } = await factsOf(page);
    expect(asked.filter((url) => !/^(blob:|data:)?https?:\/\/127\.0\.0\.1|^(blob|data):/.test(url))).toEqual([]);
    await page.context().setOffline(true);
    await page.click("#panel-tab-scenario");
    await page.click("button.main >> text=Play");
    await page.waitForFunction("swimlab.page().runs.length === 2 && swimlab.page().runs.every(({ isComplete }) => isComplete)");
    expect(await page.evaluate("swimlab.page().runs[1].traceHash")).toBe(traceHash);
    await page.close();
  });
});
