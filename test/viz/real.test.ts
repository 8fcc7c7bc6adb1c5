/** Recordings of real members, opened in the page: three on the loopback, of which one stops without a word and another says goodbye. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { createMember, flightRecorder, type SwimMember } from "../../adapter/index.ts";
import { announcementKinds, codeIn, statuses, wordIn } from "../../viz/model/words.ts";
import { brisk } from "../adapter/brisk.ts";
import { until } from "../adapter/until.ts";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { factsOf } from "./in-page.ts";

const NAMES = ["a", "b", "c"] as const;
type Beliefs = Readonly<Record<string, string>>;

/** What each wrote down of its life, and what the first told its application at the end. */
type Lived = { readonly flights: Readonly<Record<string, Uint8Array>>; readonly believed: Beliefs };

/** All three meet; then c stops; once both others have found that out, b says a word and leaves; then a ends. */
async function lived(folder: string): Promise<Lived> {
  const fileOf = (name: string): string => join(folder, `${name}.flight`);
  const born = (name: string, seeds: readonly string[]): Promise<SwimMember> =>
    createMember({ name, bind: "127.0.0.1:0", seeds, config: brisk, recorder: flightRecorder({ file: fileOf(name) }) });
  const a = await born("a", []);
  const [b, c] = await Promise.all([born("b", [a.address]), born("c", [a.address])]);
  const members = [a, b, c];
  await until("all know all", () => members.every((member) => member.members().length === 3));
  const failed = [a.once("failed"), b.once("failed")];
  await c.stop();
  await Promise.all(failed);
  const [word, left] = [a.once("message"), a.once("leave")];
  b.send("a", "still here");
  await word;
  await b.leave();
  await left;
  const told = Object.fromEntries(a.members("all").map(({ name, status }) => [name, status === "failed" ? "dead" : status]));
  await Promise.all(members.map((member) => member.stop()));
  return { flights: Object.fromEntries(NAMES.map((name) => [`${name}.flight`, new Uint8Array(readFileSync(fileOf(name)))])), believed: told };
}

/** At this instant, what the page's picture says that the first believes of each. */
async function beliefsAt(page: Page, at: number): Promise<Beliefs> {
  await page.evaluate(`swimlab.dispatch({ kind: 'sought', at: ${at} })`);
  const picture = await page.waitForFunction(`(() => {
    const { shown, runs, observer } = swimlab.page();
    const { group } = swimlab.frame(shown);
    if (group === null || group.at !== ${at} || group.observer !== observer) return null;
    return runs.find(({ id }) => id === shown).members.map(({ id }, who) => [id, group.status[who]]);
  })()`);
  const pairs = (await picture.jsonValue()) as readonly (readonly [string, number])[];
  return Object.fromEntries(pairs.map(([id, code]) => [id, wordIn(statuses, code)]));
}

describe.runIf(!isPassedOver)("three real members' recordings in Chromium", { timeout: PATIENCE }, () => {
  const folder = mkdtempSync(join(tmpdir(), "swimlab-real-"));
  let house: Stand;
  let page: Page;
  let believed: Beliefs;

  beforeAll(async () => {
    const life = await lived(folder);
    believed = life.believed;
    house = await stand(life.flights);
    page = await house.visit(`#open=${NAMES.map((name) => `${name}.flight`).join(",")}`);
  }, PATIENCE);

  // Closing the house throws what the page complained of.
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await house.close();
  });

  test("are one run, whole, with all three members in it", async () => {
    const { members, missing, lines } = await factsOf(page);
    expect({ members, missing }).toEqual({ members: 3, missing: null });
    expect(lines).toBeGreaterThan(50);
    await page.evaluate("swimlab.dispatch({ kind: 'view-turned', view: 'text' })");
    await page.waitForSelector(".text tbody tr");
    expect((await page.locator(".text section").first().locator("tbody th").allTextContents()).toSorted()).toEqual([...NAMES]);
  });

  test("show what one of them believed: the doubt, the death to the very instant, and at the end what it told its application", async () => {
    const found = await page.evaluate(`(() => {
      const { shown, runs } = swimlab.page();
      const { members, announcements: { count, at, who, about, kind }, ends } = runs.find(({ id }) => id === shown);
      const number = (name) => members.findIndex(({ id }) => id === name);
      swimlab.dispatch({ kind: 'observed', observer: number('a') });
      const death = Array.from({ length: count }, (_, n) => n).find((n) => who[n] === number('a') && about[n] === number('c') && kind[n] === ${codeIn(announcementKinds, "failed")});
      return { ends, death: at[death] };
    })()`) as { readonly ends: number; readonly death: number };
    expect(await beliefsAt(page, found.death - 1)).toMatchObject({ a: "alive", c: "suspect" });
    expect(await beliefsAt(page, found.death)).toMatchObject({ a: "alive", c: "dead" });
    expect(await beliefsAt(page, found.ends)).toEqual(believed);
    expect(believed).toEqual({ a: "alive", b: "left", c: "dead" });
    await page.waitForFunction("document.querySelector('.text caption').textContent.includes('what a believes of it')");
  });

  test("do not claim to know what nobody recorded: who runs, and what the network lost", async () => {
    expect(await page.title()).toBe("a, b, c – swimlab");
    await page.evaluate("swimlab.dispatch({ kind: 'selected', selection: { member: swimlab.page().runs[0].members.findIndex(({ id }) => id === 'c') }, tab: 'member' })");
    await page.waitForSelector(".member .title");
    expect(await page.locator(".member .title").textContent()).toContain("assumed running: recordings do not say");
    const said = `${await page.locator(".member").textContent()} ${await page.locator(".text").textContent()}`;
    expect(said).not.toMatch(/\blost\b|in truth|members are running/);
    expect(said).toContain("3 members; recordings do not say which are running");
    await page.evaluate("swimlab.dispatch({ kind: 'tab-turned', tab: 'deaths' })");
  });

  test("tell why the one that stopped was declared dead: by whose probe, and nothing of the network, which nobody recorded", async () => {
    const death = page.locator(".death-list > li", { hasText: /^c at/ });
    expect(await death.count()).toBe(1);
    await death.locator("> button").click();
    await page.waitForSelector(".chain .lost");
    const chain = await page.locator(".chain").first().textContent() ?? "";
    expect(chain).toMatch(/[ab]'s own probe failed: ping \d+, sent at .*[ab] pinged c: the ping is not known to have arrived/s);
    expect(chain).not.toContain("chance");
  });
});
