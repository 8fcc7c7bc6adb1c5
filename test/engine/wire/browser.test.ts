/** The wire where there is nothing of Node.js: everything that real agents said is read and said again as in Node.js, with the language's globals alone, and in Chromium. */

import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { chromium } from "playwright-core";
import { build } from "vite";
import { beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, isPassedOver, PATIENCE } from "../../viz/browser.ts";
import { readingsOf } from "./browser-readings.ts";
import { captures } from "./captures.ts";

const said = captures.map(({ over, hex }) => ({ over, hex }));
const inNode = readingsOf(said);
let code = "";

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: "silent",
    build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL("./browser-readings.ts", import.meta.url)), formats: ["iife"], name: "wire" } },
  });
  const [output] = Array.isArray(built) ? built : [];
  code = output?.output[0].code ?? "";
});

test("most of it is read, and most of that is said again byte for byte", () => {
  expect([inNode.filter(({ size }) => size !== null).length, inNode.length]).toEqual([380, 384]);
  expect(inNode.filter(({ again }, place) => again.includes(said[place]?.hex ?? "")).length).toBeGreaterThan(300);
});

/** Both answer in JSON: objects of another realm are none of ours. */
const asking = `JSON.stringify({ readings: wire.readingsOf(${JSON.stringify(said)}), node: [typeof Buffer, typeof process, typeof require] })`;
const asInNode = { readings: inNode, node: ["undefined", "undefined", "undefined"] };

test("with the globals of the language alone", () => {
  const told = runInNewContext(`${code}; ${asking}`, {});
  expect(JSON.parse(String(told))).toEqual(asInNode);
});

describe.runIf(!isPassedOver)("in Chromium", { timeout: PATIENCE }, () => {
  test("the same", async () => {
    const browser = await chromium.launch({ executablePath: chromiumPath ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: code });
      expect(JSON.parse(await page.evaluate<string>(asking))).toEqual(asInNode);
    } finally {
      await browser.close();
    }
  });
});
