/** Files that the page is to open: several runs are counted as people count, told apart from recordings of members, offered one by one, and the link says which is open; scenarios are played. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kindsOf } from "../../viz/worker/sorting.ts";
import { servedFiles } from "../../viz/serve/recordings.ts";
import { recorded } from "../trace/recording.ts";
import { flown, toldOf } from "../trace/flight/recordings.ts";
import { crashing } from "../trace/scenarios.ts";
import { isPassedOver, PATIENCE, type Stand, stand } from "./browser.ts";
import { factsOf } from "./in-page.ts";

const folder = mkdtempSync(join(tmpdir(), "swimlab-many-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same scenario, played to several lengths: three runs that can be told apart. */
const [short, middle, long] = [3, 4, 5].map((seconds) => recorded(crashing(4, seconds))) as [Uint8Array, Uint8Array, Uint8Array];
const told = toldOf(["m00", "m01", "m02", "m03"], crashing(4, 5));
const [flight, other] = ["m00", "m01"].map((name) => flown(told.get(name) ?? [])) as [Uint8Array, Uint8Array];

/** One that is shipped, under another name, and one that is not. */
const scenarios = {
  "copy.yaml": readFileSync("scenarios/crash.yaml"),
  "own.yml": new TextEncoder().encode("name: own\nduration: 3s\nmembers: 4\n"),
  "wrong.yaml": new TextEncoder().encode("name: wrong\nduration: 3s\nmembres: 4\n"),
};

test("of a folder its recordings are served, of runs and of members; run 2 comes before run 10", () => {
  for (const name of ["run10.trace", "run1.trace", "run2.trace", "a.flight", "a.flight.1", "notes.txt", "flight.md"]) writeFileSync(join(folder, name), "x");
  const served = servedFiles([folder]);
  expect(served.ok && served.files.map(({ address }) => address))
    .toEqual(["recordings/0/a.flight", "recordings/1/a.flight.1", "recordings/2/run1.trace", "recordings/3/run2.trace", "recordings/4/run10.trace"]);
  const bare = mkdtempSync(join(folder, "bare-"));
  expect(servedFiles([bare])).toEqual({ ok: false, why: `${bare}: there is no .trace or .flight in this folder` });
});

test("a run of the simulator is known by its head, and so is a member's recording", async () => {
  const heads = [long, flight].map((bytes) => ({ name: "", blob: new Blob([bytes.slice(0, 4_096)]) }));
  expect(await kindsOf([...heads, { name: "", blob: new Blob(["nothing"]) }])).toMatchObject([{ kind: "run", run: 0 }, { kind: "recording" }, { kind: "recording" }]);
});

describe.runIf(!isPassedOver)("in Chromium", { timeout: PATIENCE }, () => {
  let house: Stand;
  beforeAll(async () => { house = await stand({ "run0.trace": short, "run10.trace": long, "run2.trace": middle, "a.trace": flight, "b.trace": other, ...scenarios }); }, PATIENCE);
  afterAll(() => house.close());

  test("several runs are offered and not merged; the link of the one that is open, with another beside, shows somebody else the same", async () => {
    const page = await house.visit("#open=run0.trace,run10.trace,run2.trace");
    await page.waitForSelector("[data-offer]");
    expect(await page.locator("[data-offer] b").allTextContents()).toEqual(["run0.trace", "run2.trace", "run10.trace"]);
    await page.click('[data-offer="2"]');
    const { lines } = await factsOf(page);
    await page.waitForFunction("location.hash.includes('open=run10.trace') && location.hash.includes('of=')");
    await page.click("#panel-tab-runs");
    // The panel is drawn with the next frame; a list of texts does not wait for it.
    await page.waitForSelector(".offers-left button");
    expect(await page.locator(".offers-left button").allTextContents()).toEqual(["run0.trace", "run2.trace"]);
    await page.click(".offers-left button >> nth=1");
    await page.waitForFunction("swimlab.page().runs.length === 2 && swimlab.page().runs.every(({ isComplete }) => isComplete)");
    await page.evaluate("swimlab.dispatch({ kind: 'run-shown', run: 1 }); swimlab.dispatch({ kind: 'run-put-beside', run: 2 })");
    await page.waitForFunction("location.hash.includes('beside=run2.trace')");
    const second = await house.visit(new URL(page.url()).hash);
    await second.waitForFunction("swimlab.page().runs.length === 2 && swimlab.page().beside === 2");
    expect((await factsOf(second)).lines).toBe(lines);
    await Promise.all([page.close(), second.close()]);
  });

  test.for([["a.flight", "b.flight"], ["a.flight.1", "b.flight.12"]])("chosen from one's own disk, %s and %s are one run", async (names) => {
    const page = await house.visit();
    await page.setInputFiles("input[type=file]", [flight, other].map((bytes, n) => ({ name: names[n]!, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) })));
    expect((await factsOf(page)).members).toBe(4);
    expect(await page.evaluate("swimlab.page().runs.map(({ origin }) => origin.files)")).toEqual([names]);
    await page.close();
  });

  test("recordings of members of one group are one run", async () => {
    const page = await house.visit("#open=a.trace,b.trace");
    expect((await factsOf(page)).members).toBe(4);
    expect(await page.evaluate("swimlab.page().runs.length")).toBe(1);
    await page.close();
  });

  test("scenarios are played, each a run; a link to one that is shipped does not carry its text", async () => {
    const page = await house.visit("#open=own.yml,copy.yaml");
    await page.waitForFunction("swimlab.page().runs.length === 2 && swimlab.page().runs.every(({ isComplete }) => isComplete) && swimlab.page().shown === 2");
    const { name } = await factsOf(page);
    expect({ name, files: await page.evaluate("swimlab.page().runs.map(({ origin }) => origin.experiment.file)"), offers: await page.evaluate("swimlab.page().overlay") })
      .toEqual({ name: "crash", files: ["own.yml", "scenarios/crash.yaml"], offers: "none" });
    await page.waitForFunction("location.hash.startsWith('#x=')");
    expect(page.url().length).toBeLessThan(300);
    await page.close();
  });

  test("one that is wrong is told with its line, over the gallery", async () => {
    const page = await house.visit("#open=wrong.yaml");
    await page.waitForSelector("[data-scenario]");
    expect(await page.locator(".notice").allTextContents()).toEqual([expect.stringMatching(/wrong\.yaml:3:1: unknown key "membres"/)]);
    await page.close();
  });
});
